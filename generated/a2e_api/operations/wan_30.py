"""The operations of the section `wan_30`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_wan_30_task",
            "wan_30",
            "POST",
            "/api/v1/userWan30/start",
            "start",
            "reference",
            False,
            "StartWan30TaskRequest",
            "TaskRecordResponse",
            {},
            "Start a Wan 3.0 task.",
        ),
    )
}

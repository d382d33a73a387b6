"""The operations of the section `wan_26_reference`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_wan_26_reference_task",
            "wan_26_reference",
            "POST",
            "/api/v1/userWan26R2V/start",
            "start",
            "observed",
            False,
            "StartWan26ReferenceTaskRequest",
            "TaskRecordResponse",
            {},
            {},
            ("object", "array"),
            (),
            "Start a Wan 2.6 reference task.",
            (401,),
            (200,),
        ),
        Operation(
            "get_wan_26_reference_task",
            "wan_26_reference",
            "GET",
            "/api/v1/userWan26R2V/{_id}",
            "read",
            "observed",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            {},
            ("object", "array"),
            (),
            "Get one Wan 2.6 reference task.",
            (401,),
            (200,),
        ),
    )
}

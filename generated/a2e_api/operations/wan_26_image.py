"""The operations of the section `wan_26_image`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_wan_26_image_task",
            "wan_26_image",
            "POST",
            "/api/v1/userWan26Image/start",
            "start",
            "observed",
            False,
            "StartWan26ImageTaskRequest",
            "TaskRecordResponse",
            {},
            {},
            ("object", "array"),
            (),
            "Start a Wan 2.6 image task.",
            (401,),
            (200,),
        ),
        Operation(
            "get_wan_26_image_task",
            "wan_26_image",
            "GET",
            "/api/v1/userWan26Image/{_id}",
            "read",
            "observed",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            {},
            ("object", "array"),
            (),
            "Get one Wan 2.6 image task.",
            (401,),
            (200,),
        ),
    )
}

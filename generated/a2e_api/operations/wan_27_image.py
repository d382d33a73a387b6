"""The operations of the section `wan_27_image`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_wan_27_image_task",
            "wan_27_image",
            "POST",
            "/api/v1/userWan27Image/start",
            "start",
            "observed",
            False,
            "StartWan27ImageTaskRequest",
            "TaskRecordResponse",
            {},
            {},
            ("object", "array"),
            (),
            "Start a Wan 2.7 image task.",
            (401,),
            (200,),
        ),
        Operation(
            "get_wan_27_image_task",
            "wan_27_image",
            "GET",
            "/api/v1/userWan27Image/{_id}",
            "read",
            "observed",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            {},
            ("object", "array"),
            (),
            "Get one Wan 2.7 image task.",
            (401,),
            (200,),
        ),
    )
}

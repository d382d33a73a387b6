"""The operations of the section `kling_image`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_kling_image_task",
            "kling_image",
            "POST",
            "/api/v1/userKlingImage/start",
            "start",
            "reference",
            False,
            "StartKlingImageTaskRequest",
            "TaskRecordResponse",
            {},
            "Start a Kling Image task.",
            (401,),
        ),
        Operation(
            "list_kling_image_tasks",
            "kling_image",
            "GET",
            "/api/v1/userKlingImage/list",
            "read",
            "reference",
            False,
            "",
            "TaskRecordListResponse",
            {},
            "List Kling Image tasks.",
            (401,),
        ),
        Operation(
            "get_many_kling_image_tasks",
            "kling_image",
            "POST",
            "/api/v1/userKlingImage/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many Kling Image tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_kling_image_task",
            "kling_image",
            "GET",
            "/api/v1/userKlingImage/detail/{id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"id": "id"},
            "Get one Kling Image task.",
            (401,),
        ),
        Operation(
            "delete_kling_image_task",
            "kling_image",
            "DELETE",
            "/api/v1/userKlingImage/{id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"id": "id"},
            "Delete a Kling Image task.",
            (401,),
        ),
    )
}

"""The operations of the section `qwen_image`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_qwen_image_task",
            "qwen_image",
            "POST",
            "/api/v1/userQwen2Image/start",
            "start",
            "reference",
            False,
            "StartQwenImageTaskRequest",
            "TaskRecordResponse",
            {},
            "Start a Qwen Image task.",
            (401,),
        ),
        Operation(
            "list_qwen_image_tasks",
            "qwen_image",
            "GET",
            "/api/v1/userQwen2Image/list",
            "read",
            "reference",
            False,
            "",
            "TaskRecordListResponse",
            {},
            "List Qwen Image tasks.",
            (401,),
        ),
        Operation(
            "get_many_qwen_image_tasks",
            "qwen_image",
            "POST",
            "/api/v1/userQwen2Image/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many Qwen Image tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_qwen_image_task",
            "qwen_image",
            "GET",
            "/api/v1/userQwen2Image/detail/{id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"id": "id"},
            "Get one Qwen Image task.",
            (401,),
        ),
        Operation(
            "delete_qwen_image_task",
            "qwen_image",
            "DELETE",
            "/api/v1/userQwen2Image/{id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"id": "id"},
            "Delete a Qwen Image task.",
            (401,),
        ),
    )
}

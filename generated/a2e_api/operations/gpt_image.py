"""The operations of the section `gpt_image`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_gpt_image_task",
            "gpt_image",
            "POST",
            "/api/v1/userGptImage/start",
            "start",
            "reference",
            False,
            "StartGptImageTaskRequest",
            "TaskRecordResponse",
            {},
            "Start a GPT Image task.",
            (401,),
        ),
        Operation(
            "list_gpt_image_tasks",
            "gpt_image",
            "GET",
            "/api/v1/userGptImage/list",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"page": "page", "page_size": "page_size"},
            "List GPT Image tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_gpt_image_tasks",
            "gpt_image",
            "POST",
            "/api/v1/userGptImage/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many GPT Image tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_gpt_image_task",
            "gpt_image",
            "GET",
            "/api/v1/userGptImage/detail/{id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"id": "id"},
            "Get one GPT Image task.",
            (401,),
        ),
        Operation(
            "delete_gpt_image_task",
            "gpt_image",
            "DELETE",
            "/api/v1/userGptImage/{id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"id": "id"},
            "Delete a GPT Image task.",
            (401,),
        ),
    )
}

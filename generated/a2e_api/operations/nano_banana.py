"""The operations of the section `nano_banana`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_nano_banana_task",
            "nano_banana",
            "POST",
            "/api/v1/userNanoBanana/start",
            "start",
            "reference",
            False,
            "StartNanoBananaTaskRequest",
            "TaskRecordResponse",
            {},
            "Start a Nano Banana task.",
            (401,),
        ),
        Operation(
            "list_nano_banana_tasks",
            "nano_banana",
            "GET",
            "/api/v1/userNanoBanana/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size", "status": "status"},
            "List Nano Banana tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_nano_banana_tasks",
            "nano_banana",
            "POST",
            "/api/v1/userNanoBanana/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many Nano Banana tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_nano_banana_task",
            "nano_banana",
            "GET",
            "/api/v1/userNanoBanana/detail/{id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"id": "id"},
            "Get one Nano Banana task.",
            (401, 404),
        ),
        Operation(
            "delete_nano_banana_task",
            "nano_banana",
            "DELETE",
            "/api/v1/userNanoBanana/delete/{id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"id": "id"},
            "Delete a Nano Banana task.",
            (401, 404),
        ),
    )
}

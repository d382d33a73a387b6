"""The operations of the section `head_swap`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_head_swap_task",
            "head_swap",
            "POST",
            "/api/v1/headSwap/start",
            "start",
            "reference",
            False,
            "StartHeadSwapTaskRequest",
            "TaskRecordResponse",
            {},
            "Start a head swap task.",
            (400, 401, 403),
        ),
        Operation(
            "list_head_swap_tasks",
            "head_swap",
            "GET",
            "/api/v1/headSwap/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List head swap tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_head_swap_tasks",
            "head_swap",
            "POST",
            "/api/v1/headSwap/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many head swap tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_head_swap_task",
            "head_swap",
            "GET",
            "/api/v1/headSwap/{_id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one head swap task.",
            (400, 401, 404),
        ),
        Operation(
            "delete_head_swap_task",
            "head_swap",
            "DELETE",
            "/api/v1/headSwap/{_id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"_id": "id"},
            "Delete a head swap task.",
            (400, 401, 404),
        ),
    )
}

"""The operations of the section `grok`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_grok_task",
            "grok",
            "POST",
            "/api/v1/grokVideo/start",
            "start",
            "reference",
            False,
            "StartGrokTaskRequest",
            "TaskRecordResponse",
            {},
            "Start a Grok task.",
            (401,),
        ),
        Operation(
            "list_grok_tasks",
            "grok",
            "GET",
            "/api/v1/grokVideo/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List Grok tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_grok_tasks",
            "grok",
            "POST",
            "/api/v1/grokVideo/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many Grok tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_grok_task",
            "grok",
            "GET",
            "/api/v1/grokVideo/{_id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one Grok task.",
            (401,),
        ),
        Operation(
            "delete_grok_task",
            "grok",
            "DELETE",
            "/api/v1/grokVideo/{_id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"_id": "id"},
            "Delete a Grok task.",
            (401,),
        ),
    )
}

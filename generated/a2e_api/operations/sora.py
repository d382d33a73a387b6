"""The operations of the section `sora`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_sora_task",
            "sora",
            "POST",
            "/api/v1/soraVideo/start",
            "start",
            "reference",
            False,
            "StartSoraTaskRequest",
            "TaskRecordResponse",
            {},
            "Start a Sora task.",
            (401,),
        ),
        Operation(
            "list_sora_tasks",
            "sora",
            "GET",
            "/api/v1/soraVideo/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List Sora tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_sora_tasks",
            "sora",
            "POST",
            "/api/v1/soraVideo/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many Sora tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_sora_task",
            "sora",
            "GET",
            "/api/v1/soraVideo/{_id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one Sora task.",
            (401,),
        ),
        Operation(
            "delete_sora_task",
            "sora",
            "DELETE",
            "/api/v1/soraVideo/{_id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"_id": "id"},
            "Delete a Sora task.",
            (401,),
        ),
    )
}

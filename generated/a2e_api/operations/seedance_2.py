"""The operations of the section `seedance_2`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_seedance_2_task",
            "seedance_2",
            "POST",
            "/api/v1/seedance2Video/start",
            "start",
            "reference",
            False,
            "StartSeedance2TaskRequest",
            "TaskRecordResponse",
            {},
            "Start a Seedance 2 task.",
        ),
        Operation(
            "list_seedance_2_tasks",
            "seedance_2",
            "GET",
            "/api/v1/seedance2Video/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List Seedance 2 tasks, newest first, page by page.",
        ),
        Operation(
            "get_many_seedance_2_tasks",
            "seedance_2",
            "POST",
            "/api/v1/seedance2Video/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many Seedance 2 tasks by their ids.",
        ),
        Operation(
            "get_seedance_2_task",
            "seedance_2",
            "GET",
            "/api/v1/seedance2Video/{_id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one Seedance 2 task.",
        ),
        Operation(
            "rename_seedance_2_task",
            "seedance_2",
            "PUT",
            "/api/v1/seedance2Video/{_id}",
            "write",
            "reference",
            False,
            "RenameTaskRequest",
            "LooseResponse",
            {"_id": "id"},
            "Rename a Seedance 2 task.",
        ),
        Operation(
            "delete_seedance_2_task",
            "seedance_2",
            "DELETE",
            "/api/v1/seedance2Video/{_id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"_id": "id"},
            "Delete a Seedance 2 task.",
        ),
    )
}

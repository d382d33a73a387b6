"""The operations of the section `kling_omni`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_kling_omni_task",
            "kling_omni",
            "POST",
            "/api/v1/klingOmni/start",
            "start",
            "reference",
            False,
            "StartKlingOmniTaskRequest",
            "TaskRecordResponse",
            {},
            "Start a Kling Omni task.",
        ),
        Operation(
            "list_kling_omni_tasks",
            "kling_omni",
            "GET",
            "/api/v1/klingOmni/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List Kling Omni tasks, newest first, page by page.",
        ),
        Operation(
            "get_many_kling_omni_tasks",
            "kling_omni",
            "POST",
            "/api/v1/klingOmni/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many Kling Omni tasks by their ids.",
        ),
        Operation(
            "get_kling_omni_task",
            "kling_omni",
            "GET",
            "/api/v1/klingOmni/{_id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one Kling Omni task.",
        ),
        Operation(
            "rename_kling_omni_task",
            "kling_omni",
            "PUT",
            "/api/v1/klingOmni/{_id}",
            "write",
            "reference",
            False,
            "RenameTaskRequest",
            "LooseResponse",
            {"_id": "id"},
            "Rename a Kling Omni task.",
        ),
        Operation(
            "delete_kling_omni_task",
            "kling_omni",
            "DELETE",
            "/api/v1/klingOmni/{_id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"_id": "id"},
            "Delete a Kling Omni task.",
        ),
    )
}

"""The operations of the section `veo`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_veo_task",
            "veo",
            "POST",
            "/api/v1/veoVideo/start",
            "start",
            "reference",
            False,
            "StartVeoTaskRequest",
            "TaskRecordResponse",
            {},
            "Start a Veo task.",
        ),
        Operation(
            "list_veo_tasks",
            "veo",
            "GET",
            "/api/v1/veoVideo/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List Veo tasks, newest first, page by page.",
        ),
        Operation(
            "get_many_veo_tasks",
            "veo",
            "POST",
            "/api/v1/veoVideo/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many Veo tasks by their ids.",
        ),
        Operation(
            "get_veo_task",
            "veo",
            "GET",
            "/api/v1/veoVideo/{_id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one Veo task.",
        ),
        Operation(
            "delete_veo_task",
            "veo",
            "DELETE",
            "/api/v1/veoVideo/{_id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"_id": "id"},
            "Delete a Veo task.",
        ),
        Operation(
            "get_veo_task_in_full_hd",
            "veo",
            "GET",
            "/api/v1/veoVideo/{_id}/1080p",
            "read",
            "reference",
            False,
            "",
            "LooseResponse",
            {"_id": "id"},
            "Get the 1080p version of a Veo video.",
        ),
    )
}

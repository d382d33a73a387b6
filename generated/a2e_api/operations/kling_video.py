"""The operations of the section `kling_video`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_kling_video_task",
            "kling_video",
            "POST",
            "/api/v1/klingVideo/start",
            "start",
            "reference",
            False,
            "StartKlingVideoTaskRequest",
            "TaskRecordResponse",
            {},
            "Start a Kling video task.",
        ),
        Operation(
            "list_kling_video_tasks",
            "kling_video",
            "GET",
            "/api/v1/klingVideo/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List Kling video tasks, newest first, page by page.",
        ),
        Operation(
            "get_many_kling_video_tasks",
            "kling_video",
            "POST",
            "/api/v1/klingVideo/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many Kling video tasks by their ids.",
        ),
        Operation(
            "get_kling_video_task",
            "kling_video",
            "GET",
            "/api/v1/klingVideo/{_id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one Kling video task.",
        ),
        Operation(
            "rename_kling_video_task",
            "kling_video",
            "PUT",
            "/api/v1/klingVideo/{_id}",
            "write",
            "reference",
            False,
            "RenameTaskRequest",
            "LooseResponse",
            {"_id": "id"},
            "Rename a Kling video task.",
        ),
        Operation(
            "delete_kling_video_task",
            "kling_video",
            "DELETE",
            "/api/v1/klingVideo/{_id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"_id": "id"},
            "Delete a Kling video task.",
        ),
    )
}

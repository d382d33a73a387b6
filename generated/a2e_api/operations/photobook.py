"""The operations of the section `photobook`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_photobook_task",
            "photobook",
            "POST",
            "/api/v1/userPhotobook/start",
            "start",
            "reference",
            False,
            "StartPhotobookTaskRequest",
            "TaskRecordResponse",
            {},
            "Start a photobook task.",
            (401,),
        ),
        Operation(
            "list_photobook_tasks",
            "photobook",
            "GET",
            "/api/v1/userPhotobook/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List photobook tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_photobook_tasks",
            "photobook",
            "POST",
            "/api/v1/userPhotobook/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many photobook tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_photobook_task",
            "photobook",
            "GET",
            "/api/v1/userPhotobook/{id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"id": "id"},
            "Get one photobook task.",
            (401, 404),
        ),
        Operation(
            "delete_photobook_task",
            "photobook",
            "DELETE",
            "/api/v1/userPhotobook/{id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"id": "id"},
            "Delete a photobook task.",
            (400, 401, 404),
        ),
    )
}

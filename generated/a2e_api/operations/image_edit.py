"""The operations of the section `image_edit`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_image_edit_task",
            "image_edit",
            "POST",
            "/api/v1/userImageEdit/start",
            "start",
            "documented",
            False,
            "StartImageEditTaskRequest",
            "TaskRecordResponse",
            {},
            "Start an image edit task.",
            (401,),
        ),
        Operation(
            "list_image_edit_tasks",
            "image_edit",
            "GET",
            "/api/v1/userImageEdit/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List image edit tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_image_edit_tasks",
            "image_edit",
            "POST",
            "/api/v1/userImageEdit/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many image edit tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_image_edit_task",
            "image_edit",
            "GET",
            "/api/v1/userImageEdit/{_id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one image edit task.",
            (401,),
        ),
        Operation(
            "delete_image_edit_task",
            "image_edit",
            "DELETE",
            "/api/v1/userImageEdit/{_id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"_id": "id"},
            "Delete an image edit task.",
            (401,),
        ),
    )
}

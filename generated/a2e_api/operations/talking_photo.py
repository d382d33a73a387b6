"""The operations of the section `talking_photo`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_talking_photo_task",
            "talking_photo",
            "POST",
            "/api/v1/talkingPhoto/start",
            "start",
            "documented",
            False,
            "StartTalkingPhotoTaskRequest",
            "TaskRecordResponse",
            {},
            "Start a talking photo task.",
            (400, 401),
        ),
        Operation(
            "list_talking_photo_tasks",
            "talking_photo",
            "GET",
            "/api/v1/talkingPhoto/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List talking photo tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_talking_photo_tasks",
            "talking_photo",
            "POST",
            "/api/v1/talkingPhoto/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many talking photo tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_talking_photo_task",
            "talking_photo",
            "GET",
            "/api/v1/talkingPhoto/{_id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one talking photo task.",
            (401,),
        ),
        Operation(
            "delete_talking_photo_task",
            "talking_photo",
            "DELETE",
            "/api/v1/talkingPhoto/{_id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"_id": "id"},
            "Delete a talking photo task.",
            (401,),
        ),
    )
}

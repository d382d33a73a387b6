"""The operations of the section `talking_video`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_talking_video_task",
            "talking_video",
            "POST",
            "/api/v1/talkingVideo/start",
            "start",
            "documented",
            False,
            "StartTalkingVideoTaskRequest",
            "TaskRecordResponse",
            {},
            "Start a talking video task.",
            (401,),
        ),
        Operation(
            "list_talking_video_tasks",
            "talking_video",
            "GET",
            "/api/v1/talkingVideo/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List talking video tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_talking_video_tasks",
            "talking_video",
            "POST",
            "/api/v1/talkingVideo/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many talking video tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_talking_video_task",
            "talking_video",
            "GET",
            "/api/v1/talkingVideo/{_id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one talking video task.",
            (401,),
        ),
        Operation(
            "delete_talking_video_task",
            "talking_video",
            "DELETE",
            "/api/v1/talkingVideo/{_id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"_id": "id"},
            "Delete a talking video task.",
            (401,),
        ),
    )
}

"""The operations of the section `sound`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_sound_task",
            "sound",
            "POST",
            "/api/v1/thinkSound/start",
            "start",
            "reference",
            False,
            "StartSoundTaskRequest",
            "TaskRecordResponse",
            {},
            "Start a sound task.",
            (401,),
        ),
        Operation(
            "list_sound_tasks",
            "sound",
            "GET",
            "/api/v1/thinkSound/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List sound tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_sound_tasks",
            "sound",
            "POST",
            "/api/v1/thinkSound/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many sound tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_sound_task",
            "sound",
            "GET",
            "/api/v1/thinkSound/{_id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one sound task.",
            (400, 401),
        ),
        Operation(
            "delete_sound_task",
            "sound",
            "DELETE",
            "/api/v1/thinkSound/{_id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"_id": "id"},
            "Delete a sound task.",
            (400, 401),
        ),
    )
}

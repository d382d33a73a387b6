"""The operations of the section `upscale`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_upscale_task",
            "upscale",
            "POST",
            "/api/v1/userUpscale/start",
            "start",
            "reference",
            False,
            "StartUpscaleTaskRequest",
            "TaskRecordResponse",
            {},
            "Start an upscale task.",
            (401,),
        ),
        Operation(
            "list_upscale_tasks",
            "upscale",
            "GET",
            "/api/v1/userUpscale/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List upscale tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_upscale_tasks",
            "upscale",
            "POST",
            "/api/v1/userUpscale/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many upscale tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_upscale_task",
            "upscale",
            "GET",
            "/api/v1/userUpscale/{_id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one upscale task.",
            (401,),
        ),
        Operation(
            "delete_upscale_task",
            "upscale",
            "DELETE",
            "/api/v1/userUpscale/{_id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"_id": "id"},
            "Delete an upscale task.",
            (401,),
        ),
    )
}

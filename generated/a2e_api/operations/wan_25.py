"""The operations of the section `wan_25`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_wan_25_task",
            "wan_25",
            "POST",
            "/api/v1/userWan25/start",
            "start",
            "reference",
            False,
            "StartWan25TaskRequest",
            "TaskRecordResponse",
            {},
            "Start a Wan 2.5 task.",
            (401,),
        ),
        Operation(
            "list_wan_25_tasks",
            "wan_25",
            "GET",
            "/api/v1/userWan25/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List Wan 2.5 tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_wan_25_tasks",
            "wan_25",
            "POST",
            "/api/v1/userWan25/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many Wan 2.5 tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_wan_25_task",
            "wan_25",
            "GET",
            "/api/v1/userWan25/{_id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one Wan 2.5 task.",
            (401,),
        ),
        Operation(
            "delete_wan_25_task",
            "wan_25",
            "DELETE",
            "/api/v1/userWan25/{_id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"_id": "id"},
            "Delete a Wan 2.5 task.",
            (401,),
        ),
    )
}

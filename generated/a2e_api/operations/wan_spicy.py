"""The operations of the section `wan_spicy`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_wan_spicy_task",
            "wan_spicy",
            "POST",
            "/api/v1/userWanSpicy/start",
            "start",
            "reference",
            False,
            "StartWanSpicyTaskRequest",
            "TaskRecordResponse",
            {},
            "Start a Wan Spicy task.",
            (401,),
        ),
        Operation(
            "list_wan_spicy_tasks",
            "wan_spicy",
            "GET",
            "/api/v1/userWanSpicy/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List Wan Spicy tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_wan_spicy_tasks",
            "wan_spicy",
            "POST",
            "/api/v1/userWanSpicy/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many Wan Spicy tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_wan_spicy_task",
            "wan_spicy",
            "GET",
            "/api/v1/userWanSpicy/{_id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one Wan Spicy task.",
            (401,),
        ),
        Operation(
            "delete_wan_spicy_task",
            "wan_spicy",
            "DELETE",
            "/api/v1/userWanSpicy/{_id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"_id": "id"},
            "Delete a Wan Spicy task.",
            (401,),
        ),
    )
}

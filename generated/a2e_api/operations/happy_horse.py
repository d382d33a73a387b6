"""The operations of the section `happy_horse`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_happy_horse_task",
            "happy_horse",
            "POST",
            "/api/v1/userHappyhorseVideo/start",
            "start",
            "reference",
            False,
            "StartHappyHorseTaskRequest",
            "TaskRecordResponse",
            {},
            "Start a HappyHorse task.",
            (401,),
        ),
        Operation(
            "list_happy_horse_tasks",
            "happy_horse",
            "GET",
            "/api/v1/userHappyhorseVideo/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List HappyHorse tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_happy_horse_tasks",
            "happy_horse",
            "POST",
            "/api/v1/userHappyhorseVideo/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many HappyHorse tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_happy_horse_task",
            "happy_horse",
            "GET",
            "/api/v1/userHappyhorseVideo/{_id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one HappyHorse task.",
            (401,),
        ),
        Operation(
            "delete_happy_horse_task",
            "happy_horse",
            "DELETE",
            "/api/v1/userHappyhorseVideo/{_id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"_id": "id"},
            "Delete a HappyHorse task.",
            (401,),
        ),
    )
}

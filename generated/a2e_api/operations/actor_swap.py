"""The operations of the section `actor_swap`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_actor_swap_task",
            "actor_swap",
            "POST",
            "/api/v1/actorSwap/start",
            "start",
            "reference",
            False,
            "StartActorSwapTaskRequest",
            "TaskRecordResponse",
            {},
            "Start an actor swap task.",
            (401,),
        ),
        Operation(
            "list_actor_swap_tasks",
            "actor_swap",
            "GET",
            "/api/v1/actorSwap/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List actor swap tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_actor_swap_tasks",
            "actor_swap",
            "POST",
            "/api/v1/actorSwap/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many actor swap tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_actor_swap_task",
            "actor_swap",
            "GET",
            "/api/v1/actorSwap/{_id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one actor swap task.",
            (401,),
        ),
        Operation(
            "delete_actor_swap_task",
            "actor_swap",
            "DELETE",
            "/api/v1/actorSwap/{_id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"_id": "id"},
            "Delete an actor swap task.",
            (401,),
        ),
    )
}

"""The operations of the section `minimax`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_minimax_task",
            "minimax",
            "POST",
            "/api/v1/minimaxH3Video/start",
            "start",
            "observed",
            False,
            "StartMinimaxTaskRequest",
            "TaskRecordResponse",
            {},
            {},
            ("object", "array"),
            (),
            "Start a MiniMax H3 task.",
            (401,),
        ),
        Operation(
            "list_minimax_tasks",
            "minimax",
            "GET",
            "/api/v1/minimaxH3Video/allRecords",
            "read",
            "observed",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            {},
            ("object", "array"),
            ("rows", "list", "data"),
            "List MiniMax H3 tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_minimax_tasks",
            "minimax",
            "POST",
            "/api/v1/minimaxH3Video/batchDetail",
            "read",
            "observed",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            {},
            ("array", "object"),
            ("rows", "list", "data"),
            "Get many MiniMax H3 tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_minimax_task",
            "minimax",
            "GET",
            "/api/v1/minimaxH3Video/{_id}",
            "read",
            "observed",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            {},
            ("object", "array"),
            (),
            "Get one MiniMax H3 task.",
            (401,),
        ),
    )
}

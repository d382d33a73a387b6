"""The operations of the section `hailuo`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_hailuo_task",
            "hailuo",
            "POST",
            "/api/v1/hailuoVideo/start",
            "start",
            "observed",
            False,
            "StartHailuoTaskRequest",
            "TaskRecordResponse",
            {},
            {},
            ("object", "array"),
            (),
            "Start a Hailuo task.",
            (401,),
        ),
        Operation(
            "list_hailuo_tasks",
            "hailuo",
            "GET",
            "/api/v1/hailuoVideo/allRecords",
            "read",
            "observed",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            {},
            ("object", "array"),
            ("rows", "list", "data"),
            "List Hailuo tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_hailuo_tasks",
            "hailuo",
            "POST",
            "/api/v1/hailuoVideo/batchDetail",
            "read",
            "observed",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            {},
            ("array", "object"),
            ("rows", "list", "data"),
            "Get many Hailuo tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_hailuo_task",
            "hailuo",
            "GET",
            "/api/v1/hailuoVideo/{_id}",
            "read",
            "observed",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            {},
            ("object", "array"),
            (),
            "Get one Hailuo task.",
            (401,),
        ),
    )
}

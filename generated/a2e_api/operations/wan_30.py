"""The operations of the section `wan_30`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_wan_30_task",
            "wan_30",
            "POST",
            "/api/v1/userWan30/start",
            "start",
            "reference",
            False,
            "StartWan30TaskRequest",
            "TaskRecordResponse",
            {},
            {"input_": "input"},
            ("object", "array"),
            (),
            "Start a Wan 3.0 task.",
            (400, 401, 503),
            (200,),
        ),
        Operation(
            "list_wan_30_tasks",
            "wan_30",
            "GET",
            "/api/v1/userWan30/allRecords",
            "read",
            "observed",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            {},
            ("object", "array"),
            ("rows", "list", "data"),
            "List Wan 3.0 tasks, newest first, page by page.",
            (401,),
            (200,),
        ),
        Operation(
            "get_wan_30_task",
            "wan_30",
            "GET",
            "/api/v1/userWan30/{_id}",
            "read",
            "observed",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            {},
            ("object", "array"),
            (),
            "Get one Wan 3.0 task.",
            (401,),
            (200,),
        ),
    )
}

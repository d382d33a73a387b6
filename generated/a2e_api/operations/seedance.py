"""The operations of the section `seedance`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_seedance_task",
            "seedance",
            "POST",
            "/api/v1/seedanceVideo/start",
            "start",
            "reference",
            False,
            "StartSeedanceTaskRequest",
            "TaskRecordResponse",
            {},
            {},
            ("object", "array"),
            (),
            "Start a Seedance 1.5 task.",
            (401,),
            (200,),
        ),
        Operation(
            "list_seedance_tasks",
            "seedance",
            "GET",
            "/api/v1/seedanceVideo/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            {},
            ("object", "array"),
            ("rows", "list", "data"),
            "List Seedance 1.5 tasks, newest first, page by page.",
            (401,),
            (200,),
        ),
    )
}

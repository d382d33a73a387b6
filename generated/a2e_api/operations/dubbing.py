"""The operations of the section `dubbing`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_dubbing_task",
            "dubbing",
            "POST",
            "/api/v1/userDubbing/startDubbing",
            "start",
            "observed",
            False,
            "StartDubbingTaskRequest",
            "TaskRecordResponse",
            {},
            "Start a dubbing task.",
        ),
        Operation(
            "list_dubbing_tasks",
            "dubbing",
            "GET",
            "/api/v1/userDubbing/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List dubbing tasks, newest first, page by page.",
        ),
        Operation(
            "list_running_dubbing_tasks",
            "dubbing",
            "GET",
            "/api/v1/userDubbing/allProcessing",
            "read",
            "reference",
            False,
            "",
            "TaskRecordListResponse",
            {},
            "List the running dubbing tasks.",
        ),
        Operation(
            "get_dubbing_task_2025",
            "dubbing",
            "GET",
            "/api/v1/userDubbing/detail",
            "read",
            "observed",
            True,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one dubbing task by the older path.",
        ),
        Operation(
            "get_dubbing_task",
            "dubbing",
            "GET",
            "/api/v1/userDubbing/{_id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one dubbing task.",
        ),
        Operation(
            "delete_dubbing_task",
            "dubbing",
            "DELETE",
            "/api/v1/userDubbing/{_id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"_id": "id"},
            "Delete a dubbing task.",
        ),
    )
}

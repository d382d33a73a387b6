"""The operations of the section `motion_transfer`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_motion_transfer_task",
            "motion_transfer",
            "POST",
            "/api/v1/motionTransfer/start",
            "start",
            "reference",
            False,
            "StartMotionTransferTaskRequest",
            "TaskRecordResponse",
            {},
            "Start a motion transfer task.",
            (401,),
        ),
        Operation(
            "list_motion_transfer_tasks",
            "motion_transfer",
            "GET",
            "/api/v1/motionTransfer/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List motion transfer tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_motion_transfer_tasks",
            "motion_transfer",
            "POST",
            "/api/v1/motionTransfer/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many motion transfer tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_motion_transfer_task",
            "motion_transfer",
            "GET",
            "/api/v1/motionTransfer/{_id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one motion transfer task.",
            (400, 401),
        ),
        Operation(
            "delete_motion_transfer_task",
            "motion_transfer",
            "DELETE",
            "/api/v1/motionTransfer/{_id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"_id": "id"},
            "Delete a motion transfer task.",
            (400, 401),
        ),
    )
}

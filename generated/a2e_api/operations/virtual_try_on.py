"""The operations of the section `virtual_try_on`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_virtual_try_on_task",
            "virtual_try_on",
            "POST",
            "/api/v1/virtualTryOn/start",
            "start",
            "reference",
            False,
            "StartVirtualTryOnTaskRequest",
            "TaskRecordResponse",
            {},
            "Start a virtual try-on task.",
            (401,),
        ),
        Operation(
            "list_virtual_try_on_tasks",
            "virtual_try_on",
            "GET",
            "/api/v1/virtualTryOn/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List virtual try-on tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_virtual_try_on_tasks",
            "virtual_try_on",
            "POST",
            "/api/v1/virtualTryOn/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many virtual try-on tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_virtual_try_on_task",
            "virtual_try_on",
            "GET",
            "/api/v1/virtualTryOn/{_id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one virtual try-on task.",
            (400, 401),
        ),
        Operation(
            "delete_virtual_try_on_task",
            "virtual_try_on",
            "DELETE",
            "/api/v1/virtualTryOn/{_id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"_id": "id"},
            "Delete a virtual try-on task.",
            (400, 401),
        ),
    )
}

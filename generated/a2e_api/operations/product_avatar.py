"""The operations of the section `product_avatar`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_product_avatar_task",
            "product_avatar",
            "POST",
            "/api/v1/productAvatar/start",
            "start",
            "reference",
            False,
            "StartProductAvatarTaskRequest",
            "TaskRecordResponse",
            {},
            "Start a product avatar task.",
            (401,),
        ),
        Operation(
            "list_product_avatar_tasks",
            "product_avatar",
            "GET",
            "/api/v1/productAvatar/allRecords",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"pageNum": "page_num", "pageSize": "page_size"},
            "List product avatar tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_product_avatar_tasks",
            "product_avatar",
            "POST",
            "/api/v1/productAvatar/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many product avatar tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_product_avatar_task",
            "product_avatar",
            "GET",
            "/api/v1/productAvatar/{_id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"_id": "id"},
            "Get one product avatar task.",
            (400, 401, 404),
        ),
        Operation(
            "delete_product_avatar_task",
            "product_avatar",
            "DELETE",
            "/api/v1/productAvatar/{_id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"_id": "id"},
            "Delete a product avatar task.",
            (400, 401, 404),
        ),
    )
}

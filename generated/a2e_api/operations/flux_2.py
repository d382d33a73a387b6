"""The operations of the section `flux_2`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_flux_2_task",
            "flux_2",
            "POST",
            "/api/v1/userFlux2/start",
            "start",
            "reference",
            False,
            "StartFlux2TaskRequest",
            "TaskRecordResponse",
            {},
            "Start a Flux 2 task.",
            (400, 401, 402, 500),
        ),
        Operation(
            "list_flux_2_tasks",
            "flux_2",
            "GET",
            "/api/v1/userFlux2/list",
            "read",
            "reference",
            False,
            "",
            "TaskRecordPageResponse",
            {"page": "page", "page_size": "page_size", "status": "status"},
            "List Flux 2 tasks, newest first, page by page.",
            (401,),
        ),
        Operation(
            "get_many_flux_2_tasks",
            "flux_2",
            "POST",
            "/api/v1/userFlux2/batchDetail",
            "read",
            "reference",
            False,
            "GetManyTasksRequest",
            "TaskRecordListResponse",
            {},
            "Get many Flux 2 tasks by their ids.",
            (401,),
        ),
        Operation(
            "get_flux_2_task",
            "flux_2",
            "GET",
            "/api/v1/userFlux2/detail/{id}",
            "read",
            "reference",
            False,
            "",
            "TaskRecordResponse",
            {"id": "id"},
            "Get one Flux 2 task.",
            (401, 404),
        ),
        Operation(
            "delete_flux_2_task",
            "flux_2",
            "DELETE",
            "/api/v1/userFlux2/{id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"id": "id"},
            "Delete a Flux 2 task.",
            (401,),
        ),
    )
}

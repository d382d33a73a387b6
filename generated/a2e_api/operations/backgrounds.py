"""The operations of the section `backgrounds`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "list_backgrounds",
            "backgrounds",
            "POST",
            "/api/v1/custom_back/allBackground",
            "read",
            "reference",
            False,
            "",
            "ListBackgroundsResponse",
            {},
            "List all backgrounds, those of the service and those of the user.",
            (401,),
        ),
        Operation(
            "list_custom_backgrounds",
            "backgrounds",
            "POST",
            "/api/v1/custom_back/list",
            "read",
            "reference",
            False,
            "ListCustomBackgroundsRequest",
            "LooseResponse",
            {},
            "List the user's own backgrounds.",
            (401,),
        ),
        Operation(
            "add_background",
            "backgrounds",
            "POST",
            "/api/v1/custom_back/add",
            "write",
            "reference",
            False,
            "AddBackgroundRequest",
            "AddBackgroundResponse",
            {},
            "Add a background.",
            (401,),
        ),
        Operation(
            "delete_background",
            "backgrounds",
            "POST",
            "/api/v1/custom_back/del",
            "delete",
            "reference",
            False,
            "DeleteBackgroundRequest",
            "DeleteResponse",
            {},
            "Delete one of the user's backgrounds.",
            (401,),
        ),
        Operation(
            "get_random_background",
            "backgrounds",
            "POST",
            "/api/v1/custom_back/randomBackground",
            "read",
            "reference",
            False,
            "GetRandomBackgroundRequest",
            "LooseResponse",
            {},
            "Get a background by chance.",
            (),
        ),
    )
}

"""The operations of the section `tokens`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "add_api_token",
            "tokens",
            "POST",
            "/api/v1/token/generate",
            "write",
            "documented",
            True,
            "AddApiTokenRequest",
            "AddApiTokenResponse",
            {},
            {},
            ("object",),
            (),
            "Make an API token.",
            (401,),
            (200,),
        ),
    )
}

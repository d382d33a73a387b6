"""API tokens from their records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from a2e_api.types import source_of
from a2e_sdk.models.tokens import ApiToken

if TYPE_CHECKING:
    from a2e_api.models.api_token import ApiToken as WireToken


def api_token(wire: WireToken, name: str) -> ApiToken:
    """Return a new token.

    Args:
        wire: The response; it is known to hold a token.
        name: The label that was sent.
    """
    return ApiToken(id=wire.id or "", token=wire.token or "", name=name, raw=source_of(wire))

"""Which API tokens the sandbox accepts.

This module owns the check of the ``Authorization`` header, and the two tokens that are refused on
purpose.
"""

from __future__ import annotations

from .messages import SandboxRequest
from .responses import RefusedError

__all__ = ["INVALID_TOKEN", "INVALID_TOKEN_UNDER_200", "require_token"]

INVALID_TOKEN = "sk_invalid"  # noqa: S105 - a word that opens nothing
"""A token that is refused with HTTP 401. Any other token that is not empty is accepted, but for the
next one."""
INVALID_TOKEN_UNDER_200 = "sk_invalid_200"  # noqa: S105 - likewise
"""A token that is refused with code 401 under HTTP 200, as A2E sometimes does."""


def require_token(request: SandboxRequest) -> None:
    """Check the ``Authorization`` header.

    Args:
        request: what arrived.

    Raises:
        RefusedError: no bearer token, or one of the two documented bad ones.
    """
    scheme, _, token = request.headers.get("authorization", "").strip().partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token:
        raise RefusedError("No authorization token was found", 401, text_key="message")
    if token == INVALID_TOKEN:
        raise RefusedError("Invalid token", 401, text_key="message")
    if token == INVALID_TOKEN_UNDER_200:
        raise RefusedError("Invalid token", 200, code=401, text_key="message")

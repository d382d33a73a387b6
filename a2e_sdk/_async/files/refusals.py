"""The reading of a refusal that a file's host sends in the place of a file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from a2e_sdk._files.http_rules import refusal
from a2e_sdk._http.failures import TransportFailure
from a2e_sdk._http.messages import AsyncFileResponse
from a2e_sdk.errors import APIError

_ENOUGH = 4096


async def refusal_of_async(
    reply: AsyncFileResponse, operation: str, hide: Callable[[str], str]
) -> APIError:
    """Return the error of a response that is no success, having read the beginning of its body."""
    beginning = b""
    with suppress(TransportFailure):  # What came of it is enough.
        async for chunk in reply.chunks:
            beginning += chunk
            if len(beginning) >= _ENOUGH:
                break
    return refusal(operation, reply.status, reply.headers, beginning[:_ENOUGH], hide)

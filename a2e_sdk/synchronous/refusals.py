# Written by `nox -s generate` from asynchronous/refusals.py: edit there, not here.
"""The reading of a refusal that a file's host sends in the place of a file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from ..errors import APIError
from ..exchange import FileReply, TransportFailure
from ..file_rules import refusal

_ENOUGH = 4096


def refusal_of(reply: FileReply, operation: str, hide: Callable[[str], str]) -> APIError:
    """Return the error of an answer that is no success, having read the beginning of its body."""
    beginning = b""
    with suppress(TransportFailure):  # What came of it is enough.
        for chunk in reply.chunks:
            beginning += chunk
            if len(beginning) >= _ENOUGH:
                break
    return refusal(operation, reply.status, reply.headers, beginning[:_ENOUGH], hide)

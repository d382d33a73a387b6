"""A caller's own HTTP client: where it may be used, and what it must not do or log.

This module owns the rules for such a client, of either library. It is used with its proxies,
certificates and hooks, without its redirects and authentication, and never closed.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

from a2e_sdk._checks.redaction import redact
from a2e_sdk.errors import ConfigurationError

ClientT = TypeVar("ClientT")

#: How it sends: without its own redirects and authentication.
SEND_OPTIONS: dict[str, Any] = {"stream": True, "auth": None, "follow_redirects": False}


class OwnClient(Generic[ClientT]):
    """A caller's own client, tied to the process and event loop in which it was first used.

    Its connections are there, and its responses would go astray elsewhere.

    Args:
        client: The client.
    """

    def __init__(self, client: ClientT) -> None:
        self.client = client
        self._place: tuple[int, object] | None = None

    def get(self, loop: object = None) -> ClientT:
        """Return the client, where it can be used.

        Args:
            loop: The event loop that runs; None for none.

        Raises:
            ConfigurationError: It is closed, or was first used in another place.
        """
        if getattr(self.client, "is_closed", False):
            raise ConfigurationError("The http_client that was given to this client is closed.")
        here = (os.getpid(), loop)
        self._place = self._place or here
        if self._place != here:
            where = "process" if self._place[0] != here[0] else "event loop"
            raise ConfigurationError(
                f"The http_client that was given to this client was first used in another {where}, "
                "where its connections are. Leave http_client out, so that connections are opened "
                "where they are needed, or build a client in each."
            )
        return self.client


_carries_file: ContextVar[bool] = ContextVar("_carries_file", default=False)


def _hide_signature(record: logging.LogRecord) -> bool:
    """Take the signature out of the line that the library logs for every request of a client."""
    if _carries_file.get() and isinstance(record.args, tuple):
        record.args = tuple(
            redact(str(value)) if type(value).__name__ == "URL" else value for value in record.args
        )
    return True


@contextmanager
def signature_unlogged(logger: str) -> Generator[None, None, None]:
    """Keep the query of URLs out of what a library logs.

    Args:
        logger: The name of its logger.
    """
    logging.getLogger(logger).addFilter(_hide_signature)  # Adding it again does nothing.
    token = _carries_file.set(True)
    try:
        yield
    finally:
        _carries_file.reset(token)

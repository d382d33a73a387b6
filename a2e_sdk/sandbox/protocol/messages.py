"""What goes into the sandbox and what comes out of it.

This module owns the two plain values that cross the sandbox's border: the request as it was
received and the reply as it is to be acted out. Whoever carries them (the HTTP server, the facade's
in-process transport) does the waiting and the closing; nothing here does any I/O.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import parse_qsl, urlsplit

from attrs import field, frozen

__all__ = ["Connection", "SandboxReply", "SandboxRequest", "lower_names"]


def lower_names(headers: Mapping[str, str]) -> dict[str, str]:
    """Return header fields with their names in lower case, so that one name is one key.

    Args:
        headers: header fields.
    """
    return {name.lower(): value for name, value in headers.items()}


@frozen
class SandboxRequest:
    """One request, as the server received it.

    Args:
        method: HTTP method, for example ``"GET"``.
        path: path as it was on the wire (percent-encoded), without the query, for example
            ``"/api/v1/userFaceSwapTask/records"``.
        query: decoded query parameters; of a repeated one, the first.
        headers: header fields; names are lower-cased here, so look them up in lower case.
        body: the bytes of the body, empty when there was none.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(factory=dict[str, str])
    headers: Mapping[str, str] = field(factory=dict[str, str], converter=lower_names)
    body: bytes = field(default=b"", repr=False)

    @classmethod
    def from_target(
        cls, method: str, target: str, headers: Mapping[str, str], body: bytes = b""
    ) -> SandboxRequest:
        """Build a request from an HTTP request target or a whole URL.

        Args:
            method: HTTP method.
            target: for example ``"/api/v1/userFaceSwapTask/records?pageNum=1&pageSize=10"``; scheme
                and host are ignored.
            headers: header fields.
            body: the bytes of the body.

        Returns:
            The request, with path and decoded query apart.

        Raises:
            ValueError: the target is not a URL at all.
        """
        # A target such as "//x" is a path on the wire; urlsplit would take it for a host.
        parts = urlsplit("/." + target if target.startswith("//") else target)
        path = parts.path.removeprefix("/.") if target.startswith("//") else parts.path
        query: dict[str, str] = {}
        for name, value in parse_qsl(parts.query, keep_blank_values=True):
            query.setdefault(name, value)
        return cls(method, path or "/", query, headers, body)


class Connection(StrEnum):
    """What becomes of the connection that a request came in on."""

    ANSWER = "answer"
    """The reply is sent."""
    DROP = "drop"
    """The server has handled the request, then closes the connection without a response."""
    UNREACHED = "unreached"
    """The request never arrived: nothing was handled. A client sees a failed connect (in process)
    or a closed connection."""


@frozen
class SandboxReply:
    """One reply, and how it is to be acted out.

    Args:
        status: HTTP status code.
        headers: header fields; names are lower-cased here. Without a ``content-length`` the body
            goes out in chunks.
        body: the whole body.
        delay: seconds to wait before anything is sent; 0 by default. The sandbox itself never
            waits.
        connection: whether the reply is sent at all; see `Connection`.
        cut_after: number of body bytes to send before the connection breaks; None (the default)
            sends all of it.
    """

    status: int
    headers: dict[str, str] = field(factory=dict[str, str], converter=lower_names)
    body: bytes = field(default=b"", repr=False)
    delay: float = 0.0
    connection: Connection = Connection.ANSWER
    cut_after: int | None = None

"""What goes wrong on purpose.

This module owns the description of a fault. It decides nothing about ordinary responses, and closes
or delays nothing itself: a fault changes the `SandboxReply`, and whoever carries the reply acts it
out. Which request meets which fault is written in a `script`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import Factory, evolve, field, frozen

from a2e_sdk.sandbox.protocol.messages import Connection, SandboxReply, SandboxRequest
from a2e_sdk.sandbox.protocol.responses import html_page, json_reply, storage_error

__all__ = ["Fault"]


def _lower_names(headers: Mapping[str, str | None]) -> dict[str, str | None]:
    return {name.lower(): value for name, value in headers.items()}


def _lower_set(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.lower() for name in names)


@frozen(kw_only=True)
class Fault:
    """One thing that goes wrong. The class methods name the common ones; the arguments make any
    other.

    Args:
        status: HTTP status code in place of the ordinary response; None (the default)
            keeps that response.
        headers: header fields of that response, or, without a status, fields that the ordinary
            response gets in addition or in place of its own; None takes a field away. Names are
            lower-cased here.
        body: body of the response, only with a status.
        overlook: header fields of the request that the server does not see, for example
            ``{"range"}``.
        delay: seconds to wait before anything is sent; 0 by default.
        connection: what becomes of the connection; by default the response is sent.
        cut_after: number of body bytes to send before the connection breaks; None (the default)
            sends all.
        takes_effect: whether the request is handled (rows made or deleted, coins charged) before it
            goes wrong. By default it is, unless a status is given or the request never arrives.
    """

    status: int | None = None
    headers: Mapping[str, str | None] = field(factory=dict[str, str | None], converter=_lower_names)
    body: bytes = field(default=b"", repr=False)
    overlook: frozenset[str] = field(default=frozenset[str](), converter=_lower_set)
    delay: float = 0.0
    connection: Connection = Connection.ANSWER
    cut_after: int | None = None
    takes_effect: bool = Factory(
        lambda self: self.status is None and self.connection is not Connection.UNREACHED,
        takes_self=True,
    )

    def __attrs_post_init__(self) -> None:
        if self.takes_effect and self.connection is Connection.UNREACHED:
            raise ValueError("a request that never arrives cannot take effect")
        if self.status is None and not self.takes_effect and self.connection is Connection.ANSWER:
            raise ValueError("a fault with a response needs a status, or takes_effect=True")

    @classmethod
    def rate_limited(cls, retry_after: float | str | None = None) -> Fault:
        """Too many requests: HTTP 429, nothing handled.

        Args:
            retry_after: value of the ``Retry-After`` header, in seconds or as an HTTP date; None
                leaves the header out.

        Returns:
            The fault.
        """
        reply = json_reply({"code": 429, "msg": "Too many requests"}, 429)
        extra = {} if retry_after is None else {"retry-after": str(retry_after)}
        return cls._reply(evolve(reply, headers=reply.headers | extra))

    @classmethod
    def http(cls, status: int, *, takes_effect: bool = False) -> Fault:
        """An HTML error page under any status, such as 502 or the non-standard 520.

        Args:
            status: HTTP status code.
            takes_effect: whether the request is handled all the same; False by default.

        Returns:
            The fault.
        """
        text = f"{status} error from the web server in front"
        return evolve(cls._reply(html_page(status, str(status), text)), takes_effect=takes_effect)

    @classmethod
    def code(cls, code: int, text: str = "Refused", *, status: int = 200) -> Fault:
        """A business error: an envelope whose code is not 0, nothing handled.

        Args:
            code: the code.
            text: its text, under ``msg``.
            status: HTTP status code; 200 by default, as A2E often does.

        Returns:
            The fault.
        """
        return cls._reply(json_reply({"code": code, "msg": text, "data": None}, status))

    @classmethod
    def json(cls, envelope: Any, *, status: int = 200) -> Fault:
        """Any JSON in place of the ordinary response, nothing handled.

        Args:
            envelope: the whole body.
            status: HTTP status code; 200 by default.

        Returns:
            The fault.
        """
        return cls._reply(json_reply(envelope, status))

    @classmethod
    def null_data(cls) -> Fault:
        """Success with ``data: null``; nothing handled."""
        return cls.json({"code": 0, "data": None})

    @classmethod
    def null_rows(cls) -> Fault:
        """A page of records with ``rows: null``; nothing handled."""
        return cls.json({"code": 0, "data": {"rows": None, "count": 0}})

    @classmethod
    def truncated_json(cls) -> Fault:
        """HTTP 200 with JSON that stops in the middle; nothing handled."""
        whole = json_reply({})
        body = b'{"code":0,"data":{"rows":[{"name":"xx'
        headers = whole.headers | {"content-length": str(len(body))}
        return cls._reply(evolve(whole, headers=headers, body=body))

    @classmethod
    def drop_before(cls) -> Fault:
        """The request never arrives: nothing is handled, logged or charged.

        In process this is a failed connect. Over a real socket the client sees a closed connection
        and cannot tell it from `drop_after_read`.
        """
        return cls(connection=Connection.UNREACHED)

    @classmethod
    def drop_after_read(cls) -> Fault:
        """The request is handled (a started task exists and is charged), then the connection closes
        without a response."""
        return cls(connection=Connection.DROP)

    @classmethod
    def stall(cls, seconds: float) -> Fault:
        """The request is handled, and its response is held back.

        Args:
            seconds: how long.

        Returns:
            The fault.
        """
        return cls(delay=seconds)

    @classmethod
    def cut(cls, after: int) -> Fault:
        """The ordinary response, cut off in its body.

        Args:
            after: number of body bytes that still arrive.

        Returns:
            The fault.
        """
        return cls(cut_after=after)

    @classmethod
    def expired_link(cls, status: int = 403) -> Fault:
        """A link that does not work: the storage's XML error, nothing served.

        Args:
            status: HTTP status code; 403 by default, as storages do, or 404 or 410.

        Returns:
            The fault.
        """
        return cls._reply(storage_error(status, "AccessDenied", "Request has expired"))

    @classmethod
    def redirect(cls, location: str, status: int = 302) -> Fault:
        """A redirect in place of the ordinary response, nothing handled.

        Args:
            location: where it leads to, for example a URL on another host.
            status: HTTP status code; 302 by default.

        Returns:
            The fault.
        """
        return cls(status=status, headers={"location": location})

    @classmethod
    def ignored_range(cls) -> Fault:
        """A server that knows no ranges: HTTP 200 and the whole file, whatever was asked for."""
        return cls(overlook={"range"}, headers={"accept-ranges": None})

    @classmethod
    def mislabelled_range(cls, content_range: str = "bytes 0-0/1") -> Fault:
        """A part of a file under the wrong label; its bytes are those that were asked for.

        Args:
            content_range: value of the ``Content-Range`` header.

        Returns:
            The fault.
        """
        return cls(headers={"content-range": content_range})

    @classmethod
    def etag(cls, value: str | None) -> Fault:
        """The ordinary response under another entity tag, which later responses do not know.

        Args:
            value: value of the ``ETag`` header, such as ``'W/"weak"'``; None leaves it out.

        Returns:
            The fault.
        """
        return cls(headers={"etag": value})

    @classmethod
    def unknown_length(cls) -> Fault:
        """The ordinary response without ``Content-Length``; over a socket its body goes out in
        chunks."""
        return cls(headers={"content-length": None})

    @classmethod
    def _reply(cls, reply: SandboxReply) -> Fault:
        return cls(status=reply.status, headers=reply.headers, body=reply.body)

    def seen(self, request: SandboxRequest) -> SandboxRequest:
        """Return what the server sees of a request.

        Args:
            request: what arrived.
        """
        if not self.overlook:
            return request
        names = request.headers.keys() - self.overlook
        return evolve(request, headers={name: request.headers[name] for name in names})

    def act_on(self, ordinary: SandboxReply) -> SandboxReply:
        """Turn the ordinary response into the faulty one.

        Args:
            ordinary: what would have been the reply; a reply with a date only when the request was
                not handled.

        Returns:
            The reply to carry out.
        """
        reply, headers = ordinary, ordinary.headers
        if self.status is not None:
            reply = SandboxReply(self.status, {}, self.body)
            kept = {name: value for name, value in ordinary.headers.items() if name == "date"}
            headers = kept | {"content-length": str(len(self.body))}
        changed = headers | dict(self.headers)
        return evolve(
            reply,
            headers={name: value for name, value in changed.items() if value is not None},
            delay=reply.delay + self.delay,
            connection=self.connection,
            cut_after=self.cut_after,
        )

"""What goes wrong on purpose.

This module owns the description of a fault. It decides nothing about ordinary responses, and closes
or delays nothing itself: a fault changes the `SandboxReply`, and whoever carries the reply acts it
out. Which request meets which fault is written in a `script`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from attrs import Factory, evolve, field, frozen

from a2e_sdk.sandbox.protocol.messages import Connection, SandboxReply, SandboxRequest
from a2e_sdk.sandbox.protocol.responses import html_page, json_reply, storage_error

__all__ = ["Fault"]

P = ParamSpec("P")


def _lower_names(headers: Mapping[str, str | None]) -> dict[str, str | None]:
    return {name.lower(): value for name, value in headers.items()}


def _lower_set(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.lower() for name in names)


def _named(
    make: Callable[Concatenate[type[Fault], P], Fault],
) -> Callable[Concatenate[type[Fault], P], Fault]:
    """Let a fault know the name and the arguments that it was made with."""
    code = make.__code__
    names = code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount]

    @wraps(make)
    def named(cls: type[Fault], /, *args: P.args, **kwargs: P.kwargs) -> Fault:
        given = {**dict(zip(names, args, strict=False)), **kwargs}
        return make(cls, *args, **kwargs).called(make.__name__, given)

    return named


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

    Attributes:
        name: the class method that has made it, for example ``"rate_limited"``; None for another.
        arguments: the arguments of that class method, by name.
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
    name: str | None = field(default=None, init=False, eq=False, repr=False)
    arguments: Mapping[str, Any] = field(factory=dict[str, Any], init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.takes_effect and self.connection is Connection.UNREACHED:
            raise ValueError("a request that never arrives cannot take effect")
        if self.status is None and not self.takes_effect and self.connection is Connection.ANSWER:
            raise ValueError("a fault with a response needs a status, or takes_effect=True")

    @classmethod
    @_named
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
    @_named
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
    @_named
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
    @_named
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
    @_named
    def null_data(cls) -> Fault:
        """Success with ``data: null``; nothing handled."""
        return cls.json({"code": 0, "data": None})

    @classmethod
    @_named
    def null_rows(cls) -> Fault:
        """A page of records with ``rows: null``; nothing handled."""
        return cls.json({"code": 0, "data": {"rows": None, "count": 0}})

    @classmethod
    @_named
    def truncated_json(cls) -> Fault:
        """HTTP 200 with JSON that stops in the middle; nothing handled."""
        whole = json_reply({})
        body = b'{"code":0,"data":{"rows":[{"name":"xx'
        headers = whole.headers | {"content-length": str(len(body))}
        return cls._reply(evolve(whole, headers=headers, body=body))

    @classmethod
    @_named
    def drop_before(cls) -> Fault:
        """The request never arrives: nothing is handled, logged or charged.

        In process this is a failed connect. Over a real socket the client sees a closed connection
        and cannot tell it from `drop_after_read`.
        """
        return cls(connection=Connection.UNREACHED)

    @classmethod
    @_named
    def drop_after_read(cls) -> Fault:
        """The request is handled (a started task exists and is charged), then the connection closes
        without a response."""
        return cls(connection=Connection.DROP)

    @classmethod
    @_named
    def stall(cls, seconds: float) -> Fault:
        """The request is handled, and its response is held back.

        Args:
            seconds: how long.

        Returns:
            The fault.
        """
        return cls(delay=seconds)

    @classmethod
    @_named
    def cut(cls, after: int) -> Fault:
        """The ordinary response, cut off in its body.

        Args:
            after: number of body bytes that still arrive.

        Returns:
            The fault.
        """
        return cls(cut_after=after)

    @classmethod
    @_named
    def expired_link(cls, status: int = 403) -> Fault:
        """A link that does not work: the storage's XML error, nothing served.

        Args:
            status: HTTP status code; 403 by default, as storages do, or 404 or 410.

        Returns:
            The fault.
        """
        return cls._reply(storage_error(status, "AccessDenied", "Request has expired"))

    @classmethod
    @_named
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
    @_named
    def ignored_range(cls) -> Fault:
        """A server that knows no ranges: HTTP 200 and the whole file, whatever was asked for."""
        return cls(overlook={"range"}, headers={"accept-ranges": None})

    @classmethod
    @_named
    def mislabelled_range(cls, content_range: str = "bytes 0-0/1") -> Fault:
        """A part of a file under the wrong label; its bytes are those that were asked for.

        Args:
            content_range: value of the ``Content-Range`` header.

        Returns:
            The fault.
        """
        return cls(headers={"content-range": content_range})

    @classmethod
    @_named
    def etag(cls, value: str | None) -> Fault:
        """The ordinary response under another entity tag, which later responses do not know.

        Args:
            value: value of the ``ETag`` header, such as ``'W/"weak"'``; None leaves it out.

        Returns:
            The fault.
        """
        return cls(headers={"etag": value})

    @classmethod
    @_named
    def unknown_length(cls) -> Fault:
        """The ordinary response without ``Content-Length``; over a socket its body goes out in
        chunks."""
        return cls(headers={"content-length": None})

    @classmethod
    def _reply(cls, reply: SandboxReply) -> Fault:
        return cls(status=reply.status, headers=reply.headers, body=reply.body)

    def called(self, name: str, arguments: Mapping[str, Any]) -> Fault:
        """Return the same fault under a name, by which it is shown.

        Args:
            name: the name of the class method that makes such a fault, or ``"custom"``.
            arguments: the arguments that it takes for that.
        """
        fault = evolve(self)
        # No arguments of `Fault`: a copy with other values is no longer what the name says.
        object.__setattr__(fault, "name", name)
        object.__setattr__(fault, "arguments", dict(arguments))
        return fault

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

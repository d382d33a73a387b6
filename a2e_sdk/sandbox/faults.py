"""What goes wrong on purpose.

Owns the description of a fault and the script that says which request meets which fault. It decides
nothing about ordinary answers, and closes or delays nothing itself: a fault changes the
`SandboxReply`, and whoever carries the reply acts it out.

    sandbox.faults.add(Fault.rate_limited(retry_after=2))
    sandbox.faults.add(Fault.drop_after_read(), operation="add_face_swap_task")
    sandbox.faults.add(Fault(status=520, body=b"error"), times=3)
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from typing import Any

from attrs import Factory, define, evolve, field, frozen

from .answers import html_page, json_reply
from .messages import Connection, SandboxReply, lower_names

__all__ = ["Fault", "FaultScript"]


@frozen(kw_only=True)
class Fault:
    """One thing that goes wrong. The class methods name the common ones; the arguments make any
    other.

    Args:
        status: HTTP status code to answer with in place of the ordinary answer; None (the default)
            keeps that answer.
        headers: header fields of that answer; names are lower-cased here.
        body: body of that answer.
        delay: seconds to wait before anything is sent; 0 by default.
        connection: what becomes of the connection; answered by default.
        cut_after: number of body bytes to send before the connection breaks; None (the default)
            sends all.
        takes_effect: whether the request is handled (rows made or deleted, coins charged) before it
            goes wrong. By default it is, unless a status is given or the request never arrives.
    """

    status: int | None = None
    headers: Mapping[str, str] = field(factory=dict[str, str], converter=lower_names)
    body: bytes = field(default=b"", repr=False)
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
            raise ValueError("a fault that answers needs a status, or takes_effect=True")

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
        return cls._answer(evolve(reply, headers=reply.headers | extra))

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
        return evolve(cls._answer(html_page(status, str(status), text)), takes_effect=takes_effect)

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
        return cls._answer(json_reply({"code": code, "msg": text, "data": None}, status))

    @classmethod
    def json(cls, envelope: Any, *, status: int = 200) -> Fault:
        """Any JSON in place of the ordinary answer, nothing handled.

        Args:
            envelope: the whole body.
            status: HTTP status code; 200 by default.

        Returns:
            The fault.
        """
        return cls._answer(json_reply(envelope, status))

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
        return cls._answer(evolve(whole, headers=headers, body=body))

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
        without an answer."""
        return cls(connection=Connection.DROP)

    @classmethod
    def stall(cls, seconds: float) -> Fault:
        """The request is handled, and its answer is held back.

        Args:
            seconds: how long.

        Returns:
            The fault.
        """
        return cls(delay=seconds)

    @classmethod
    def cut(cls, after: int) -> Fault:
        """The ordinary answer, cut off in its body.

        Args:
            after: number of body bytes that still arrive.

        Returns:
            The fault.
        """
        return cls(cut_after=after)

    @classmethod
    def _answer(cls, reply: SandboxReply) -> Fault:
        return cls(status=reply.status, headers=reply.headers, body=reply.body)

    def act_on(self, ordinary: SandboxReply | None) -> SandboxReply:
        """Turn the ordinary answer into the faulty one.

        Args:
            ordinary: what would have been answered; None when the request was not handled.

        Returns:
            The reply to carry out.
        """
        reply = ordinary or SandboxReply(0)
        if self.status is not None:
            headers = {"content-length": str(len(self.body))} | dict(self.headers)
            reply = SandboxReply(self.status, headers, self.body)
        return evolve(
            reply,
            delay=reply.delay + self.delay,
            connection=self.connection,
            cut_after=self.cut_after,
        )


@define
class _Entry:
    fault: Fault
    operation: str | None
    times: int | None


class FaultScript:
    """Faults waiting for their request, first come first served; safe to use from several threads.

    Args:
        operations: names of the operations there are.
    """

    def __init__(self, operations: Collection[str]) -> None:
        self._operations = operations
        self._entries: list[_Entry] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault, operation: str | None = None, times: int | None = 1) -> None:
        """Let coming requests meet a fault.

        Args:
            fault: what goes wrong.
            operation: only requests for this operation, for example ``"add_face_swap_task"``; None
                (the default) for any request, downloads and unknown paths too.
            times: how many requests meet it; 1 by default, None for all from now on.

        Raises:
            ValueError: there is no such operation, or ``times`` is less than 1.
        """
        if operation is not None and operation not in self._operations:
            raise ValueError(f"no operation {operation!r}; there are {sorted(self._operations)}")
        if times is not None and times < 1:
            raise ValueError("times must be 1 or more, or None")
        with self._lock:
            self._entries.append(_Entry(fault, operation, times))

    def take(self, operation: str | None) -> Fault | None:
        """Use up one fault for a request.

        Args:
            operation: the operation the request was routed to; None for an unknown path.

        Returns:
            The first fault in line for it, or None.
        """
        with self._lock:
            for entry in self._entries:
                if entry.operation in (None, operation):
                    if entry.times is not None:
                        entry.times -= 1
                        if not entry.times:
                            self._entries.remove(entry)
                    return entry.fault
        return None

    def clear(self) -> None:
        """Forget all faults that have not been met."""
        with self._lock:
            self._entries.clear()

    def __len__(self) -> int:
        """How many entries still wait, an entry for several requests counted once."""
        return len(self._entries)

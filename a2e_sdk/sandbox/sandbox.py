"""The sandbox itself: one account of A2E, kept in memory.

Owns the order in which a request is dealt with (fault, log, token, operation) and the handles a
test turns. What the operations do is in `services` and the parts that it puts together.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from attrs import evolve

from .answers import RefusedError, not_found_page
from .clock import Clock, SystemClock, http_time
from .face_swap import FACE_SWAP_TASKS
from .fault_script import FaultScript
from .ledger import CoinLedger
from .messages import Connection, SandboxReply, SandboxRequest
from .progress import Failure
from .records_page import RECORDS_PAGE
from .request_log import ReceivedRequest, RequestLog
from .results import ResultLinks
from .routing import Call, Route, Router
from .services import Services
from .state import SandboxState
from .task_family import Row
from .uploads import DEFAULT_UPLOAD_LIMIT, UploadedFile
from .validation import checked_token

__all__ = ["DEFAULT_PUBLIC_URL", "Sandbox"]

DEFAULT_PUBLIC_URL = "https://sandbox.a2e.invalid"
"""Where result links point to while nobody says otherwise; no name server knows it (RFC 6761)."""


class Sandbox:
    """A stateful stand-in for the A2E server; safe to use from several threads.

    It opens no socket, waits for nothing and forgets everything with the object. Any token that is
    not empty is accepted, except `INVALID_TOKEN` and `INVALID_TOKEN_UNDER_200`.

    Args:
        seed_records: whether the face swap records start with the three of the reference page
            (default) or empty.
        clock: tells the time; the computer's clock by default. `ManualClock` can be turned.
        latency: seconds every reply asks to be delayed by; 0 by default.
        coins: balance at the start; 1,000,000 by default. A face swap task costs 10.
        processing_after: seconds from a task's start until it is processing; 1 by default.
        completed_after: seconds from a task's start until it ends; 3 by default.
        public_url: where links point to, as scheme and host.
        result_size: bytes of a result file; 65,536 by default.
        link_lifetime: seconds for which a result link works after it was handed out, rounded up to
            a whole one; 3 days by default. Reading the task again hands out a fresh link.
        result_lifetime: seconds after a task's end for which any link to its result works; None
            (the default) for ever.
        expired_status: HTTP status that an expired result link is answered with: 403 (the default),
            404 or 410.
        upload_limit: bytes that all uploaded files together may have; 256 MiB by default.
        log_limit: how many requests `requests` keeps; 1,000 by default.

    Raises:
        ValueError: a number is negative, a task would end before it is processing, or
            ``expired_status`` is another one.
    """

    def __init__(
        self,
        *,
        seed_records: bool = True,
        clock: Clock | None = None,
        latency: float = 0.0,
        coins: int = 1_000_000,
        processing_after: float = 1.0,
        completed_after: float = 3.0,
        public_url: str = DEFAULT_PUBLIC_URL,
        result_size: int = 65_536,
        link_lifetime: float = 3 * 86_400.0,
        result_lifetime: float | None = None,
        expired_status: int = 403,
        upload_limit: int = DEFAULT_UPLOAD_LIMIT,
        log_limit: int = 1_000,
    ) -> None:
        if not 0 <= processing_after <= completed_after:
            raise ValueError("0 <= processing_after <= completed_after is needed")
        if latency < 0:
            raise ValueError("latency must be 0 or more")
        self._lock = threading.RLock()
        self._latency = latency
        self._state = SandboxState(
            clock or SystemClock(),
            CoinLedger(coins),
            processing_after,
            completed_after,
            public_url.rstrip("/"),
            ResultLinks(link_lifetime, result_lifetime, result_size, expired_status),
        )
        self._services = Services(self._state, upload_limit)
        self._uploads = self._services.uploads
        self._face_swap_tasks = self._services.tasks(FACE_SWAP_TASKS.name)
        self._requests = RequestLog(log_limit)
        self._faults = FaultScript(self._services.operations)
        if seed_records:
            for row in reversed(RECORDS_PAGE):
                self.add_face_swap_task(**row)

    @property
    def clock(self) -> Clock:
        """What tells the time here."""
        return self._state.clock

    @property
    def coins(self) -> CoinLedger:
        """The account: a list of charges and refunds, and ``.balance``."""
        return self._state.coins

    @property
    def requests(self) -> RequestLog:
        """The requests that arrived, oldest first, and ``.count(operation)``."""
        return self._requests

    @property
    def faults(self) -> FaultScript:
        """What goes wrong on purpose; add to it with ``.add(Fault...)``."""
        return self._faults

    @property
    def operations(self) -> frozenset[str]:
        """Names of all operations, as `requests` and `faults` use them."""
        return self._services.operations

    @property
    def uploads(self) -> Mapping[str, UploadedFile]:
        """The uploaded files by their public URL, as they are now."""
        with self._lock:
            return self._uploads.files()

    @property
    def upload_limit(self) -> int:
        """Bytes that all uploaded files together may have."""
        return self._uploads.limit

    @property
    def public_url(self) -> str:
        """Where links point to, as scheme and host; may be set."""
        return self._state.public_url

    @public_url.setter
    def public_url(self, url: str) -> None:
        with self._lock:
            self._state.public_url = url.rstrip("/")

    def handle(self, request: SandboxRequest) -> SandboxReply:
        """Deal with one request.

        Args:
            request: what arrived.

        Returns:
            The reply, and how it is to be acted out. Nothing is raised, whatever arrived.
        """
        with self._lock:
            reply = self._meet_fault(request, self._router.find(request.method, request.path))
        return evolve(reply, delay=reply.delay + self._latency) if self._latency else reply

    def takes_upload(self, method: str, path: str) -> bool:
        """Tell whether a request brings a file, so that its body may be long.

        Args:
            method: HTTP method.
            path: path as on the wire, without the query.
        """
        found = self._router.find(method, path)
        return found is not None and found[0].operation == "put_upload"

    def replace_results(self) -> None:
        """Give the results of all tasks other bytes and other entity tags from now on."""
        with self._lock:
            self._state.results.edition += 1

    def fail_next(self, message: str, *, code: str = "-1") -> None:
        """Let the next task of any family, or the next preview, fail when its time is up.

        Args:
            message: the server's text for it, under ``faild_message`` for a face swap.
            code: the server's code for it, under ``error_code`` for a face swap.
        """
        with self._lock:
            self._state.failures.append(Failure(message, code))

    def status_word_next(self, word: str) -> None:
        """Let the next task of any family, or the next preview, show another status word.

        Args:
            word: what to show in place of ``processing``, for example one no client knows.
        """
        with self._lock:
            self._state.status_words.append(word)

    def reject_next(self, code: int = 1003, *, message: str = "Content policy") -> None:
        """Let moderation refuse the next start of a task, speech or watermark; nothing is charged.

        Args:
            code: the envelope's code: 1003 (the default) where a minor was detected, 1004 where one
                is suspected. The HTTP status is 403 where the spec lists it.
            message: the server's text for it.

        Raises:
            ValueError: the code is not above 0.
        """
        if code <= 0:
            raise ValueError("code must be above 0")
        with self._lock:
            self._state.rejections.append(RefusedError(message, 403, code=code))

    def occupy_streaming_hosts(self, busy: bool = True) -> None:
        """Let all streaming hosts be occupied, so that sessions are refused with code 1001.

        Args:
            busy: False sets them free again; True by default.
        """
        with self._lock:
            self._state.hosts_are_busy = busy

    def add_face_swap_task(self, **fields: Any) -> str:
        """Put in a face swap record that nobody started or paid for, and that stays as it is.

        Args:
            fields: wire fields of the record, known to A2E or not, with any value; for example
                ``name="x"``, ``current_status="failed"``, ``duration="6"``, ``_id="..."``. The
                others are those of a task that has just been completed.

        Returns:
            The id.

        Raises:
            ValueError: there is a record with this ``_id``.
        """
        with self._lock:
            return self._face_swap_tasks.add(fields, self._state.clock.now())

    def delete_face_swap_task(self, task_id: str) -> bool:
        """Take out a face swap record, whatever its status and without a refund.

        Args:
            task_id: the id.

        Returns:
            Whether it was there.
        """
        with self._lock:
            return self._face_swap_tasks.remove(task_id)

    def face_swap_tasks(self) -> list[Row]:
        """Return all face swap records as they are on the wire at this moment, newest first."""
        with self._lock:
            return self._face_swap_tasks.rows(self._state.clock.now())

    @cached_property
    def _router(self) -> Router:
        # Made for the first request: the spec's rows for all sections are read here.
        return Router(self._services.routes())

    def _meet_fault(
        self, request: SandboxRequest, found: tuple[Route, dict[str, str]] | None
    ) -> SandboxReply:
        operation = found[0].operation if found else None
        fault = self._faults.take(operation)
        now = self._state.clock.now()
        dated = {"date": http_time(now)}
        unhandled = SandboxReply(0, dated)
        if fault is not None and fault.connection is Connection.UNREACHED:
            return fault.act_on(unhandled)
        names = frozenset(request.headers)
        query = dict(request.query)
        self._requests.add(
            ReceivedRequest(request.method, request.path, operation, query, names, now)
        )
        if fault is not None and not fault.takes_effect:
            return fault.act_on(unhandled)
        reply = self._answer(request if fault is None else fault.seen(request), found, now)
        reply = evolve(reply, headers=reply.headers | dated)
        return reply if fault is None else fault.act_on(reply)

    def _answer(
        self, request: SandboxRequest, found: tuple[Route, dict[str, str]] | None, now: datetime
    ) -> SandboxReply:
        if found is None:
            return not_found_page(request.method, request.path)
        route, parameters = found
        try:
            if not route.public:
                checked_token(request)
            return route.handler(Call(request, parameters, now))
        except RefusedError as refusal:
            return refusal.reply(self._state.identifiers.trace_id())

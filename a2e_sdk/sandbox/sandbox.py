"""The sandbox itself: one account of A2E, kept in memory.

Owns the order in which a request is dealt with (fault, log, token, operation) and the handles a
test turns. What the operations do is in `services` and the parts that it puts together.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from attrs import evolve

from a2e_sdk.sandbox.faults.script import FaultScript
from a2e_sdk.sandbox.protocol.messages import Connection, SandboxReply, SandboxRequest
from a2e_sdk.sandbox.protocol.responses import RefusedError, html_page, not_found_page
from a2e_sdk.sandbox.protocol.routing import BadEscapeError, Call, Route, Router
from a2e_sdk.sandbox.protocol.tokens import require_token
from a2e_sdk.sandbox.sections.face_swap import FACE_SWAP_TASKS
from a2e_sdk.sandbox.sections.uploads import DEFAULT_UPLOAD_LIMIT, UploadedFile
from a2e_sdk.sandbox.state.clock import AdjustableClock, Clock, http_time
from a2e_sdk.sandbox.state.ledger import CoinLedger
from a2e_sdk.sandbox.state.progress import Failure
from a2e_sdk.sandbox.state.records_page import RECORDS_PAGE
from a2e_sdk.sandbox.state.request_log import ReceivedRequest, RequestLog
from a2e_sdk.sandbox.state.server_state import SandboxState
from a2e_sdk.sandbox.state.settings import FailureShare, Settings, checked_pace
from a2e_sdk.sandbox.tasks.family import Row

from .services import Services

__all__ = ["DEFAULT_PUBLIC_URL", "Sandbox"]

DEFAULT_PUBLIC_URL = "https://sandbox.a2e.invalid"
"""Where result links point to while nobody says otherwise; no name server knows it (RFC 6761)."""


_Found = tuple[Route, dict[str, str]]


class Sandbox:
    """A stateful stand-in for the A2E server; safe to use from several threads.

    It opens no socket, waits for nothing and forgets everything with the object. Any token that is
    not empty is accepted, except `INVALID_TOKEN` and `INVALID_TOKEN_UNDER_200`.

    Args:
        seed_records: whether the face swap records start with the three of the reference page
            (default) or empty.
        clock: tells the time; an `AdjustableClock` by default, which is the computer's until it is
            turned. `ManualClock` stands still.
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
        failure_share: how many of all tasks fail, from 0 (the default) to 1; of 0.2, every fifth.
        prices: coins for starts, by operation, for example ``{"add_face_swap_task": 25}``; the
            others cost what they do by default.

    Raises:
        ValueError: a number is negative, a task would end before it is processing, the share is
            above 1, an operation has no price, or ``expired_status`` is another one.
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
        failure_share: float = 0.0,
        prices: Mapping[str, int] | None = None,
    ) -> None:
        self._lock = threading.RLock()
        self._settings = Settings(
            seed_records=seed_records,
            latency=latency,
            coins=coins,
            processing_after=processing_after,
            completed_after=completed_after,
            result_size=result_size,
            link_lifetime=link_lifetime,
            result_lifetime=result_lifetime,
            expired_status=expired_status,
            upload_limit=upload_limit,
            failure_share=failure_share,
            prices=prices or {},
        )
        self._coins = CoinLedger(coins)
        self._begin(clock or AdjustableClock(), public_url.rstrip("/"))
        self._requests = RequestLog(log_limit)
        self._faults = FaultScript(self._services.operations)

    def _begin(self, clock: Clock, public_url: str) -> None:
        settings = self._settings
        self._state = SandboxState(
            clock,
            self._coins,
            settings.processing_after,
            settings.completed_after,
            public_url,
            settings.result_links(),
            settings.latency,
            FailureShare(settings.failure_share, Failure("failed", "-1")),
        )
        self._services = Services(self._state, settings.upload_limit)
        for operation, price in settings.prices.items():
            self._services.set_price(operation, price)
        self._uploads = self._services.uploads
        self._face_swap_tasks = self._services.tasks(FACE_SWAP_TASKS.name)
        # Made for the first request: the spec's rows for all sections are read there.
        self._router = cache(lambda: Router(self._services.routes()))
        if settings.seed_records:
            for row in reversed(RECORDS_PAGE):
                self.add_face_swap_task(**row)

    def reset(self) -> None:
        """Go back to the beginning: settings, records, coins, files, waiting faults, requests.

        A clock that can be turned back to the computer's time is; a `ManualClock` stays.
        """
        with self._lock:
            clock = self._state.clock
            if isinstance(clock, AdjustableClock):
                clock.reset()
            self._coins.clear(self._settings.coins)
            self._begin(clock, self._state.public_url)
            self._requests.clear()
            self._faults.clear()

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
    def prices(self) -> dict[str, int]:
        """What each start costs in coins, by operation; of a streaming session, each 10 seconds."""
        with self._lock:
            return self._services.prices

    @property
    def pace(self) -> dict[str, float]:
        """``processing_after``, ``completed_after`` and ``latency``, in seconds."""
        with self._lock:
            return {
                "processing_after": self._state.processing_after,
                "completed_after": self._state.completed_after,
                "latency": self._state.latency,
            }

    @property
    def failure_share(self) -> FailureShare:
        """How many of all tasks fail, and why."""
        with self._lock:
            return self._state.failure_share

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
            reply = self._meet_fault(request, self._find(request.method, request.path))
            latency = self._state.latency
        return evolve(reply, delay=reply.delay + latency) if latency else reply

    def takes_upload(self, method: str, path: str) -> bool:
        """Tell whether a request brings a file, so that its body may be long.

        Args:
            method: HTTP method.
            path: path as on the wire, without the query.
        """
        found = self._find(method, path)
        return isinstance(found, tuple) and found[0].operation == "put_upload"

    def set_price(self, operation: str, coins: int) -> None:
        """Set what a start costs from now on; the tasks of one family cost the same.

        Args:
            operation: one of `prices`.
            coins: the price, 0 or more.

        Raises:
            ValueError: nothing of this name has a price, or the price is negative.
        """
        with self._lock:
            self._services.set_price(operation, coins)

    def set_pace(
        self,
        *,
        processing_after: float | None = None,
        completed_after: float | None = None,
        latency: float | None = None,
    ) -> None:
        """Set how fast tasks that start from now on move, and how late responses come.

        Args:
            processing_after: seconds from a task's start until it is processing; None (the default)
                leaves it as it is, as for the others.
            completed_after: seconds from a task's start until it ends.
            latency: seconds every reply asks to be delayed by.

        Raises:
            ValueError: a number is negative, or a task would end before it is processing.
        """
        chosen = {
            "processing_after": processing_after,
            "completed_after": completed_after,
            "latency": latency,
        }
        with self._lock:
            pace = self.pace | {name: value for name, value in chosen.items() if value is not None}
            checked_pace(**pace)
            for name, value in pace.items():
                setattr(self._state, name, value)

    def fail_share(self, share: float, message: str = "failed", *, code: str = "-1") -> None:
        """Let a share of the tasks that start from now on fail, evenly: of a fifth, every fifth.

        Args:
            share: from 0 for none to 1 for all.
            message: the server's text for it.
            code: the server's code for it.

        Raises:
            ValueError: the share is not from 0 to 1.
        """
        with self._lock:
            self._state.failure_share = FailureShare(share, Failure(message, code))

    def coming(self) -> dict[str, int]:
        """Count what `fail_next`, `status_word_next` and `reject_next` have in store, as
        ``failures``, ``status_words`` and ``rejections``."""
        with self._lock:
            return {name: len(coming) for name, coming in self._coming().items()}

    def forget_next(self, *names: str) -> None:
        """Forget what no task has met yet.

        Args:
            names: some of those that `coming` counts; all of them by default.

        Raises:
            ValueError: there is no such name.
        """
        with self._lock:
            coming = self._coming()
            unknown = set(names) - coming.keys()
            if unknown:
                raise ValueError(f"nothing is called {sorted(unknown)}; there are {sorted(coming)}")
            for name in names or coming:
                coming[name].clear()

    def _coming(self) -> dict[str, deque[Any]]:
        state = self._state
        return {
            "failures": state.failures,
            "status_words": state.status_words,
            "rejections": state.rejections,
        }

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

    def _find(self, method: str, path: str) -> _Found | BadEscapeError | None:
        try:
            return self._router().find(method, path)
        except BadEscapeError as problem:
            return problem

    def _meet_fault(
        self, request: SandboxRequest, found: _Found | BadEscapeError | None
    ) -> SandboxReply:
        operation = found[0].operation if isinstance(found, tuple) else None
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
        self, request: SandboxRequest, found: _Found | BadEscapeError | None, now: datetime
    ) -> SandboxReply:
        if isinstance(found, BadEscapeError):
            return html_page(400, "Error", str(found))
        if found is None:
            return not_found_page(request.method, request.path)
        route, parameters = found
        try:
            if not route.public:
                require_token(request)
            return route.handler(Call(request, parameters, now))
        except RefusedError as refusal:
            return refusal.reply(self._state.identifiers.trace_id())

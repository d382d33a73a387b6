"""The sandbox itself: one account of A2E, kept in memory.

This module owns its settings, its beginning and its reset, and what a test reads from it. How a
request is handled is in `request_handling`, what a test changes in a running sandbox in `controls`,
what the operations do in `services` and the parts that it puts together.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from a2e_sdk.sandbox.faults.script import FaultScript
from a2e_sdk.sandbox.protocol.messages import SandboxReply, SandboxRequest
from a2e_sdk.sandbox.received.attempts import Attempts
from a2e_sdk.sandbox.received.log import RequestLog
from a2e_sdk.sandbox.sections.face_swap import FACE_SWAP_TASKS
from a2e_sdk.sandbox.sections.uploads import DEFAULT_UPLOAD_LIMIT, UploadedFile
from a2e_sdk.sandbox.state.clock import (
    AdjustableClock,
    Clock,
    SettableClock,
    changes_of,
    real_seconds_until,
)
from a2e_sdk.sandbox.state.deliveries import DeliveryLog
from a2e_sdk.sandbox.state.ledger import CoinLedger
from a2e_sdk.sandbox.state.progress import Failure
from a2e_sdk.sandbox.state.records_page import RECORDS_PAGE
from a2e_sdk.sandbox.state.revisions import RevisionCounter, Revisions
from a2e_sdk.sandbox.state.running import RunningLimit
from a2e_sdk.sandbox.state.server_state import SandboxState
from a2e_sdk.sandbox.state.settings import FailureShare, Settings
from a2e_sdk.sandbox.tasks.family import Row
from a2e_sdk.sandbox.tasks.overview import SandboxTask
from a2e_sdk.sandbox.webhooks.delivering import Webhooks

from .controls import SandboxControls
from .request_handling import RequestHandling
from .services import Services

if TYPE_CHECKING:
    from a2e_sdk.sandbox.saving.document import SavedSandbox

__all__ = ["DEFAULT_PUBLIC_URL", "Sandbox"]

DEFAULT_PUBLIC_URL = "https://sandbox.a2e.invalid"
"""Where result links point to while nobody says otherwise; no name server knows it (RFC 6761)."""


class Sandbox(SandboxControls):
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
        expired_status: HTTP status of an expired result link: 403 (the default),
            404 or 410.
        upload_limit: bytes that all uploaded files together may have; 256 MiB by default.
        log_limit: how many requests `requests` keeps; 1,000 by default.
        failure_share: how many of all tasks fail, from 0 (the default) to 1; of 0.2, every fifth.
        prices: coins for starts, by operation, for example ``{"add_face_swap_task": 25}``; the
            others cost what they do by default.
        refund_failed: whether the coins of a task come back when it fails; False by default.
        max_running: how many tasks of the account may run at once; None (the default) for any
            number. A start that would make more of them is refused and costs nothing.
        busy_code: the code of that refusal: 429 (the default) or 503, which are its HTTP status
            too, or 1001 under HTTP 200.
        retry_after: seconds in the ``Retry-After`` header of that refusal, whose HTTP status is 503
            for 1001 then; None (the default) for no header.
        webhook_hosts: names or addresses of receivers that webhooks may be sent to beside those of
            this machine's loopback; none by default.

    Raises:
        ValueError: a number is negative, a task would end before it is processing, the share is
            above 1, an operation has no price, or ``expired_status`` or ``busy_code`` is another
            one.
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
        refund_failed: bool = False,
        max_running: int | None = None,
        busy_code: int = 429,
        retry_after: float | None = None,
        webhook_hosts: Collection[str] = (),
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
            refund_failed=refund_failed,
            running_limit=RunningLimit(max_running, busy_code, retry_after),
        )
        self._coins = CoinLedger(coins)
        self._requests = RequestLog(log_limit)
        self._revisions = RevisionCounter()
        self._deliveries = DeliveryLog()
        self._webhooks = Webhooks(
            self._deliveries,
            self._settle_now,
            lambda: self._state.clock.now(),
            self._seconds_until_webhook,
            webhook_hosts,
        )
        public_url = public_url.rstrip("/")
        self._links_lead_to = public_url
        self._begin(*self._built(clock or AdjustableClock(), public_url))
        self._faults = FaultScript(self._services.operations)
        self._handling = self._new_handling()

    def _built(
        self, clock: Clock, public_url: str, task_revision: int = 0
    ) -> tuple[SandboxState, Services]:
        settings = self._settings
        state = SandboxState(
            clock,
            self._coins,
            settings.processing_after,
            settings.completed_after,
            public_url,
            settings.result_links(),
            settings.latency,
            FailureShare(settings.failure_share, Failure("failed", "-1")),
            settings.running_limit,
            settings.refund_failed,
            deliveries=self._deliveries,
        )
        services = Services(state, settings.upload_limit, task_revision)
        for operation, price in settings.prices.items():
            services.set_price(operation, price)
        return state, services

    def _built_anew(self) -> tuple[SandboxState, Services]:
        state, revision = self._state, self._services.task_index.revision
        return self._built(state.clock, state.public_url, revision + 1)

    def _begin(self, state: SandboxState, services: Services) -> None:
        self._use(state, services)
        if self._settings.seed_records:
            for row in reversed(RECORDS_PAGE):
                self.add_face_swap_task(**row)

    def _use(self, state: SandboxState, services: Services) -> None:
        self._state, self._services = state, services
        self._uploads = services.uploads
        self._face_swap_tasks = services.tasks(FACE_SWAP_TASKS.name)

    def _new_handling(self, attempts: Attempts | None = None) -> RequestHandling:
        return RequestHandling(
            self._state, self._services.find, self._faults, self._requests, attempts or Attempts()
        )

    def reset(self) -> None:
        """Go back to the beginning: settings, records, coins, files, waiting faults, requests.

        A clock that can be turned back to the computer's time is; a `ManualClock` stays.
        """
        with self._lock:
            clock = self._state.clock
            if isinstance(clock, AdjustableClock):
                clock.reset()
            self._coins.clear(self._settings.coins)
            self._begin(*self._built_anew())
            self._links_lead_to = self._state.public_url
            self._revisions.begin_epoch()
            self._requests.restart()
            self._faults.clear()
            self._handling = self._new_handling()
            self._webhooks.reset()

    @property
    def webhooks(self) -> Webhooks:
        """The webhooks that are due and those that were sent; ``.deliver()`` sends what is due.

        Nothing is sent by itself, unless the sandbox is served over HTTP.
        """
        return self._webhooks

    def _seconds_until_webhook(self) -> float | None:
        with self._lock:
            due = self._state.running.next_call_at()
            return None if due is None else real_seconds_until(self._state.clock, due)

    def _settle_now(self) -> None:
        with self._lock:
            self._settle()

    def dump(self) -> dict[str, Any]:
        """Return the whole state as a JSON document, from which `load` makes it again.

        It has everything that a client can see and that the coming requests depend on: tasks,
        ledger, starts, files, sessions, settings, waiting faults, the clock and the numbers from
        which ids are made. The webhooks of running tasks are among it, with their tokens, so keep
        it where those may be. It does not have the log of requests, whose numbers go on, nor that
        of the webhooks of tasks that have ended.

        Returns:
            The document, for `json.dump` and the like.
        """
        from a2e_sdk.sandbox.saving.document import written

        with self._lock:
            self._settle()
            return written(self._saved())

    def _saved(self) -> SavedSandbox:
        from a2e_sdk.sandbox.saving.parts import saved

        return saved(self._state, self._services, self._requests, self._faults, self._links_lead_to)

    def _move_links(self) -> None:
        """Let the links that are stored lead to where this sandbox is reached now.

        Not as soon as `public_url` is set, since a server that ends would wait for it. No link is
        stored in between, since no request is handled before this.
        """
        public_url = self._state.public_url
        if self._links_lead_to == public_url:
            return
        from a2e_sdk.sandbox.saving.document import read_document, with_links_to, written
        from a2e_sdk.sandbox.saving.parts import fill

        document = written(self._saved())
        self._links_lead_to = public_url
        if with_links_to(public_url, document) == document:
            return
        state, services = self._built_anew()
        fill(read_document(document, public_url), state, services)
        self._use(state, services)
        self._handling = self._new_handling(self._handling.attempts)

    def load(self, document: Mapping[str, Any]) -> None:
        """Take over the state that another sandbox, or this one, had. What was here is gone.

        Links to the other sandbox lead to this one. The clock is set to the other's, where it can
        be. A reset goes back to the settings that this sandbox was made with.

        Args:
            document: what `dump` has returned.

        Raises:
            SavedStateError: it is broken or of another version (a `ValueError`); nothing was
                changed.
        """
        from a2e_sdk.sandbox.saving.document import SavedStateError, read_document
        from a2e_sdk.sandbox.saving.parts import fill

        with self._lock:
            one = read_document(document, self._state.public_url)
            clock = self._state.clock
            if not isinstance(clock, SettableClock):
                raise SavedStateError("this sandbox was given a clock that can't be set")
            state, services = self._built_anew()
            fill(one, state, services)
            # Nothing of what follows can fail.
            self._use(state, services)
            self._links_lead_to = state.public_url
            self._coins.restore(one.ledger)
            self._faults.restore(one.faults)
            self._requests.restart(one.next_request)
            self._deliveries.clear()
            self._revisions.begin_epoch()
            clock.set_to(one.clock)
            self._handling = self._new_handling()

    @property
    def clock(self) -> Clock:
        """What tells the time here."""
        return self._state.clock

    @property
    def coins(self) -> CoinLedger:
        """The account: a list of charges, refunds and purchases, and ``.balance``."""
        with self._lock:
            self._settle()
            return self._state.coins

    @property
    def requests(self) -> RequestLog:
        """The requests that arrived, oldest first, and ``.count(operation)``."""
        return self._requests

    def tasks(
        self, *, after: int = 0, limit: int | None = None, changed_since: int = 0
    ) -> list[SandboxTask]:
        """Return the tasks of all families as they are now, in the order in which they were made,
        deleted ones too.

        Args:
            after: the number of the task after which they begin; 0 (the default) for the first.
            limit: how many at most; None (the default) for all.
            changed_since: only those that something else than the time has changed after this
                revision (`SandboxTask.revision`); 0 (the default) for all.
        """
        with self._lock:
            self._move_links()
            return self._services.all_tasks(self._state.clock.now(), after, limit, changed_since)

    @property
    def tasks_made(self) -> int:
        """How many tasks were made, deleted ones and the seed's records included."""
        with self._lock:
            return len(self._services.task_index)

    @property
    def revisions(self) -> Revisions:
        """Numbers that grow when something changes: requests, tasks, coins, faults and so on."""
        with self._lock:
            self._settle()
            return Revisions(
                epoch=self._revisions.epoch,
                requests=self._requests.revision,
                tasks=self._services.task_index.revision,
                coins=self._coins.revision,
                faults=self._faults.revision,
                webhooks=self._deliveries.changes.revision,
                clock=self._clock_revision(),
                settings=self._revisions.see_settings(self._chosen()),
            )

    def _clock_revision(self) -> int:
        changes = changes_of(self._state.clock)
        return changes.revision if changes else 0

    def _chosen(self) -> dict[str, Any]:
        """Return what `SandboxControls` changes, to be compared."""
        state = self._state
        return {
            "prices": self.prices,
            "pace": self.pace,
            "limit": state.running_limit,
            "refund_failed": state.refund_failed,
            "failures": (state.failure_share.share, state.failure_share.failure),
            "coming": self.coming(),
            "hosts_are_busy": state.hosts_are_busy,
            "public_url": state.public_url,
            "edition": state.results.edition,
        }

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
        """Where links point to, as scheme and host; may be set, and earlier links follow."""
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
            self._move_links()
            return self._handling.reply_to(request)

    def takes_upload(self, method: str, path: str) -> bool:
        """Tell whether a request brings a file, so that its body may be long.

        Args:
            method: HTTP method.
            path: path as on the wire, without the query.
        """
        return self._handling.operation_of(method, path) == "put_upload"

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
            self._move_links()
            return self._face_swap_tasks.rows(self._state.clock.now())

"""What all records of one sandbox share.

This module owns the clock, the ids, the coins, the pace of tasks, the address of results, and what
the coming tasks were told to do.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from attrs import define, evolve, field, fields, frozen

from a2e_sdk.sandbox.files.results import ResultLinks
from a2e_sdk.sandbox.files.served_files import ResultFile
from a2e_sdk.sandbox.protocol.identifiers import Identifiers
from a2e_sdk.sandbox.protocol.responses import RefusedError

from .clock import Clock
from .deliveries import DeliveryLog, WebhookCall
from .ledger import CoinLedger, InsufficientCoinsError, Reason
from .progress import Failure, Schedule
from .running import RunningLimit, RunningTasks
from .settings import FailureShare, checked_pace
from .starts import Start, StartIndex

__all__ = ["Rejection", "SandboxState", "SavedSettings"]


@frozen
class Rejection:
    """A start that moderation is to refuse.

    Args:
        text: the server's text for it.
        code: the envelope's code.
    """

    text: str
    code: int

    def refusal(self) -> RefusedError:
        """Return it as the refusal of a start."""
        return RefusedError(self.text, 403, code=self.code)


@frozen(kw_only=True)
class SavedSettings:
    """The settings at one moment; `SandboxState` describes each of them."""

    processing_after: float
    completed_after: float
    latency: float
    results: ResultLinks
    failure_share: FailureShare
    running_limit: RunningLimit
    refund_failed: bool
    failures: list[Failure]
    status_words: list[str]
    rejections: list[Rejection]
    hosts_are_busy: bool

    def __attrs_post_init__(self) -> None:
        checked_pace(self.processing_after, self.completed_after, self.latency)


_AS_THEY_ARE = (
    *("processing_after", "completed_after", "latency", "refund_failed", "hosts_are_busy"),
    "running_limit",
)


@define
class SandboxState:
    """The common ground of the sandbox's operations.

    Args:
        clock: tells the time.
        coins: the account.
        processing_after: seconds from the start of a task until it runs.
        completed_after: seconds from the start of a task until it ends.
        public_url: where result links point to, without a slash at the end.
        results: how long results and the links to them last.
        identifiers: makes ids.
        latency: seconds every reply asks to be delayed by.
        failure_share: lets a share of all tasks fail, those that ``failures`` decides aside.
        running_limit: how many tasks may run at once.
        refund_failed: whether the coins of a task come back when it fails.
        prices: coins for what no family of tasks has a price for, by operation.
        failures: one for each coming task that is to fail, in order.
        status_words: one for each coming task that is to show an odd word while it runs, in order.
        rejections: one for each coming start that moderation is to refuse, in order.
        hosts_are_busy: whether streaming sessions are refused.
        running: the tasks that have not ended.
        starts: all starts, by what they asked for.
        request: number of the request that is being handled; None between requests.
        started: what that request has started; None for nothing.
        deliveries: the webhooks that are due, and those that were sent.
    """

    clock: Clock
    coins: CoinLedger
    processing_after: float
    completed_after: float
    public_url: str
    results: ResultLinks
    latency: float
    failure_share: FailureShare
    running_limit: RunningLimit = field(factory=RunningLimit)
    refund_failed: bool = False
    prices: dict[str, int] = field(factory=dict[str, int])
    identifiers: Identifiers = field(factory=Identifiers)
    failures: deque[Failure] = field(factory=deque[Failure])
    status_words: deque[str] = field(factory=deque[str])
    rejections: deque[Rejection] = field(factory=deque[Rejection])
    hosts_are_busy: bool = False
    running: RunningTasks = field(factory=RunningTasks)
    starts: StartIndex = field(factory=StartIndex)
    request: int | None = None
    started: Start | None = None
    deliveries: DeliveryLog = field(factory=DeliveryLog)

    def saved_settings(self) -> SavedSettings:
        """Return the settings at this moment."""
        chosen: dict[str, Any] = {name: getattr(self, name) for name in _AS_THEY_ARE}
        return SavedSettings(
            results=evolve(self.results),
            failure_share=deepcopy(self.failure_share),
            failures=list(self.failures),
            status_words=list(self.status_words),
            rejections=list(self.rejections),
            **chosen,
        )

    def restore_settings(self, saved: SavedSettings) -> None:
        """Use settings that were saved. The object that says how long results last stays the same.

        Args:
            saved: the settings.
        """
        for name in _AS_THEY_ARE:
            setattr(self, name, getattr(saved, name))
        self.failures = deque(saved.failures)
        self.status_words = deque(saved.status_words)
        self.rejections = deque(saved.rejections)
        self.failure_share = saved.failure_share
        for each in fields(ResultLinks):
            setattr(self.results, each.name, getattr(saved.results, each.name))

    def settle(self, now: datetime) -> None:
        """Take note of the tasks that have ended: give back the coins that come back then, and have
        their webhooks sent.

        Args:
            now: the present moment.
        """
        for task in self.running.take_ended(now):
            self.coins.refund(task.task_id, task.refund, task.ends_at)
            if task.call is not None:
                self.deliveries.add(task.task_id, task.call, task.ends_at)

    def begin(
        self, group: str, task_id: str, ends_at: datetime, refund: int, call: WebhookCall | None
    ) -> None:
        """Let a task run, or run anew.

        Args:
            group: the family that it belongs to.
            task_id: the id.
            ends_at: when it will end.
            refund: coins that come back then.
            call: the webhook that is sent then; None for none.
        """
        self.running.begin(group, task_id, ends_at, refund, call)
        if call is not None:
            self.deliveries.changes.tell()

    def admit(self, now: datetime, tasks: int = 1) -> None:
        """Check that the account has room for tasks.

        Args:
            now: when they would start.
            tasks: how many; 1 by default.

        Raises:
            RefusedError: too many tasks of the account have not ended.
        """
        self.settle(now)
        self.running_limit.check(len(self.running), tasks)

    def charge(self, for_what: str, amount: int, now: datetime, reason: Reason = "start") -> None:
        """Take coins.

        Args:
            for_what: id of the task, or what else it is for.
            amount: coins, 0 or more.
            now: when.
            reason: what they are taken for; a start by default.

        Raises:
            RefusedError: too few are left; nothing was taken.
        """
        try:
            self.coins.charge(for_what, amount, now, reason, self.request)
        except InsufficientCoinsError:
            raise RefusedError("insufficient coins", 402) from None

    def refund(self, for_what: str, amount: int, now: datetime) -> None:
        """Give coins back because of a request.

        Args:
            for_what: id of the task, or what else they were taken for.
            amount: coins, 0 or more.
            now: when.
        """
        self.coins.refund(for_what, amount, now, self.request)

    def note_start(
        self,
        operation: str,
        body: Mapping[str, Any],
        task_ids: tuple[str, ...],
        coins: int,
        now: datetime,
    ) -> None:
        """Note a start in the index of all starts.

        Args:
            operation: the operation.
            body: the checked fields of its body.
            task_ids: the ids of what it made.
            coins: what it cost in all.
            now: when.
        """
        start = Start(task_ids, coins, now, request=self.request)
        self.started = self.starts.add(operation, body, start)

    def moderate(self) -> None:
        """Let moderation look at a start; uses up the next scripted refusal.

        Raises:
            RefusedError: it was refused.
        """
        if self.rejections:
            raise self.rejections.popleft().refusal()

    def link(self, file: ResultFile, ended_at: datetime, now: datetime) -> str:
        """Hand out a link to a file.

        Args:
            file: the file.
            ended_at: when it was made.
            now: the moment the link is handed out.

        Returns:
            The whole URL.
        """
        return self.public_url + self.results.link(file, ended_at, now)

    def new_schedule(self, now: datetime) -> Schedule:
        """Fix what will happen to a task that starts now; uses up the next scripted failure and
        status word.

        Args:
            now: when it starts.

        Returns:
            Its schedule.
        """
        return Schedule(
            created_at=now,
            processing_at=now + timedelta(seconds=self.processing_after),
            ends_at=now + timedelta(seconds=self.completed_after),
            failure=self.failures.popleft() if self.failures else self.failure_share.take(),
            processing_word=self.status_words.popleft() if self.status_words else None,
        )

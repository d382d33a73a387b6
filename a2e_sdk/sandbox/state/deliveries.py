"""Webhooks that are due and webhooks that were sent.

This module owns what one delivery is, what is sent, and the bounded log of all. When one is due is
decided by `server_state`, who sends it by the package ``webhooks``.

A2E documents the names of the events and the header with the token, and no body. The body here is
therefore a guess: as little as `a2e_sdk.webhooks.receive` understands.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal

from attrs import evolve, field, frozen

from a2e_sdk.sandbox.protocol.responses import encode_json

from .changes import Changes
from .clock import wire_time

__all__ = [
    "KEPT_DELIVERIES",
    "MAX_PENDING",
    "Attempt",
    "Delivery",
    "DeliveryInProgressError",
    "DeliveryLog",
    "DeliveryState",
    "WebhookCall",
    "call_of",
]

KEPT_DELIVERIES = 1_000
"""How many deliveries that are no longer pending are kept, the latest ones."""

MAX_PENDING = 10_000
"""How many deliveries may be pending; of more, the oldest one is refused."""

TOKEN_HEADER = "X-A2e-Webhook-Token"  # noqa: S105

_MASK = "***"

DeliveryState = Literal["pending", "delivered", "failed", "refused"]


class DeliveryInProgressError(Exception):
    """This delivery is being sent at this moment."""


@frozen
class WebhookCall:
    """What is sent when a task ends, fixed when it starts.

    Args:
        url: where to.
        event: ``"task.completed"`` or ``"task.failed"``.
        status: the status word of the task then.
        token: comes back in the header `TOKEN_HEADER`; None for no such header.
    """

    url: str
    event: str
    status: str
    token: str | None = field(default=None, repr=False)


@frozen
class Attempt:
    """One attempt to deliver.

    Args:
        at: when it began, by the sandbox's clock.
        status: the receiver's HTTP status; None where it sent none.
        seconds: how long it took, by the computer's clock.
        error: why it failed or was refused; None for one that succeeded.
        response: the first 2,048 characters of the response's body.
    """

    at: datetime
    status: int | None
    seconds: float
    error: str | None = None
    response: str = ""


@frozen
class Delivery:
    """One webhook, due or done. The token is in none of what can be read here.

    Args:
        number: its number since the start or the last reset, from 1.
        task_id: the task that ended.
        event: ``"task.completed"`` or ``"task.failed"``.
        url: where it goes to.
        status: the status word of the task when it ended.
        due_at: when the task ended.
        state: ``"pending"``, ``"delivered"`` (the receiver's status was 2xx), ``"failed"`` or
            ``"refused"`` (the sandbox does not call this receiver).
        attempts: one for each time it was sent; more than one only after a redelivery.
    """

    number: int
    task_id: str
    event: str
    url: str
    status: str
    due_at: datetime
    state: DeliveryState = "pending"
    attempts: tuple[Attempt, ...] = ()
    _token: str | None = field(default=None, repr=False, alias="token")

    @property
    def body(self) -> dict[str, Any]:
        """What is sent, as JSON. A2E documents no body: this one is the sandbox's own."""
        return {
            "event": self.event,
            "task_id": self.task_id,
            "status": self.status,
            "ended_at": wire_time(self.due_at),
        }

    @property
    def content(self) -> bytes:
        """The bytes of `body`."""
        return encode_json(self.body)

    @property
    def headers(self) -> dict[str, str]:
        """The header fields that are sent, with the token masked."""
        return self._headers(_MASK)

    def headers_to_send(self) -> dict[str, str]:
        """Return the header fields with the token in them; show them nowhere."""
        return self._headers(self._token or "")

    def _headers(self, token: str) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "User-Agent": "a2e-sandbox"}
        return headers if self._token is None else headers | {TOKEN_HEADER: token}

    def masked(self, text: str) -> str:
        """Return a text of the receiver's with the token masked, should it have sent it back.

        Args:
            text: the text.
        """
        return text.replace(self._token, _MASK) if self._token else text


class DeliveryLog:
    """All deliveries, oldest first; safe to use from several threads.

    Attributes:
        changes: tells of everything that changes here, and of new tasks with a webhook.
    """

    def __init__(self) -> None:
        self.changes = Changes()
        self._lock = threading.Lock()
        self._deliveries: dict[int, Delivery] = {}
        self._pending: dict[int, None] = {}
        self._in_progress: set[int] = set()
        self._done: deque[int] = deque()
        self._total = 0

    @property
    def total(self) -> int:
        """How many there were since the start or the last `clear`."""
        return self._total

    def add(self, task_id: str, call: WebhookCall, at: datetime) -> None:
        """Note that a webhook is due.

        Args:
            task_id: the task that ended.
            call: what is sent.
            at: when it ended.
        """
        with self._lock:
            self._total += 1
            number = self._total
            self._deliveries[number] = Delivery(
                number, task_id, call.event, call.url, call.status, at, token=call.token
            )
            self._pending[number] = None
            if len(self._pending) > MAX_PENDING:
                oldest = self._deliveries[next(iter(self._pending))]
                why = f"more than {MAX_PENDING:,} deliveries were pending"
                self._end(oldest, Attempt(at, None, 0.0, why), "refused")
        self.changes.tell()

    def take(self, is_wanted: Callable[[Delivery], bool] = lambda _: True) -> Delivery | None:
        """Take the first pending delivery, which nobody else gets then; `end` must follow.

        Args:
            is_wanted: tells which one may be taken; any by default.

        Returns:
            The delivery; None where no such one is pending.
        """
        with self._lock:
            for number in self._pending:
                if is_wanted(self._deliveries[number]):
                    del self._pending[number]
                    self._in_progress.add(number)
                    return self._deliveries[number]
        return None

    def take_again(self, number: int) -> Delivery:
        """Take a delivery, pending or done, to send it once more; `end` must follow.

        Args:
            number: its number.

        Raises:
            KeyError: there is none of this number, or it is no longer kept.
            DeliveryInProgressError: it is being sent already.
        """
        with self._lock:
            if number not in self._deliveries:
                raise KeyError(f"there is no delivery {number!r}, or it is no longer kept")
            delivery = self._deliveries[number]
            if number in self._in_progress:
                raise DeliveryInProgressError(f"delivery {number} is being sent")
            self._pending.pop(number, None)
            self._in_progress.add(number)
            return delivery

    def end(self, delivery: Delivery, attempt: Attempt, state: DeliveryState) -> Delivery:
        """Note what became of a delivery that was taken.

        Args:
            delivery: as it was taken.
            attempt: the attempt to deliver it.
            state: its state now.

        Returns:
            The delivery with this attempt. It is not kept if the log was cleared meanwhile.
        """
        with self._lock:
            if self._deliveries.get(delivery.number) is delivery:
                ended = self._end(delivery, attempt, state)
            else:
                ended = _with(delivery, attempt, state)
        self.changes.tell()
        return ended

    def _end(self, delivery: Delivery, attempt: Attempt, state: DeliveryState) -> Delivery:
        number = delivery.number
        if delivery.state == "pending":
            self._done.append(number)
        self._pending.pop(number, None)
        self._in_progress.discard(number)
        ended = self._deliveries[number] = _with(delivery, attempt, state)
        if len(self._done) > KEPT_DELIVERIES:
            forgotten = self._done.popleft()
            self._deliveries.pop(forgotten, None)
            self._in_progress.discard(forgotten)
        return ended

    def clear(self) -> None:
        """Forget all deliveries, those being sent included, and start the numbers at 1."""
        with self._lock:
            self._deliveries.clear()
            self._pending.clear()
            self._in_progress.clear()
            self._done.clear()
            self._total = 0
        self.changes.tell()

    def kept(self) -> list[Delivery]:
        """Return the deliveries that are kept, in the order of their numbers."""
        with self._lock:
            return list(self._deliveries.values())


def _with(delivery: Delivery, attempt: Attempt, state: DeliveryState) -> Delivery:
    return evolve(delivery, state=state, attempts=(*delivery.attempts, attempt))


def call_of(inputs: Mapping[str, Any], event: str, status: str) -> WebhookCall | None:
    """Return what the inputs of a start ask to be sent at the end; None for nothing.

    Args:
        inputs: the checked fields of its body.
        event: what happens at the end.
        status: the status word then.
    """
    url = inputs.get("webhook_url")
    return WebhookCall(url, event, status, inputs.get("webhook_token") or None) if url else None

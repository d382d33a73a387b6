"""The webhooks of one sandbox: what was sent, and sending what is due.

This module owns how an outcome becomes the state of a delivery. Nothing is sent by itself here; the
thread that does so while the sandbox is served is in `background`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from operator import is_
from typing import TYPE_CHECKING, Any, Protocol, overload

from a2e_sdk.sandbox.state.changes import Changes
from a2e_sdk.sandbox.state.deliveries import Attempt, Delivery, DeliveryLog, DeliveryState

from .receivers import checked_hosts

if TYPE_CHECKING:
    from .exchange import Outcome

__all__ = ["EXCERPT_CHARACTERS", "MAX_AT_ONCE", "Send", "Webhooks"]

MAX_AT_ONCE = 8
"""How many deliveries are sent at the same time."""

EXCERPT_CHARACTERS = 2_048
"""How much of a response's body is kept."""

_LOOK_UP_SECONDS = 0.05


class Send(Protocol):
    """Hands a webhook to a receiver, for example ``TestClient(app).post`` of FastAPI."""

    def __call__(self, url: str, /, *, content: bytes, headers: dict[str, str]) -> Any:
        """Return the receiver's response: an object with ``status_code`` and ``text``, or the
        status alone."""
        ...


class Webhooks(Sequence[Delivery]):
    """The deliveries of a sandbox that are kept, oldest first; safe to use from several threads.

    They are the latest 1,000, and those that are pending.

    Args:
        log: the deliveries.
        settle: takes note of the tasks that have ended.
        now: the sandbox's time.
        until_next: returns the seconds until the next webhook may be due; None where only a change
            of the clock, of a task or of a setting brings one on.
        hosts: hosts that may be called beside the loopback's.
    """

    def __init__(
        self,
        log: DeliveryLog,
        settle: Callable[[], None],
        now: Callable[[], datetime],
        until_next: Callable[[], float | None],
        hosts: Iterable[str] = (),
    ) -> None:
        self._log = log
        self._settle = settle
        self._now = now
        self.until_next = until_next
        self._first_hosts = self._hosts = checked_hosts(hosts)
        self._paused = False
        self._places = threading.BoundedSemaphore(MAX_AT_ONCE)

    @property
    def changes(self) -> Changes:
        """Tells of everything that changes here."""
        return self._log.changes

    @property
    def total(self) -> int:
        """How many deliveries there were since the start or the last reset."""
        self._settle()
        return self._log.total

    @property
    def hosts(self) -> frozenset[str]:
        """Hosts that may be called beside the loopback's; may be set."""
        return self._hosts

    @hosts.setter
    def hosts(self, hosts: Iterable[str]) -> None:
        self._hosts = checked_hosts(hosts)
        self.changes.tell()

    @property
    def paused(self) -> bool:
        """Whether nothing is sent in the background; may be set. `deliver` and `redeliver` send all
        the same."""
        return self._paused

    @paused.setter
    def paused(self, paused: bool) -> None:
        self._paused = paused
        self.changes.tell()

    def reset(self) -> None:
        """Forget all deliveries and go back to the settings of the beginning."""
        self._hosts, self._paused = self._first_hosts, False
        self._log.clear()

    @property
    def due(self) -> list[Delivery]:
        """Those that are pending."""
        return [delivery for delivery in self if delivery.state == "pending"]

    def deliver(self, send: Send | None = None) -> list[Delivery]:
        """Send what is pending now, one after the other, each once.

        Args:
            send: is given each webhook in place of the network, so that no receiver is refused.
                Default: they are sent over HTTP.

        Returns:
            What was sent, with the attempt.

        Raises:
            Exception: what ``send`` has raised; that delivery has failed, later ones are pending.
        """
        sent: list[Delivery] = []
        # What becomes due while this goes on waits for the next call, and what is forgotten by a
        # reset is not sent.
        for due in self.due:
            delivery = self._log.take(partial(is_, due))
            if delivery is not None:
                sent.append(self._handed_over(delivery, send))
        return sent

    def redeliver(
        self, number: int, send: Send | None = None, *, closing: threading.Event | None = None
    ) -> Delivery:
        """Send one delivery once more, whatever its state.

        Args:
            number: its number.
            send: as for `deliver`.
            closing: ends the exchange over HTTP when it is set.

        Returns:
            The delivery, with the new attempt.

        Raises:
            KeyError: there is none of this number, or it is no longer kept.
            DeliveryInProgressError: it is being sent at this moment.
            Exception: what ``send`` has raised.
        """
        self._settle()
        return self._handed_over(self._log.take_again(number), send, closing)

    def take(self, is_wanted: Callable[[Delivery], bool]) -> Delivery | None:
        """Take a pending delivery for `send_taken`; None where none may be sent.

        Args:
            is_wanted: tells which one may be taken.
        """
        self._settle()
        return None if self._paused else self._log.take(is_wanted)

    def send_taken(self, delivery: Delivery, closing: threading.Event | None = None) -> Delivery:
        """Send a delivery that was taken, over HTTP.

        Args:
            delivery: the delivery.
            closing: ends the exchange when it is set.

        Returns:
            The delivery, with the attempt.
        """
        # Imported here: most sandboxes send nothing over HTTP.
        from .exchange import post

        at = self._now()
        with self._place(closing):
            outcome = post(
                delivery.url,
                delivery.headers_to_send(),
                delivery.content,
                hosts=self._hosts,
                closing=closing,
            )
        return self._ended(delivery, at, outcome)

    @contextmanager
    def _place(self, closing: threading.Event | None) -> Generator[None, None, None]:
        """Wait until one more may be sent, or until ``closing`` is set: nothing is sent then."""
        is_taken = False
        while not is_taken and not (closing is not None and closing.is_set()):
            is_taken = self._places.acquire(timeout=_LOOK_UP_SECONDS)
        try:
            yield
        finally:
            if is_taken:
                self._places.release()

    def _handed_over(
        self, delivery: Delivery, send: Send | None, closing: threading.Event | None = None
    ) -> Delivery:
        if send is None:
            return self.send_taken(delivery, closing)
        at, began = self._now(), time.monotonic()
        try:
            response = send(
                delivery.url, content=delivery.content, headers=delivery.headers_to_send()
            )
            outcome = _outcome_of(response, time.monotonic() - began)
        except BaseException as problem:
            from .exchange import Outcome

            failed = Outcome(
                None, time.monotonic() - began, f"send raised {type(problem).__name__}"
            )
            self._ended(delivery, at, failed)
            raise
        return self._ended(delivery, at, outcome)

    def _ended(self, delivery: Delivery, at: datetime, outcome: Outcome) -> Delivery:
        attempt = Attempt(
            at,
            outcome.status,
            outcome.seconds,
            None if outcome.error is None else delivery.masked(outcome.error),
            # Masked first: what is cut off could leave a part of the token.
            delivery.masked(outcome.response)[:EXCERPT_CHARACTERS],
        )
        return self._log.end(delivery, attempt, _state_of(outcome))

    def _kept(self) -> list[Delivery]:
        self._settle()
        return self._log.kept()

    @overload
    def __getitem__(self, index: int) -> Delivery: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Delivery]: ...
    def __getitem__(self, index: int | slice) -> Delivery | Sequence[Delivery]:
        return self._kept()[index]

    def __len__(self) -> int:
        return len(self._kept())

    def __repr__(self) -> str:
        return f"Webhooks({self._kept()!r})"


def _state_of(outcome: Outcome) -> DeliveryState:
    if outcome.is_refused:
        return "refused"
    status = outcome.status
    return "delivered" if status is not None and 200 <= status <= 299 else "failed"


def _outcome_of(response: Any, seconds: float) -> Outcome:
    """Return what a caller's own function says of a delivery."""
    from .exchange import Outcome

    status = getattr(response, "status_code", response)
    if not isinstance(status, int) or isinstance(status, bool):
        raise TypeError(
            "send must return a response with status_code, or the status as an int; it returned "
            f"{type(response).__name__}"
        )
    return Outcome(int(status), seconds, None, str(getattr(response, "text", "")))

"""The settings of a sandbox, to which a reset returns.

This module owns the check of these values, and the share of all tasks that fails.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import Factory, define, frozen

from a2e_sdk.sandbox.files.results import ResultLinks

from .even_share import EvenShare
from .progress import Failure
from .running import RunningLimit

__all__ = ["FailureShare", "Settings", "checked_pace", "checked_price"]

_LONGEST = 10 * 365 * 86_400.0


def checked_pace(processing_after: float, completed_after: float, latency: float) -> None:
    """Check how fast tasks and responses are.

    Args:
        processing_after: seconds from a task's start until it is processing.
        completed_after: seconds from a task's start until it ends.
        latency: seconds that every response is delayed by.

    Raises:
        ValueError: one is negative or above ten years, or a task would end before it is processing.
    """
    if not 0 <= processing_after <= completed_after <= _LONGEST:
        raise ValueError(
            "0 <= processing_after <= completed_after is needed, and ten years at most"
        )
    if not 0 <= latency <= _LONGEST:
        raise ValueError("latency must be 0 or more, and ten years at most")


def checked_price(coins: int) -> int:
    """Return a price.

    Args:
        coins: the price.

    Raises:
        ValueError: it is negative.
    """
    if coins < 0:
        raise ValueError("a price must be 0 coins or more")
    return coins


@define
class FailureShare:
    """Lets a share of all tasks fail, evenly: of a fifth, every fifth task.

    Args:
        share: how many of all tasks fail, from 0 for none to 1 for all.
        failure: why.

    Raises:
        ValueError: the share is not from 0 to 1.
    """

    share: float
    failure: Failure
    _tasks: EvenShare = Factory(lambda self: EvenShare(self.share), takes_self=True)

    def __attrs_post_init__(self) -> None:
        if EvenShare(self.share).share != self._tasks.share:
            raise ValueError("a share must be the one that tasks are counted by")

    def take(self) -> Failure | None:
        """Count one task.

        Returns:
            Why it will fail; None when it won't.
        """
        return self.failure if self._tasks.take() else None


@frozen(kw_only=True)
class Settings:
    """The settings of a sandbox; `Sandbox` describes each of them."""

    seed_records: bool
    latency: float
    coins: int
    processing_after: float
    completed_after: float
    result_size: int
    link_lifetime: float
    result_lifetime: float | None
    expired_status: int
    upload_limit: int
    failure_share: float
    prices: Mapping[str, int]
    refund_failed: bool
    running_limit: RunningLimit

    def __attrs_post_init__(self) -> None:
        checked_pace(self.processing_after, self.completed_after, self.latency)

    def result_links(self) -> ResultLinks:
        """Return how long results and the links to them last."""
        return ResultLinks(
            self.link_lifetime, self.result_lifetime, self.result_size, self.expired_status
        )

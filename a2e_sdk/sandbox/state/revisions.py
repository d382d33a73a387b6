"""What tells a watcher that something has changed.

This module owns the form of it and the two numbers that follow from nothing else: the epoch, which
says that nothing seen before counts any more, and the revision of the settings, which grows when
they differ from those that were seen last.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from attrs import frozen

__all__ = ["RevisionCounter", "Revisions"]


@frozen
class Revisions:
    """Numbers that grow when something of a topic changes.

    Args:
        epoch: another number after every reset and every load, and in another process.
        requests: the log of requests.
        tasks: the tasks; one that moves on by the clock alone does not change.
        coins: the balance and the ledger.
        faults: the waiting faults.
        webhooks: the webhooks that were sent.
        clock: a turn, a stop or a start of the clock.
        settings: prices, pace, limits and what the coming tasks were told to do.
    """

    epoch: int
    requests: int
    tasks: int
    coins: int
    faults: int
    webhooks: int
    clock: int
    settings: int


class RevisionCounter:
    """The epoch of a sandbox and the revision of its settings."""

    def __init__(self) -> None:
        self.epoch = 0
        self.settings = 0
        self._seen: Mapping[str, Any] | None = None
        self.begin_epoch()

    def begin_epoch(self) -> None:
        """Let nothing that was seen before count any more."""
        # The time, so that a page also notices that another server has the address now.
        self.epoch = max(self.epoch + 1, time.time_ns() // 1_000_000)
        self.settings += 1

    def see_settings(self, settings: Mapping[str, Any]) -> int:
        """Return the revision of the settings.

        Args:
            settings: the settings as they are now.
        """
        if settings != self._seen:
            self._seen = settings
            self.settings += 1
        return self.settings

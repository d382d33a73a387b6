"""How many tasks of a batch may run at once: found out by trying, because nobody tells.

This module owns that rule (additive increase, multiplicative decrease). It is pure: it is given
the time.

* The limit begins at 4. Until the first refusal it goes up by one with each start that succeeds
  while it is reached; from then on when as many as it allows have. Starts below the limit show
  nothing about it.
* A refusal (429, 503, code 1001) halves it, down to 1 at least. Starts that were sent before a
  halving belong to the same burst: their refusals halve it no further.
* After a refusal nothing is started for 1 second, for 2 where no start succeeded since, and so on
  up to 60; longer where the server asks for longer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

FIRST_LIMIT = 4
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 60.0


@attrs.define
class StartLimit:
    """The limit of one account; it may be used in one thread at a time.

    Attributes:
        cap: What it never exceeds, at least 1.
        limit: How many tasks may run at once now.
        epoch: Which burst a start belongs to: note it when the start is sent.
    """

    cap: int = attrs.field(validator=attrs.validators.ge(1))
    limit: int = attrs.field(init=False)
    epoch: int = attrs.field(init=False, default=0)
    _successes: int = attrs.field(init=False, default=0)
    _pause: float = attrs.field(init=False, default=0.0)
    _resume_at: float = attrs.field(init=False, default=0.0)

    def __attrs_post_init__(self) -> None:
        self.limit = min(FIRST_LIMIT, self.cap)

    @classmethod
    def of(cls, cap: int, learned: Mapping[str, Any]) -> StartLimit:
        """Return a limit that has learned what another one had, as ``attrs.asdict`` gives it.

        Args:
            cap: What it never exceeds.
            learned: The attributes of the other one.
        """
        limit = cls(cap)
        limit.limit = min(int(learned["limit"]), cap)
        limit.epoch = int(learned["epoch"])
        limit._successes = int(learned["_successes"])
        limit._pause = float(learned["_pause"])
        limit._resume_at = float(learned["_resume_at"])
        return limit

    def may_start(self, running: int, now: float) -> bool:
        """Tell whether one more may be started.

        Args:
            running: How many are running or being started.
            now: The present time, in seconds by a monotonic clock.
        """
        return running < self.limit and now >= self._resume_at

    def learns_from(self, others: int) -> int:
        """Return how many starts must be under way for one that succeeds to change anything.

        Args:
            others: How many are besides, of other batches.
        """
        return 0 if self._pause else self.limit - others

    def pause(self, now: float) -> float:
        """Return for how many seconds nothing may be started; 0 for none.

        Args:
            now: The present time, by the same clock.
        """
        return max(0.0, self._resume_at - now)

    def succeeded(self, epoch: int, running: int) -> None:
        """Take note that the server accepted a start.

        Args:
            epoch: The `epoch` when it was sent.
            running: How many are running or being started, this one included.
        """
        if epoch != self.epoch:
            return  # It was sent before a refusal, and tells nothing of the limit since.
        self._pause = 0.0
        if running < self.limit:
            return
        self._successes += 1
        # Before anything was refused, a small step would take hours to a large limit.
        if self._successes >= self.limit or not self.epoch:
            self._successes = 0
            self.limit = min(self.limit + 1, self.cap)

    def busy(self, epoch: int, now: float, retry_after: float | None = None) -> None:
        """Take note that the server refused a start because too many run, or too many were sent.

        Args:
            epoch: The `epoch` when it was sent.
            now: The present time, in seconds by a monotonic clock.
            retry_after: Seconds that the server asks to wait; None where it does not say.
        """
        if epoch == self.epoch:
            self.epoch += 1
            self._successes = 0
            self.limit = max(1, self.limit // 2)
            self._pause = min(max(_FIRST_PAUSE, 2 * self._pause), _LONGEST_PAUSE)
        pause = max(self._pause, retry_after or 0.0)
        self._resume_at = max(self._resume_at, now + pause)

"""What a run of a batch would do, before anything is started."""

from __future__ import annotations

import attrs


@attrs.define
class Forecast:
    """What a run of a batch would do.

    Attributes:
        jobs: How many jobs there are.
        ended: How many had ended in an earlier run.
        to_start: How many would be started.
        coins: What they would cost, as far as the server tells.
        unpriced: For how many of them the server has no price.
    """

    jobs: int = 0
    ended: int = 0
    to_start: int = 0
    coins: float = 0.0
    unpriced: int = 0

    @property
    def under_way(self) -> int:
        """How many have a task already, or may have."""
        return self.jobs - self.ended - self.to_start

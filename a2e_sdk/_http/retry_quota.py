"""How many retries a client may still send while its server fails.

This module owns the quota that keeps an outage from being amplified, with the figures that the AWS
SDKs use: a retry is paid for when it is sent and paid back when it succeeds, so a client that sees
nothing but failures soon sends each call once. Whether a call may be repeated at all is decided in
``_http.retry``.
"""

from __future__ import annotations

import threading

from a2e_sdk import errors
from a2e_sdk._runtime.forks import ForkAware

#: The tokens a client begins with, and never has more than.
CAPACITY = 500
#: What a retry costs after a failure that may pass: no response, 5xx.
TRANSIENT_COST = 14
#: What a retry costs after 429: the server is there, and asks for patience.
THROTTLING_COST = 5
#: What a call earns that succeeds at its first attempt.
FIRST_SUCCESS = 1


def retry_cost(error: errors.APIError) -> int:
    """Return how many tokens it costs to send a call again after an error."""
    return THROTTLING_COST if isinstance(error, errors.RateLimitError) else TRANSIENT_COST


class RetryQuota(ForkAware):
    """The tokens that a client and its copies pay for retries; safe to share between threads."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._tokens = CAPACITY

    def _drop_inherited(self) -> None:
        self._lock = threading.Lock()

    @property
    def tokens(self) -> int:
        """How many tokens are left, 0 to 500."""
        return self._tokens

    def take(self, cost: int) -> bool:
        """Pay for a retry.

        Args:
            cost: Its price in tokens.

        Returns:
            Whether there were enough tokens; nothing is taken where there were not.
        """
        self.renew_after_fork()
        with self._lock:
            if cost > self._tokens:
                return False
            self._tokens -= cost
            return True

    def give(self, tokens: int) -> None:
        """Put tokens back, as far as the quota holds them."""
        # A full quota is the rule; it is seen without the lock.
        if self._tokens < CAPACITY:
            self.renew_after_fork()
            with self._lock:
                self._tokens = min(CAPACITY, self._tokens + tokens)

"""A sandbox for tests, with clients whose waits cost no time.

This module owns the tie between a client's sense of time and the sandbox's clock. pytest gets it as
the fixture ``a2e_sandbox`` from `a2e_sdk.sandbox.pytest_plugin`; any other test runner can build it
by hand.

    sandbox = SandboxForTests(completed_after=90)
    a2e = sandbox.client()
    task = a2e.face_swap.tasks.create(face="https://...", video="https://...", name="x")
    a2e.face_swap.tasks.wait(task)  # 90 seconds pass on the sandbox's clock, none on yours
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from a2e_sdk._async.concurrency import AsyncClock
from a2e_sdk._sync.concurrency import Clock
from a2e_sdk.sandbox.state.clock import ManualClock

from .sandbox import Sandbox
from .transport import SandboxTransport

if TYPE_CHECKING:
    from a2e_sdk._async.client import AsyncA2E
    from a2e_sdk._sync.client import A2E

__all__ = ["AsyncTurningClock", "SandboxForTests", "TurningClock"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _seconds(clock: ManualClock) -> float:
    return (clock.now() - _EPOCH).total_seconds()


class TurningClock(Clock):
    """Gives an ``A2E`` the sandbox's time; its pauses turn the clock and return at once.

    Args:
        clock: the sandbox's clock.
    """

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock

    def now(self) -> float:
        """Return the seconds of the sandbox's clock."""
        return _seconds(self._clock)

    def pause(self, seconds: float) -> None:
        """Turn the sandbox's clock.

        Args:
            seconds: how far; nothing happens for less than 0.
        """
        self._clock.advance(max(0.0, seconds))


class AsyncTurningClock(AsyncClock):
    """Gives an ``AsyncA2E`` the sandbox's time; its pauses turn the clock and let other tasks run.

    Tasks that pause at the same time each turn the clock, so that time passes faster than it would.

    Args:
        clock: the sandbox's clock.
    """

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock

    def now(self) -> float:
        """Return the seconds of the sandbox's clock."""
        return _seconds(self._clock)

    async def pause_async(self, seconds: float) -> None:
        """Turn the sandbox's clock, then let other tasks run.

        Args:
            seconds: how far; nothing happens for less than 0.
        """
        import anyio  # Blocking clients go without.

        self._clock.advance(max(0.0, seconds))
        await anyio.lowlevel.checkpoint()


class SandboxForTests(Sandbox):
    """A sandbox whose clock is turned by the test, and by the waits of its clients.

    Args:
        clock: the clock; a new one at 2026-01-01 00:00 UTC by default.
        options: the other arguments of `Sandbox`.

    Raises:
        ValueError: as for `Sandbox`.
    """

    def __init__(self, *, clock: ManualClock | None = None, **options: Any) -> None:
        self._manual_clock = clock or ManualClock()
        super().__init__(clock=self._manual_clock, **options)

    @property
    def clock(self) -> ManualClock:
        """What tells the time here; ``.advance(seconds)`` turns it."""
        return self._manual_clock

    def client(self, **options: Any) -> A2E:
        """Build a client on this sandbox, in process. It needs no key and holds no connection.

        Args:
            options: arguments of ``A2E``, such as ``timeout`` or ``max_retries``.

        Returns:
            The client.
        """
        from a2e_sdk._sync.client import A2E

        client = A2E(region="sandbox", http_client=SandboxTransport(self), **options)
        client.api.clock = TurningClock(self._manual_clock)
        return client

    def async_client(self, **options: Any) -> AsyncA2E:
        """Build a client with ``await`` on this sandbox, in process. It needs no key and holds no
        connection.

        Args:
            options: arguments of ``AsyncA2E``, such as ``timeout`` or ``max_retries``.

        Returns:
            The client.
        """
        from a2e_sdk._async.client import AsyncA2E

        client = AsyncA2E(region="sandbox", http_client=SandboxTransport(self), **options)
        client.api.clock = AsyncTurningClock(self._manual_clock)
        return client

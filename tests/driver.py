"""One way to drive both clients, so that a test of either is written once."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Coroutine
from typing import Any

from a2e_sdk import A2E, AsyncA2E


class Driver:
    """Drives ``A2E`` or ``AsyncA2E`` by the same words, so that a test is written once for both.

    Args:
        mode: ``sync``; ``async`` for asyncio, ``uvloop`` for its faster loop; or ``trio``, where
            each call is a run of its own, as in a script that calls ``trio.run`` again and again.
    """

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self._runner = asyncio.Runner(loop_factory=_loop_factory(mode))
        self._clients: list[Any] = []

    def client(self, **options: Any) -> Any:
        """Build a client of this mode, closed when the test ends."""
        client = A2E(**options) if self.mode == "sync" else AsyncA2E(**options)
        self._clients.append(client)
        return client

    def run(self, value: Any) -> Any:
        """Return what a method gave, awaited where it has to be."""
        if not inspect.isawaitable(value):
            return value

        async def wait() -> Any:
            return await value

        return self.call(wait)

    def call(self, function: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        """Return what an async function without arguments gives, in this mode's event loop."""
        if self.mode == "trio":
            import trio

            return trio.run(function)
        return self._runner.run(function())

    def items(self, iterable: Any, stop: Callable[[list[Any]], bool] | None = None) -> list[Any]:
        """Return the items of an iterable of this mode; ``stop`` may leave it early."""
        taken: list[Any] = []
        if self.mode == "sync":
            for item in iterable:
                taken.append(item)
                if stop and stop(taken):
                    break
            return taken

        async def take() -> None:
            iterator = aiter(iterable)
            async for item in iterator:
                taken.append(item)
                if stop and stop(taken):
                    break
            if self.mode == "trio":  # Which warns of generators that are left to the collector.
                await iterator.aclose()

        self.call(take)
        return taken

    def close(self, client: Any) -> None:
        """Close a client of this mode."""
        self.run(client.close() if self.mode == "sync" else client.aclose())

    def finish(self) -> None:
        """Close every client and the event loop."""
        for client in self._clients:
            self.close(client)
        self._runner.close()


def _loop_factory(mode: str) -> Callable[[], asyncio.AbstractEventLoop] | None:
    if mode != "uvloop":
        return None
    import uvloop

    return uvloop.new_event_loop

"""One way to drive both clients, so that a test of either is written once."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from typing import Any

from a2e_sdk import A2E, AsyncA2E


class Driver:
    """Drives ``A2E`` or ``AsyncA2E`` by the same words, so that a test is written once for both."""

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self._runner = asyncio.Runner()
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

        return self._runner.run(wait())

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
            async for item in iterable:
                taken.append(item)
                if stop and stop(taken):
                    break

        self._runner.run(take())
        return taken

    def close(self, client: Any) -> None:
        """Close a client of this mode."""
        self.run(client.close() if self.mode == "sync" else client.aclose())

    def finish(self) -> None:
        """Close every client and the event loop."""
        for client in self._clients:
            self.close(client)
        self._runner.close()

"""Event loops of asyncio and of trio: which one runs, what belongs to it, and waking it.

This module owns what is bound to one event loop, so that a client can be used in the next loop, in
several at once, and in a forked child. The rest of the async client is written against anyio, which
works on both libraries; uvloop is an asyncio loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import weakref
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any, Generic, TypeVar

from .closed_loops import is_closed
from .forks import ForkAware

ValueT = TypeVar("ValueT")

#: What a forked child keeps of its parent, because closing it would disturb the parent's loop.
_inherited: list[object] = []


def running_trio() -> Any:
    """Return the module ``trio`` where the calling task is one of trio's; else None."""
    trio = sys.modules.get("trio")
    # Another thread may be importing it at this moment, when its parts are not there yet.
    lowlevel = getattr(trio, "lowlevel", None)
    return trio if lowlevel is not None and lowlevel.in_trio_task() else None


def current_loop() -> Any:
    """Return what stands for the running event loop: asyncio's loop, or trio's token.

    Raises:
        RuntimeError: No event loop runs in this thread.
    """
    trio = running_trio()
    return asyncio.get_running_loop() if trio is None else trio.lowlevel.current_trio_token()


class LoopEvent:
    """An event for which one task waits, and which any thread may set."""

    def __init__(self) -> None:
        trio = running_trio()
        self._loop = current_loop()
        self._event: Any = asyncio.Event() if trio is None else trio.Event()

    @property
    def is_abandoned(self) -> bool:
        """Whether its event loop was closed, so that its task never goes on."""
        return is_closed(self._loop)

    async def wait(self) -> None:
        """Wait until it is set."""
        await self._event.wait()

    def set(self) -> bool:
        """Set it; return False where its loop has ended, so that nobody waits any more."""
        try:
            if isinstance(self._event, asyncio.Event):
                self._loop.call_soon_threadsafe(self._event.set)
            else:
                self._loop.run_sync_soon(self._event.set)
        except RuntimeError:  # trio's RunFinishedError is one too.
            return False
        return True


class PerLoop(ForkAware, Generic[ValueT]):
    """One value for each event loop, opened on first use there and closed with the loop.

    A loop that ends in the usual way (``asyncio.run``, ``trio.run``, any runner that shuts async
    generators down) closes its value; nothing is left to the garbage collector.

    Args:
        open_value: Makes the value; called with the loop running.
        close_value: Closes it; awaited in its own loop.
    """

    def __init__(
        self, open_value: Callable[[], ValueT], close_value: Callable[[ValueT], Awaitable[None]]
    ) -> None:
        super().__init__()
        self._open = open_value
        self._close = close_value
        self._kept: dict[Any, tuple[ValueT, AsyncGenerator[None, None]]] = {}

    def get(self) -> ValueT:
        """Return the value of the running loop."""
        self.renew_after_fork()
        loop = current_loop()
        kept = self._kept.get(loop)
        if kept is None:
            self._drop_ended()
            value = self._open()
            closing = _closing(self._close, value, weakref.WeakMethod(self._forget), loop)
            kept = self._kept[loop] = value, _started(closing)
        return kept[0]

    def _forget(self, loop: Any) -> None:
        self._kept.pop(loop, None)

    async def aclose(self) -> None:
        """Close the values of all loops: here at once, in others as soon as they run."""
        self.renew_after_fork()
        here = current_loop()
        kept, self._kept = self._kept, {}
        for loop, (_, closing) in kept.items():
            if loop is here:
                await closing.aclose()
            elif not isinstance(loop, asyncio.AbstractEventLoop):
                _close_in_trio(loop, closing)
            # asyncio closes a generator in its loop by itself, once nobody holds it any more.

    def _drop_ended(self) -> None:
        for loop in list(self._kept):
            if is_closed(loop):
                self._kept.pop(loop, None)

    def _drop_inherited(self) -> None:
        _inherited.append(self._kept)
        self._kept = {}


async def _closing(
    close_value: Callable[[ValueT], Awaitable[None]],
    value: ValueT,
    forget: weakref.WeakMethod[Callable[[Any], None]],
    loop: Any,
) -> AsyncGenerator[None, None]:
    """Close a value when the loop shuts its async generators down, which it does at its end."""
    try:
        yield
    finally:
        method = forget()
        if method is not None:
            method(loop)
        await close_value(value)


def _started(generator: AsyncGenerator[None, None]) -> AsyncGenerator[None, None]:
    """Run a generator up to its first ``yield``, before which it awaits nothing."""
    with contextlib.suppress(StopIteration):
        generator.__anext__().__await__().__next__()
    return generator


def _close_in_trio(token: Any, generator: AsyncGenerator[None, None]) -> None:
    trio = sys.modules["trio"]

    async def close() -> None:
        with trio.CancelScope(shield=True):
            await generator.aclose()

    def begin() -> None:
        trio.lowlevel.spawn_system_task(close)

    with contextlib.suppress(RuntimeError):
        token.run_sync_soon(begin)

"""The server over standard input and output, for the client that started it.

This module owns the reading of standard input in a way that a signal can end.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Mapping
from concurrent.futures import CancelledError
from typing import Any, cast

import anyio
import anyio.from_thread
from mcp.server.stdio import stdio_server

from .server import server_of
from .settings import Settings, open_tool_context

_CHUNK = 65_536
#: What the thread meets where the server has ended before it.
_ENDED = (
    *(OSError, RuntimeError, CancelledError),
    *(anyio.BrokenResourceError, anyio.ClosedResourceError),
)
#: A message without an end would fill the memory.
_LONGEST_LINE = 8_000_000


class _Lines:
    """The lines of standard input, read by a thread that nobody has to wait for."""

    def __init__(self, descriptor: int) -> None:
        self._send, self._receive = anyio.create_memory_object_stream[str](16)
        self._descriptor = descriptor
        self._portal: Any = None

    def start(self, portal: Any) -> None:
        self._portal = portal
        threading.Thread(target=self._read, name="a2e-mcp-stdin", daemon=True).start()

    def __aiter__(self) -> _Lines:
        return self

    async def __anext__(self) -> str:
        try:
            return await self._receive.receive()
        except anyio.EndOfStream:
            raise StopAsyncIteration from None

    def _read(self) -> None:
        rest = b""
        try:
            while chunk := os.read(self._descriptor, _CHUNK):
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    self._portal.call(self._send.send, line.decode("utf-8", "replace"))
                if len(rest) > _LONGEST_LINE:
                    break
        except _ENDED:
            return
        with contextlib.suppress(*_ENDED):
            self._portal.call(self._send.aclose)


async def serve_stdio(
    settings: Settings, environment: Mapping[str, str], stop: anyio.Event
) -> None:
    """Serve until standard input is closed, or an event is set.

    Args:
        settings: The settings, checked.
        environment: The environment.
        stop: Ends the server.
    """
    # Standard input of those who are started here is not that of the protocol.
    descriptor = os.dup(0)
    lines = _Lines(descriptor)
    async with open_tool_context(settings, environment) as shared:
        server = server_of(shared)
        async with anyio.create_task_group() as group:

            async def until_stopped() -> None:
                await stop.wait()
                group.cancel_scope.cancel()

            group.start_soon(until_stopped)
            async with anyio.from_thread.BlockingPortal() as portal:
                lines.start(portal)
                async with stdio_server(stdin=cast("Any", lines)) as (read, write):
                    await server.run(read, write, server.create_initialization_options())
                await portal.stop(cancel_remaining=True)
            group.cancel_scope.cancel()

"""Work that goes on where nobody waits for it any more: starts, uploads and downloads.

This module owns how long a call waits for such work. A call that is cut by its client, and one
whose time is over, leave it running; a further call of the same name joins it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self

import anyio

from a2e_sdk._http.instrumentation import logger

#: No call of a tool takes longer, with what is left for the way back.
LONGEST_CALL = 35.0


class StillRunning(Exception):
    """The work goes on; ask again later."""


class _Job:
    def __init__(self) -> None:
        self.done = anyio.Event()
        self.result: Any = None
        self.error: Exception | None = None
        self.progress: str | None = None


class Work:
    """The running work of one server.

    Args:
        grace: Seconds that work gets to end when the server ends, before it is cut.
    """

    def __init__(self, grace: float = 3.0) -> None:
        self._grace = grace
        self._jobs: dict[str, _Job] = {}
        self._group = anyio.create_task_group()

    async def __aenter__(self) -> Self:
        await self._group.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with anyio.move_on_after(self._grace, shield=True):
            for job in list(self._jobs.values()):
                await job.done.wait()
        self._group.cancel_scope.cancel()
        # What was cut has noted in the journal what became of it, and comes to its end here.
        await self._group.__aexit__(None, None, None)

    async def shared(
        self, name: str, function: Callable[[], Awaitable[Any]], within: float = LONGEST_CALL
    ) -> Any:
        """Do a piece of work, or join the one of this name; wait for it at most some seconds.

        Args:
            name: What it is called.
            function: Does it.
            within: Seconds to wait.

        Returns:
            What the function returned.

        Raises:
            StillRunning: The time is over, and it goes on.
            Exception: What the function raised.
        """
        job = self._jobs.get(name)
        if job is None:
            job = self._jobs[name] = _Job()
            self._group.start_soon(self._run, name, job, function)
        with anyio.move_on_after(within):
            await job.done.wait()
        if not job.done.is_set():
            raise StillRunning(job.progress or "")
        if job.error is not None:
            raise job.error
        return job.result

    def tell(self, name: str, progress: str) -> None:
        """Say how far a piece of work is."""
        job = self._jobs.get(name)
        if job is not None:
            job.progress = progress

    async def _run(self, name: str, job: _Job, function: Callable[[], Awaitable[Any]]) -> None:
        try:
            job.result = await function()
        except Exception as error:
            job.error = error
            logger.info("work of an agent ended with %s", type(error).__name__)
        finally:
            self._jobs.pop(name, None)
            job.done.set()

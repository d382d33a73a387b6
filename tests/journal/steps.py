"""The steps of a start, as they happen: each commit of the journal, and each request.

A test records the steps of one run and then breaks off a further run at each of them, so that a new
step is covered by itself.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from a2e_sdk._journal.database import Database
from a2e_sdk._journal.work import Work

BEFORE_START, AFTER_START = "before sending POST start", "after sending POST start"


class Steps:
    """Calls a function at each step, with its number and its name."""

    def __init__(self, at_step: Callable[[int, str], None]) -> None:
        self.names: list[str] = []
        self._at_step = at_step

    def reached(self, name: str) -> None:
        self.names.append(name)
        self._at_step(len(self.names) - 1, name)

    @contextmanager
    def commits(self) -> Generator[None, None, None]:
        """Note each transaction: before it, when its work is done, and after its commit."""
        commit, run = Database._commit, Work.run

        def noted_commit(database: Database, connection: Any, group: Sequence[Any]) -> None:
            if not group:  # Places are given back on a server, at any moment, and nobody waits.
                commit(database, connection, group)
                return
            self.reached("before a commit")
            commit(database, connection, group)
            self.reached("after a commit")

        def noted_run(work: Work[Any], connection: Any, is_of_the_work: Any) -> Any:
            session = run(work, connection, is_of_the_work)
            self.reached("within a commit")
            return session

        Database._commit, Work.run = noted_commit, noted_run  # type: ignore[method-assign]
        try:
            yield
        finally:
            Database._commit, Work.run = commit, run  # type: ignore[method-assign]


class NotedTransport:
    """Carries requests by another transport, and notes each before and after it."""

    def __init__(self, real: Any, steps: Steps) -> None:
        self._real = real
        self._steps = steps

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def _note(self, when: str, request: Any) -> None:
        path = request.url.partition("://")[2].partition("/")[2].partition("?")[0]
        what = "start" if request.method == "POST" and _starts(path) else path
        if request.method == "PUT":
            what = "file"
        self._steps.reached(f"{when} sending {request.method} {what}")

    def send_request(self, request: Any) -> Any:
        self._note("before", request)
        response = self._real.send_request(request)
        self._note("after", request)
        return response

    async def send_request_async(self, request: Any) -> Any:
        self._note("before", request)
        response = await self._real.send_request_async(request)
        self._note("after", request)
        return response

    @contextmanager
    def stream(self, request: Any) -> Generator[Any, None, None]:
        self._note("before", request)
        with self._real.stream(request) as reply:
            yield reply
        self._note("after", request)

    @asynccontextmanager
    async def stream_async(self, request: Any) -> AsyncGenerator[Any, None]:
        self._note("before", request)
        async with self._real.stream_async(request) as reply:
            yield reply
        self._note("after", request)


def _starts(path: str) -> bool:
    from a2e_api.operations import OPERATIONS
    from a2e_sdk._wire.family_table import TASK_FAMILIES

    paths = {OPERATIONS[str(family.start)].path for family in TASK_FAMILIES.values()}
    return f"/{path}" in paths


def noted(a2e: Any, steps: Steps) -> Any:
    """Let a client's requests be noted."""
    a2e.api.transport = NotedTransport(a2e.api.transport, steps)
    return a2e

"""The control endpoints of the tasks of all families, and their rows as JSON.

This module owns what a row says. Where a task stands is told by the sandbox.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from attrs import asdict

from a2e_sdk.sandbox.sandbox import Sandbox
from a2e_sdk.sandbox.state.clock import wire_time
from a2e_sdk.sandbox.tasks.overview import SandboxTask

from .call import Asked, ControlRefusedError, Endpoint, Table

__all__ = ["TaskRowEndpoints"]


class TaskRowEndpoints:
    """The endpoints of the tasks of one sandbox.

    Args:
        sandbox: the sandbox.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def table(self) -> Table:
        """Return the endpoints."""
        return {
            "/tasks": {"GET": Endpoint(self._tasks)},
            "/tasks/{id}": {"GET": Endpoint(self._task)},
        }

    def _tasks(self, asked: Asked) -> dict[str, Any]:
        revisions = self._sandbox.revisions
        after, limit = asked.part()
        tasks = self._sandbox.tasks(
            after=after,
            limit=limit,
            changed_since=asked.count("changed_since", 0),
        )
        return {
            "total": self._sandbox.tasks_made,
            "revision": revisions.tasks,
            "tasks": [_row(task) for task in tasks],
        }

    def _task(self, asked: Asked) -> dict[str, Any]:
        found = self._sandbox.tasks(after=asked.number - 1, limit=1) if asked.number else []
        if not found:
            raise ControlRefusedError(404, f"there is no task {asked.number}")
        return _row(found[0])


def _row(task: SandboxTask) -> dict[str, Any]:
    row = {
        name: wire_time(value) if isinstance(value, datetime) else value
        for name, value in asdict(task, recurse=False).items()
    }
    return row | {"result_urls": list(task.result_urls)}

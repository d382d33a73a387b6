"""What the tools of one server share: its client, its folder, its work and its limits.

This module owns these, and the ways in which every tool shows a task.
"""

from __future__ import annotations

from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

import attrs

from a2e_sdk._async.client import AsyncA2E
from a2e_sdk._async.tasks.operations import AsyncListableTasks
from a2e_sdk._checks.redaction import Hide
from a2e_sdk._journal.opening import ClientJournal, require_journal
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk.models import Task

from .folder import Folder
from .texts import identifier, link, server_text
from .work import Work


@attrs.frozen(kw_only=True)
class ToolContext:
    """What the tools share.

    Attributes:
        client: The client, with a journal.
        folder: The files of the agent.
        work: What goes on where nobody waits.
        ask_above: Prices above this are confirmed by a person; None for never.
        read_only: Whether nothing may cost coins.
    """

    client: AsyncA2E
    folder: Folder
    work: Work
    ask_above: float | None = None
    read_only: bool = False

    @property
    def hide(self) -> Hide:
        """Takes the key and other secrets out of a text."""
        return self.client.api.configuration.key.redact

    @property
    def journal(self) -> ClientJournal:
        """The journal."""
        return require_journal(self.client.api.journal, "a2e mcp")

    @property
    def is_private(self) -> bool:
        """Whether the server is this machine's own."""
        return self.client.api.configuration.address.is_private

    def tasks_of(self, family: TaskFamily) -> AsyncListableTasks[Any]:
        """Return the section of the client that has the tasks of a family."""
        section: AsyncListableTasks[Any] = attrgetter(family.attribute)(self.client)
        return section

    def shown(self, task: Task, engine: str) -> dict[str, Any]:
        """Return a task as tools show it."""
        said = {
            "name": task.name,
            "status": task.raw_status,
            "failed_message": task.failed_message,
        }
        created = task.created_at
        return {
            "task_id": identifier(task.id),
            "engine": engine,
            "status": task.status.value,
            "created_at": None if created is None else created.isoformat(),
            "result_urls": [url for one in task.result_urls if (url := link(one))],
            **server_text(said, self.hide),
        }


def next_look(task: Task, now: datetime) -> int | None:
    """Return in how many seconds a task is worth another look; None where it has ended.

    Args:
        task: As it was just read.
        now: The present moment.
    """
    if task.status.is_final:
        return None
    if task.created_at is None:
        return 10
    age = (now - task.created_at.astimezone(UTC)).total_seconds()
    return int(min(max(age / 4, 5), 60))

# Written by `nox -s generate` from asynchronous/verbs.py: edit there, not here.
"""What can be done with the tasks of some families: where the server has the operation for it.

This module owns these verbs, one class each; a family's class has those that its row of the table
names. So an editor offers what works, and nothing else.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from typing import TypeVar

from .. import errors
from ..models import Task
from ..rows import promised, promised_rows
from ..validation import require_id, require_text
from .tasks import Tasks

TaskT = TypeVar("TaskT", bound=Task)


class Batches(Tasks[TaskT]):
    """Tasks of which many can be read at once."""

    def get_many(self, tasks: Iterable[str | TaskT]) -> builtins.list[TaskT]:
        """Read many tasks, up to 100 per request.

        Args:
            tasks: Tasks or ids, each of 24 hexadecimal digits; repeated ones are read once.

        Returns:
            The tasks in the order asked for, without those that the server does not know.

        Raises:
            ValueError: One of them is no id; nothing is sent then.
            APIError: A call failed.
        """
        return self._read_many([require_id(task) for task in tasks])


class Runs(Tasks[TaskT]):
    """Tasks whose running ones can be listed."""

    def running(self) -> builtins.list[TaskT]:
        """List the tasks that have not ended.

        Returns:
            Tasks with the few fields that the server gives of running ones: the status, and the id
            where it is sent; read them with `get_many` for more.

        Raises:
            APIError: The call failed.
        """
        response = self._call("running")
        convert = self._family.converter("progress")
        rows = promised_rows(promised(response, str(self._family.running)))
        # One server list is of all tasks, whatever its name says.
        return [task for task in map(convert, rows) if not task.status.is_final]


class Deletes(Tasks[TaskT]):
    """Tasks that can be deleted."""

    def delete(self, task: str | TaskT) -> None:
        """Delete a task's record.

        The server deletes a task that waits (its coins come back) or has ended (they don't), and
        refuses one that is being worked on.

        Args:
            task: The task, or its id (24 hexadecimal digits).

        Raises:
            ValueError: It is no id.
            BadRequestError: The task is being worked on, or the id is unknown.
            APIError: The call failed in another way.
        """
        identifier = require_id(task)
        try:
            self._call("delete", id=identifier)
        except (errors.BadRequestError, errors.NotFoundError) as refusal:
            # A repeated deletion is refused if the first one, whose answer was lost, succeeded.
            if refusal.attempts == 1 or self._exists(identifier):
                raise

    def _exists(self, identifier: str) -> bool:
        try:
            self._read(identifier)
        except errors.NotFoundError:
            return False
        return True


class Renames(Tasks[TaskT]):
    """Tasks that can be renamed."""

    def rename(self, task: str | TaskT, name: str) -> None:
        """Give a task another name.

        Args:
            task: The task, or its id (24 hexadecimal digits).
            name: The new name, of 1 to 200 characters.

        Raises:
            TypeError: The name is no str.
            ValueError: It is no id, or no such name.
            NotFoundError: The server knows no such task.
            APIError: The call failed in another way.
        """
        require_text(name, "name", maximum=200)
        self._call("rename", id=require_id(task), name=name)

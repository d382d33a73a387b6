"""Operations that only some families have, one class each, named for the operation.

This module owns these methods; a family's class has those whose operation the table of
families names. So an editor offers what works, and nothing else.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from typing import TypeVar

from a2e_sdk import errors
from a2e_sdk._async.pagination import AsyncPaginator
from a2e_sdk._checks.validation import (
    require_id,
    require_listing,
    require_page_size,
    require_text,
    require_whole_number,
)
from a2e_sdk.models import Page, Task
from a2e_sdk.models.submission import Submission

from .recovery import find_started
from .resource import AsyncReadableTasks

TaskT = TypeVar("TaskT", bound=Task)


class AsyncListableTasks(AsyncReadableTasks[TaskT]):
    """The tasks of one family that can be listed."""

    def list(self, *, page_size: int = 100, limit: int | None = None) -> AsyncPaginator[TaskT]:
        """List all tasks, newest first; pages are read ahead while the items are consumed.

        Args:
            page_size: How many tasks to ask for at once, from 1 to 100. Default 100.
            limit: How many tasks to yield at the most; no more pages are read than that takes.
                Default: all.

        Returns:
            A listing to iterate; it asks the server when it is iterated, each time anew.

        Raises:
            ValueError: The page size or the limit is out of range.
        """
        require_listing(page_size, limit)
        return self._reader.list(page_size, limit=limit)

    async def page(self, number: int = 1, *, page_size: int = 10) -> Page[TaskT]:
        """Read one page of the listing, newest first.

        Args:
            number: The page's number, from 1. Default 1.
            page_size: How many tasks a page has, from 1 to 100. Default 10.

        Returns:
            The page; it is empty behind the last one.

        Raises:
            ValueError: The number or the size is out of range.
            APIError: The call failed.
        """
        require_whole_number(number, "number", minimum=1)
        return await self._reader.page(number, require_page_size(page_size))

    async def find_started(self, error: errors.SubmissionUnknownError | Submission) -> TaskT | None:
        """Look again for the task of a start whose response was lost.

        Args:
            error: What the start raised, or its ``submission``, as the exception that
                interrupted a start and ``submissions`` of the client have it; it may have been
                pickled and come from another process.

        Returns:
            The task, or None while there is no record of it.

        Raises:
            TypeError: It is neither.
            ValueError: It is of another family of tasks.
            APIError: The records can't be read.
        """
        sought = getattr(error, "submission", error)
        if not isinstance(sought, Submission):
            raise TypeError(
                "find_started takes a SubmissionUnknownError or a Submission, not "
                f"{type(error).__name__}."
            )
        if sought.family != self._family.name:
            raise ValueError(f"the submission is of {sought.family}, not of {self._family.name}.")
        task = await find_started(self._reader, sought)
        journal = self._reader.api.journal
        if task is not None and journal is not None:
            from .journal_notes import note_found

            await note_found(journal, self._reader.api.server_time, sought, task)
        return task


class AsyncGetMany(AsyncListableTasks[TaskT]):
    """Tasks of which many can be read at once."""

    async def get_many(self, tasks: Iterable[str | TaskT]) -> builtins.list[TaskT]:
        """Read many tasks, up to 100 per request.

        Args:
            tasks: Tasks or ids, each of 24 hexadecimal digits; repeated ones are read once.

        Returns:
            The tasks in the order asked for, without those that the server does not know.

        Raises:
            ValueError: One of them is no id; nothing is sent then.
            APIError: A call failed.
        """
        return await self._reader.read_many([require_id(task) for task in tasks])


class AsyncRunning(AsyncListableTasks[TaskT]):
    """Tasks whose running ones can be listed."""

    async def running(self) -> builtins.list[TaskT]:
        """List the tasks that have not ended.

        Returns:
            Tasks with the few fields that the server gives of running ones: the status, and the id
            where it is sent; read them with `get_many` for more.

        Raises:
            APIError: The call failed.
        """
        tasks = await self._reader.tasks("running")
        # One server list is of all tasks, whatever its name says.
        return [task for task in tasks if not task.status.is_final]


class AsyncDelete(AsyncListableTasks[TaskT]):
    """Tasks that can be deleted."""

    async def delete(self, task: str | TaskT) -> None:
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
            await self._reader.call("delete", id=identifier)
        except (errors.BadRequestError, errors.NotFoundError) as refusal:
            # A repeated deletion is refused if the first one, whose response was lost, succeeded.
            if refusal.attempts == 1 or await self._exists(identifier):
                raise

    async def _exists(self, identifier: str) -> bool:
        try:
            await self._reader.read(identifier)
        except errors.NotFoundError:
            return False
        return True


class AsyncRename(AsyncListableTasks[TaskT]):
    """Tasks that can be renamed."""

    async def rename(self, task: str | TaskT, name: str) -> None:
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
        await self._reader.call("rename", id=require_id(task), name=name)

"""The tasks of one family as users see them: how they are started, read and waited for.

This module owns the steps of a start (arguments checked, files uploaded, sent at most once) and
what every family that can be read has. Which arguments a start has is in the spec, and in the class
that was generated from it; what only some families have is in ``operations``.
"""

from __future__ import annotations

import builtins
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from contextlib import aclosing
from typing import Any, Generic, TypeVar, cast

from a2e_sdk import errors
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.files.uploads import AsyncUploader
from a2e_sdk._checks.validation import require_id, require_seconds
from a2e_sdk._progress.reporter import Reporter, reporting
from a2e_sdk._tasks.polling import failure_text
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk.models import Task
from a2e_sdk.models.progress import ProgressOption
from a2e_sdk.models.status import TaskStatus

from .reader import AsyncTaskReader
from .submit import start_once
from .wait import AsyncWaiter

TaskT = TypeVar("TaskT", bound=Task)


class AsyncTaskResource(Generic[TaskT]):
    """A family of tasks.

    Args:
        api: What calls the API.
        family: The family, as the table of families describes it.
    """

    def __init__(self, api: AsyncAPIClient, family: TaskFamily) -> None:
        self._api = api
        self._family = family
        self._reader: AsyncTaskReader[TaskT] = AsyncTaskReader(api, family)

    async def _start(self, arguments: Mapping[str, Any], within: float | None = None) -> TaskT:
        """Start a task; see `_start_all`."""
        return (await self._start_all(arguments, within))[0]

    async def _start_all(
        self, arguments: Mapping[str, Any], within: float | None = None
    ) -> builtins.list[TaskT]:
        """Start a task, or the tasks that come of one start, at most once.

        Args:
            arguments: The start's keyword arguments; None stands for one that was not given.
            within: Seconds to wait for a key that another call is starting. Default: as long as a
                call of the client may take.
        """
        # Only starts need it: reading tasks goes without.
        from a2e_sdk._tasks.start_plan import plan_start

        private = self._api.configuration.address.is_private
        plan = plan_start(self._family, arguments, allow_private=private)
        if plan.key is not None or plan.max_coins is not None or self._api.journal is not None:
            from .journalled import start_journalled

            return await start_journalled(self._reader, plan, within)
        # Uploads come last: they cost coins, and nothing can be wrong with the rest any more.
        addresses: tuple[str, ...] = ()
        if plan.files:
            addresses = await AsyncUploader(self._api).addresses_of(
                plan.files, on_progress=plan.on_upload
            )
        return await start_once(
            self._reader,
            plan.request(addresses),
            plan.submission(addresses),
            expected=plan.expected,
            resend=plan.resend,
        )


class AsyncReadableTasks(AsyncTaskResource[TaskT]):
    """The tasks of one family, each of which can be read."""

    async def get(self, task: str | TaskT) -> TaskT:
        """Read one task as it is now.

        Args:
            task: The task, or its id (24 hexadecimal digits).

        Returns:
            The task, freshly read; the one given stays as it is.

        Raises:
            ValueError: It is no id.
            NotFoundError: The server knows no such task.
            UnexpectedResponseError: The response is about another task, or none.
            APIError: The call failed in another way.
        """
        return await self._reader.read(require_id(task))

    async def wait(
        self,
        task: str | TaskT,
        *,
        timeout: float = 1800.0,
        on_update: Callable[[TaskT], object] | None = None,
        poll: float | None = None,
        progress: ProgressOption = False,
    ) -> TaskT:
        """Wait until a task has ended, and return it as it then is.

        Guarantees: the wait ends by its deadline, give or take one request; a read that fails and
        a status word that nobody knows don't end it; nothing is left behind when it is
        interrupted. It can be taken up again, also in another process, with the id alone.

        Args:
            task: The task, or its id (24 hexadecimal digits).
            timeout: Seconds to wait at the most. Default 1,800.
            on_update: Called with the task whenever it was seen to have changed. Default: nothing.
            poll: Seconds between two looks. Default: learnt from how long such tasks took.
            progress: Whether to show how far it is, in a notebook or a terminal; or a function that
                is called with a `Progress`, four times a second at the most. Default: False.

        Returns:
            The finished task.

        Raises:
            ValueError: It is no id, or a number of seconds is not above 0.
            TaskFailedError: The task failed; ``error.task`` has it.
            WaitTimeoutError: The time is over; the task goes on running and stays billed.
            NotFoundError: The server does not know the task, also after 30 seconds.
            APIError: The key is not accepted.
        """
        with reporting(progress) as reporter:
            return await self._wait(task, timeout, on_update, poll, reporter)

    async def _wait(
        self,
        task: str | TaskT,
        timeout: float,
        on_update: Callable[[TaskT], object] | None,
        poll: float | None,
        reporter: Reporter,
    ) -> TaskT:
        self._family.require_readable()
        waiter = self._waiter((task,), timeout, on_update, poll, reporter)
        async with aclosing(waiter.ended()) as wait:
            async for ended in wait:
                if ended.status is TaskStatus.FAILED:
                    hide = self._api.configuration.key.redact
                    raise errors.TaskFailedError(failure_text(ended, hide), task=ended)
                return cast(TaskT, ended)
        raise AssertionError("a wait ends with a task or an exception")

    async def wait_many(
        self,
        tasks: Iterable[str | TaskT],
        *,
        timeout: float = 1800.0,
        on_update: Callable[[TaskT], object] | None = None,
        poll: float | None = None,
        progress: ProgressOption = False,
    ) -> AsyncGenerator[TaskT, None]:
        """Wait for many tasks and yield each as it ends, finished or failed.

        One request covers up to 100 of them.

        Args:
            tasks: Tasks or ids, each of 24 hexadecimal digits.
            timeout: Seconds to wait for all of them at the most. Default 1,800.
            on_update: Called with each task whenever it was seen to have changed.
            poll: Seconds between two looks. Default: learnt from how long such tasks took.
            progress: Whether to show how far it is, in a notebook or a terminal; or a function that
                is called with a `Progress`, four times a second at the most. Default: False.

        Yields:
            The tasks in the order in which they end. Failed ones are yielded, not raised.

        Raises:
            ValueError: One of them is no id, or a number of seconds is not above 0.
            WaitTimeoutError: The time is over; ``error.tasks`` names what is still running.
            NotFoundError: The server does not know some of them, also after 30 seconds.
            APIError: The key is not accepted.
        """
        self._family.require_readable()
        with reporting(progress) as reporter:
            waiter = self._waiter(tasks, timeout, on_update, poll, reporter)
            async with aclosing(waiter.ended()) as ended:
                async for task in ended:
                    yield task

    def _waiter(
        self,
        tasks: Iterable[str | TaskT],
        timeout: float,
        on_update: Callable[[TaskT], object] | None,
        poll: float | None,
        reporter: Reporter,
    ) -> AsyncWaiter:
        waiter = AsyncWaiter(
            self._api,
            timeout=timeout,
            on_update=reporter.updates(on_update),
            poll=poll,
            on_look=reporter.look,
        )
        for task in tasks:
            task_id, seen = require_id(task), None if isinstance(task, str) else task
            waiter.add(self._reader, task_id, seen)
            reporter.wait_for(task_id, seen)
        return waiter

    async def _run(
        self,
        start: Mapping[str, Any],
        timeout: float,
        on_update: Callable[[TaskT], object] | None,
        poll: float | None,
        progress: ProgressOption,
    ) -> TaskT:
        """Start a task and wait until it has ended; all is checked before it starts."""
        self._family.require_readable()
        require_seconds(timeout, "timeout")
        if poll is not None:
            require_seconds(poll, "poll")
        with reporting(progress) as reporter:
            reporter.start()
            started = await self._start(reporter.uploads(start), timeout)
            return await self._wait_for_started(started, timeout, on_update, poll, reporter)

    async def _wait_for_started(
        self,
        task: TaskT,
        timeout: float,
        on_update: Callable[[TaskT], object] | None,
        poll: float | None,
        reporter: Reporter,
    ) -> TaskT:
        """Wait for a task whose id its caller has not got yet: what ends the wait names it."""
        try:
            if on_update is not None:
                on_update(task)
            return await self._wait(task, timeout, on_update, poll, reporter)
        except BaseException as interruption:
            if not _names_task(interruption, task.id):
                way = f"a2e.{self._family.attribute}.wait({task.id!r})"
                interruption.add_note(
                    f"{self._family.title} {task.id} was started, and goes on running on the "
                    f"server: wait for it again with {way}."
                )
            raise


def _names_task(error: BaseException, task_id: str) -> bool:
    """Tell whether an error of a wait is about a task, rather than about another one."""
    return isinstance(error, errors.TaskError) and task_id in (
        error.task_id,
        *getattr(error, "task_ids", ()),
    )

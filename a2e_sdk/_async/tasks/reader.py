"""Read the tasks of one family: one, many, a page, or the newest.

This module owns how records are asked for, whatever the family. It is the bottom of this package:
submitting, waiting and the resource stand on it.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from typing import Any, Generic, TypeVar

from a2e_sdk import errors
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.page_sources import (
    READ_AHEAD,
    AsyncPagedSource,
    AsyncPageSource,
    AsyncWholeSource,
)
from a2e_sdk._async.pagination import AsyncPaginator
from a2e_sdk._async.records import call_for_records, call_operation
from a2e_sdk._checks.validation import MAX_BATCH, MAX_PAGE_SIZE
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk._wire.records import RawPage, Record, page_of, whole_list_of
from a2e_sdk.models import Page, Task

TaskT = TypeVar("TaskT", bound=Task)


class AsyncTaskReader(Generic[TaskT]):
    """Reads the tasks of one family.

    Args:
        api: What calls the API.
        family: The family, as the table of families describes it.
    """

    def __init__(self, api: AsyncAPIClient, family: TaskFamily) -> None:
        self.api = api
        self.family = family

    def with_deadline(self, deadline: float) -> AsyncTaskReader[TaskT]:
        """Return a reader of the same tasks whose calls begin no attempt after a deadline."""
        return AsyncTaskReader(self.api.with_deadline(deadline), self.family)

    def at_own_address(self) -> AsyncTaskReader[TaskT]:
        """Return a reader of the same tasks that never asks a fallback."""
        return AsyncTaskReader(self.api.without_fallbacks(), self.family)

    async def call(self, operation: str, **values: Any) -> dict[str, Any]:
        """Call an operation of the family and return the JSON of its response.

        Args:
            operation: Its column in the table of families.
            values: Its values by the server's keys, with ``id`` for the key of an id.
        """
        return await call_operation(self.api, self.family.operation(operation).id, **values)

    def to_model(self, record: Record) -> TaskT:
        """Return the task of a record."""
        task: TaskT = self.family.to_model(record)
        return task

    async def tasks(self, operation: str, **values: Any) -> list[TaskT]:
        """Call an operation that responds with records, as `call` does, and return their tasks."""
        identifier = self.family.operation(operation).id
        records = await call_for_records(self.api, identifier, **values)
        return [self.to_model(record) for record in records]

    async def read(self, task_id: str) -> TaskT:
        """Read the task of an id that has been checked.

        Raises:
            NotFoundError: The server knows no such task.
            UnexpectedResponseError: The response is about another task.
            APIError: The call failed in another way.
        """
        if self.family.get is None:
            return await self._look_up(task_id)
        tasks = await self.tasks("get", id=task_id)
        for task in tasks:
            if task.id == task_id:
                return task
        problem: type[errors.APIError] = errors.UnexpectedResponseError
        text = f"the response is not about task {task_id}"
        if not tasks:
            problem, text = errors.NotFoundError, f"there is no task {task_id}"
        raise problem(text, operation=self.family.get, http_status=200)

    async def _look_up(self, task_id: str) -> TaskT:
        """Find a task in the list, where the server has no operation to read one."""
        async with aclosing(self.newest()) as newest:
            async for task in newest:
                if task.id == task_id:
                    return task
        raise errors.NotFoundError(
            f"there is no task {task_id}", operation=str(self.family.list), http_status=200
        )

    async def read_many(self, task_ids: Iterable[str]) -> list[TaskT]:
        """Read the tasks of ids that have been checked, up to 100 per request."""
        identifiers = list(dict.fromkeys(task_ids))
        found: dict[str, TaskT] = {}
        for start in range(0, len(identifiers), MAX_BATCH):
            batch = identifiers[start : start + MAX_BATCH]
            found |= {task.id: task for task in await self.tasks("get_many", ids=batch)}
        return [found[identifier] for identifier in identifiers if identifier in found]

    def list(
        self, page_size: int, *, limit: int | None = None, ahead: int = READ_AHEAD
    ) -> AsyncPaginator[TaskT]:
        """Return the listing of all tasks, newest first.

        Args:
            page_size: How many tasks to ask for at once.
            limit: How many tasks to yield at the most; None for all.
            ahead: How many pages may be on their way while items are consumed.
        """
        return AsyncPaginator(self.source(ahead=ahead), page_size, limit=limit)

    async def newest(self) -> AsyncGenerator[TaskT, None]:
        """Yield the records among which a task shows that was just started, newest first.

        Each page is read only when it is needed, for a search that ends soon.
        """
        if self.family.search != "list":
            for task in await self.tasks(self.family.search):
                yield task
            return
        async with aclosing(self.list(MAX_PAGE_SIZE, ahead=0).__aiter__()) as newest:
            async for task in newest:
                yield task

    async def page(self, number: int, size: int) -> Page[TaskT]:
        """Read one page of the list, newest first."""
        return await self.source().page(number, size)

    def source(self, *, ahead: int = READ_AHEAD) -> AsyncPageSource[TaskT]:
        """Return what the list is read from, of the kind that the server gives it in.

        Args:
            ahead: How many pages may be on their way while items are consumed.
        """
        operation = self.family.operation("list").id
        if self.family.page_argument is None:
            return AsyncWholeSource(operation, self.family.model_class, self._read_whole)
        return AsyncPagedSource(operation, self.family.model_class, self._read_page, ahead=ahead)

    async def _read_page(self, number: int, size: int) -> RawPage[TaskT]:
        family = self.family
        place = {str(family.page_argument): number, family.page_size_argument: size}
        payload = await self.call("list", **place)
        return page_of(payload, family.operation("list"), family.to_model, number, size)

    async def _read_whole(self) -> RawPage[TaskT]:
        payload = await self.call("list")
        return whole_list_of(payload, self.family.operation("list"), self.family.to_model)

"""Read the tasks of one family: one, many, a page, or the newest.

This module owns how records are asked for, whatever the family: which operation, and where its
response has them. It is the bottom of this package: submitting, waiting and the resource stand on
it.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from typing import Any, Generic, TypeVar, cast

from a2e_api.types import Response
from a2e_sdk import errors
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.pagination import READ_AHEAD, AsyncPaginator
from a2e_sdk._checks.validation import MAX_BATCH, MAX_PAGE_SIZE
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk._wire.records import (
    RawPage,
    extract_records,
    raw_page_of_array,
    raw_page_of_object,
    response_data,
)
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

    async def call(self, operation: str, **values: Any) -> Response[Any]:
        """Call an operation of the family.

        Args:
            operation: Its column in the table of families.
            values: Its values by the server's keys, with ``id`` for the key of an id.
        """
        request = self.family.request(operation, **values)
        return await self.api.call_async(request, self.family.operation(operation).parse)

    def to_model(self, record: Any) -> TaskT:
        """Return the task of a record of the generated client."""
        task: TaskT = self.family.converter("record")(record)
        return task

    async def records(self, operation: str, **values: Any) -> list[TaskT]:
        """Call an operation that responds with records, and return their tasks."""
        response = await self.call(operation, **values)
        name = str(getattr(self.family, operation))
        return [self.to_model(record) for record in extract_records(response_data(response, name))]

    async def read(self, task_id: str) -> TaskT:
        """Read the task of an id that has been checked.

        Raises:
            NotFoundError: The server knows no such task.
            UnexpectedResponseError: The response is about another task.
            APIError: The call failed in another way.
        """
        if self.family.get is None:
            return await self._look_up(task_id)
        tasks = await self.records("get", id=task_id)
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
            found |= {task.id: task for task in await self.records("get_many", ids=batch)}
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
        paged = self.family.page_argument is not None
        return AsyncPaginator(
            str(self.family.list), self.read_page, page_size, paged=paged, limit=limit, ahead=ahead
        )

    async def newest(self) -> AsyncGenerator[TaskT, None]:
        """Yield the records among which a task shows that was just started, newest first.

        Each page is read only when it is needed, for a search that ends soon.
        """
        if self.family.search != "list":
            for task in await self.records(self.family.search):
                yield task
            return
        async with aclosing(self.list(MAX_PAGE_SIZE, ahead=0).__aiter__()) as newest:
            async for task in newest:
                yield task

    async def page(self, number: int, size: int) -> Page[TaskT]:
        """Read one page of the list, newest first."""
        rows = await self.read_page(number, size)
        items = tuple(rows.items())
        if self.family.page_argument is None:
            items = items[(number - 1) * size : number * size]
        return Page(items, rows.total, number, size)

    async def read_page(self, number: int, size: int) -> RawPage[TaskT]:
        """Read one page of the list; all of it where the server gives the list in one piece."""
        family = self.family
        operation = family.operation("list")
        if family.page_argument is None:
            request = operation.build_request()
        else:
            request = operation.build_request(
                **{family.page_argument: number, family.page_size_argument: size}
            )
        response = await self.api.call_async(request, operation.parse)
        data = response_data(response, request.operation)
        convert = family.converter("record")
        if isinstance(data, list):
            array = cast("list[Any]", data)
            if family.page_argument is None:
                # All that there is, whatever the size: `page` takes its piece of it.
                return RawPage(array, len(array), convert)
            return raw_page_of_array(array, number, size, convert)
        if data is None:
            return RawPage((), None, convert)
        return raw_page_of_object(data, family.rows, family.total, request.operation, convert)

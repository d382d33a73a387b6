"""What every family of tasks has in common: its row of the table, and how its tasks are started.

This module owns the way of a start: arguments checked, files uploaded, sent at most once. Which
arguments a start has is in the spec, and in the class that was written from it.
"""

from __future__ import annotations

import builtins
import uuid
from collections.abc import Mapping
from copy import copy
from typing import Any, Generic, Self, TypeVar

from a2e_api.types import Response

from ..families import TaskFamily, request_arguments
from ..models import Task
from ..spelling import friendly_name
from ..starting import Submission, texts_of
from .caller import AsyncCaller
from .starter import start_once
from .uploads import AsyncUploader

TaskT = TypeVar("TaskT", bound=Task)


class AsyncRoom(Generic[TaskT]):
    """A family of tasks.

    Args:
        caller: What calls the API.
        family: The family's row of the table.
    """

    def __init__(self, caller: AsyncCaller, family: TaskFamily) -> None:
        self._caller = caller
        self._family = family

    def _until(self, deadline: float) -> Self:
        """Return the same tasks, read by calls that begin no attempt after a deadline."""
        limited = copy(self)
        limited._caller = self._caller.until(deadline)
        return limited

    async def _call(self, verb: str, **values: Any) -> Response[Any]:
        """Call an operation of the family.

        Args:
            verb: The operation's column in the table of families.
            values: Its values by the server's keys, with ``id`` for the key of an id.
        """
        request = self._family.request(verb, **values)
        return await self._caller.call_async(request, self._family.operation(verb).parse)

    def _friendly(self, record: Any) -> TaskT:
        """Return the friendly form of a record of the generated client."""
        task: TaskT = self._family.converter("record")(record)
        return task

    async def _start(self, arguments: Mapping[str, Any]) -> TaskT:
        """Start a task; see `_start_all`."""
        return (await self._start_all(arguments))[0]

    async def _start_all(self, arguments: Mapping[str, Any]) -> builtins.list[TaskT]:
        """Start a task, or the tasks that come of one start, at most once.

        Args:
            arguments: The start's keyword arguments; None stands for one that was not given.
        """
        # Only starts need it: reading tasks goes without.
        from ..arguments import LOCAL_ARGUMENTS, arguments_of, prepare

        family = self._family
        operation = str(family.start)
        values = {key: value for key, value in arguments.items() if key not in LOCAL_ARGUMENTS}
        label = None if family.label is None else friendly_name(family.label)
        unique_name = label is not None and values.get(label) is None
        if label is not None and unique_name:
            values[label] = _unique_name(family.title, arguments_of(operation)[label].schema)
        prepared = prepare(operation, values)
        # Uploads come last: they cost coins, and nothing can be wrong with the rest any more.
        addresses = await AsyncUploader(self._caller).addresses_of(
            [argument for _, argument in prepared.files], on_progress=arguments.get("on_upload")
        )
        body = prepared.body(addresses)
        submission = Submission(
            family=family.name,
            label=family.label,
            name=None if family.label is None else body[family.label],
            unique_name=unique_name,
            inputs={
                key: value
                for key, value in texts_of(body).items()
                if key not in (family.label, *_SECRET)
            },
        )
        module = family.operation("start")
        request = module.build_request(**request_arguments(operation, body))
        resend = bool(arguments.get("resend_if_unknown"))
        return await start_once(self, request, module.parse, submission, resend=resend)


#: Keys of a start that no record gives back.
_SECRET = ("webhook_url", "webhook_token")


def _unique_name(title: str, schema: Mapping[str, Any]) -> str:
    unique = uuid.uuid4().hex
    named = f"{title} {unique}"
    return named if len(named) <= schema.get("maxLength", len(named)) else unique

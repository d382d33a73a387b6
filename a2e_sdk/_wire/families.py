"""What differs between the families of tasks, as the fields of one table.

This module owns the fields; the rows are in ``_wire.family_table``. ``_async.tasks``, the commands
and the sandbox read them: a new family is a new row, not new code. Operations are named by their
ids in the spec and imported when first used.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

import attrs

from a2e_sdk.errors import ConfigurationError


# Compared by identity: it is a key of caches, and each row is there once.
@attrs.frozen(kw_only=True, eq=False)
class TaskFamily:
    """One family of tasks.

    Attributes:
        name: `Task.family` of its tasks.
        attribute: Where its tasks hang on the client, with dots. Default: the name.
        section: The tag of its operations in the spec. Default: the name.
        title: What its tasks are for people, in lower case, such as ``face swap``.
        start: Operation that starts a task; None where the server has none (likewise below).
        get: Operation that reads one task.
        get_many: Operation that reads the tasks of some ids.
        list: Operation that lists a page of tasks.
        running: Operation that lists the running tasks.
        delete: Operation that deletes one task.
        rename: Operation that gives a task another name.
        page_argument: What the list calls the number of a page; None for a list in one piece.
        page_size_argument: What the list calls the size of a page.
        rows: Where the response of the list has its rows: the first of these keys that is there.
        total: Where it has the count of all rows, likewise.
        search: The field of the operation that shows a task that was just started.
        label: The key of the start's body that takes a name; None without one.
        results: Where a record has the links of its results, the first that is not empty. No key
            that a start fills is among them, so that an input is never taken for a result.
        many: The argument of the start that makes several tasks of one start; None without one.
        model: The class of its tasks, a name of ``a2e_sdk.models``.
        record: The function that makes a task of a record, a name of the module of
            ``_wire.to_model`` that is called like the section. Default: the one that reads any
            record by this table.
        progress: The function that does so with a row of the running tasks. Default: as `record`.
    """

    name: str
    attribute: str = attrs.field(default=attrs.Factory(lambda self: self.name, takes_self=True))
    section: str = attrs.field(default=attrs.Factory(lambda self: self.name, takes_self=True))
    title: str
    start: str | None = None
    get: str | None = None
    get_many: str | None = None
    list: str | None = None
    running: str | None = None
    delete: str | None = None
    rename: str | None = None
    page_argument: str | None = "page_num"
    page_size_argument: str = "page_size"
    rows: tuple[str, ...] = ("rows", "list", "data")
    total: tuple[str, ...] = ("count", "total")
    search: str = "list"
    label: str | None = "name"
    results: tuple[str, ...] = ()
    many: str | None = None
    model: str
    record: str | None = None
    progress: str | None = None

    @property
    def is_readable(self) -> bool:
        """Whether its tasks can be read, alone or in a list, and so be waited for."""
        return (self.get or self.list) is not None

    def require_readable(self) -> None:
        """Refuse to wait for what can't be read.

        Raises:
            ConfigurationError: The API has no operation that reads such tasks.
        """
        if not self.is_readable:
            raise ConfigurationError(
                f"{self.name} tasks can't be waited for: the API has no operation that "
                "reads one or lists them. Start them without a wait, and with a webhook_url where "
                "the start takes one."
            )

    @property
    def can_find_started(self) -> bool:
        """Whether the server lists its tasks, so that a lost start can be searched for."""
        return getattr(self, self.search) is not None

    def operation(self, name: str) -> ModuleType:
        """Import the generated module of an operation.

        Args:
            name: The operation's field in this table, such as ``list``.

        Raises:
            NotImplementedError: The server has no such operation for this family.
        """
        identifier = getattr(self, name)
        if identifier is None:
            raise NotImplementedError(f"The API has no operation to {name} tasks of {self.name}.")
        return _operation(self.section, identifier)

    def request(self, name: str, /, **values: Any) -> Any:
        """Build the request of an operation, wherever it wants its values: in a path or a body.

        Args:
            name: The operation's field in this table.
            values: Its values by the server's keys, with ``id`` for the key of an id.

        Returns:
            The request of the generated client, not sent.
        """
        operation = self.operation(name)
        return operation.build_request(**request_arguments(getattr(self, name), values))

    def converter(self, field: str) -> Any:
        """Return the function that makes a task of a record, by its field in this table."""
        return _converter(self, field)


def request_arguments(operation: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of a generated ``build_request``.

    Args:
        operation: The operation's id.
        values: Values by the server's keys; ``id`` stands for ``_id`` too.
    """
    from a2e_api import models
    from a2e_api.operations import OPERATIONS

    description = OPERATIONS[operation]
    arguments: dict[str, Any] = {}
    rest = dict(values)
    for wire, name in description.parameters.items():
        key = wire if wire in rest else name
        if key in rest:
            arguments[name] = rest.pop(key)
    if description.body:
        body = getattr(models, description.body)
        names = {wire: name for name, wire in body._wire_names.items()}
        arguments["body"] = body(**{names.get(key, key): value for key, value in rest.items()})
    elif rest:
        raise TypeError(f"{operation} takes no {min(rest)!r}.")
    return arguments


@cache
def _operation(section: str, identifier: str) -> ModuleType:
    return import_module(f"a2e_api.api.{section}.{identifier}")


@cache
def _converter(family: TaskFamily, field: str) -> Any:
    function = getattr(family, field) or family.record
    if function is None:
        from a2e_sdk._wire.to_model.records import record_converter

        model = getattr(import_module("a2e_sdk.models"), family.model)
        return record_converter(model, family.results)
    return getattr(import_module(f"a2e_sdk._wire.to_model.{family.section}"), function)

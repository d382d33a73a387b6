"""What differs between the families of tasks, as the fields of one table.

This module owns the fields; the rows are in ``_wire.family_table``. ``_async.tasks``, the commands
and the sandbox read them: a new family is a new row, not new code. Operations are named by their
ids in the spec.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import attrs

from a2e_sdk.errors import ConfigurationError

from .records import Record

if TYPE_CHECKING:
    from a2e_api.operations import Operation


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
        search: The field of the operation that shows a task that was just started.
        label: The key of the start's body that takes a name; None without one.
        results: Where a record has the links of its results, the first that is not empty. No key
            that a start fills is among them, so that an input is never taken for a result.
        many: The argument of the start that makes several tasks of one start; None without one.
        model: The class of its tasks, a name of ``a2e_sdk.models``.
        record: The function that makes a task of a record, a name of the module of
            ``_wire.to_model`` that is called like the section. Default: the one that reads any
            record by this table.
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
    search: str = "list"
    label: str | None = "name"
    results: tuple[str, ...] = ()
    many: str | None = None
    model: str
    record: str | None = None

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

    def operation(self, name: str) -> Operation:
        """Return an operation of the generated index.

        Args:
            name: The operation's field in this table, such as ``list``.

        Raises:
            NotImplementedError: The server has no such operation for this family.
        """
        identifier = getattr(self, name)
        if identifier is None:
            raise NotImplementedError(f"The API has no operation to {name} tasks of {self.name}.")
        # The commands of the terminal read this table without it.
        from a2e_api.operations import OPERATIONS

        return OPERATIONS[identifier]

    @property
    def model_class(self) -> type[Any]:
        """The class of its tasks."""
        model: type[Any] = getattr(import_module("a2e_sdk.models"), self.model)
        return model

    @property
    def to_model(self) -> Callable[[Record], Any]:
        """The function that makes a task of a record."""
        return _converter(self)


@cache
def _converter(family: TaskFamily) -> Callable[[Record], Any]:
    if family.record is None:
        from a2e_sdk._wire.to_model.records import record_converter

        return record_converter(family.model_class, family.results)
    module = import_module(f"a2e_sdk._wire.to_model.{family.section}")
    convert: Callable[[Record], Any] = getattr(module, family.record)
    return convert

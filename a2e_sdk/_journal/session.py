"""What a piece of work may do within its transaction, whichever database the journal is kept in.

This module owns that boundary: statements are written once, with ``?`` for values, in the SQL that
all of them share.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

Row = tuple[Any, ...]


class Connection(Protocol):
    """A connection to the database of a journal, used by one thread at a time."""

    @property
    def changes(self) -> int:
        """How many rows were changed in all."""
        ...

    @property
    def is_spoilt(self) -> bool:
        """Whether the transaction takes no further statement, since one of it failed."""
        ...

    def begin(self) -> None:
        """Begin a transaction that excludes those of all others."""
        ...

    def commit(self) -> None:
        """End the transaction; its changes are on the disk then."""
        ...

    def rollback(self) -> None:
        """End the transaction and undo its changes."""
        ...

    def rows(self, statement: str, values: Sequence[Any]) -> list[Row]:
        """Return the rows that a statement selects."""
        ...

    def execute(self, statement: str, values: Sequence[Any]) -> int:
        """Change something; return how many rows were changed."""
        ...

    def insert(self, statement: str, values: Sequence[Any]) -> int:
        """Insert a row and return its number, which is its ``id``."""
        ...

    def try_again(self, error: BaseException) -> bool:
        """Tell whether a transaction that failed is to be done once more.

        Args:
            error: What it failed with.
        """
        ...

    def close(self) -> None:
        """Close it."""
        ...


class Session:
    """What a piece of work may do within its transaction.

    Args:
        connection: The connection.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._on_success: list[Callable[[], object]] = []
        self._on_failure: list[Callable[[], object]] = []

    def rows(self, statement: str, *values: Any) -> list[Row]:
        """Return the rows that a statement selects."""
        return self._connection.rows(statement, values)

    def row(self, statement: str, *values: Any) -> Row | None:
        """Return the first row that a statement selects; None without one."""
        found = self._connection.rows(statement, values)
        return found[0] if found else None

    def execute(self, statement: str, *values: Any) -> int:
        """Change something; return how many rows were changed."""
        return self._connection.execute(statement, values)

    def insert(self, statement: str, *values: Any) -> int:
        """Insert a row and return its number, which is its ``id``."""
        return self._connection.insert(statement, values)

    def on_success(self, function: Callable[[], object]) -> None:
        """Have something done once the changes are on the disk."""
        self._on_success.append(function)

    def on_failure(self, function: Callable[[], object]) -> None:
        """Have something done where the changes don't come to the disk."""
        self._on_failure.append(function)

    def end(self, *, success: bool) -> None:
        """Do what was to be done."""
        functions = self._on_success if success else self._on_failure
        self._on_success, self._on_failure = [], []
        for function in reversed(functions):
            function()

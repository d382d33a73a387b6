"""A journal that is only read: without a key, without the network, and without an account.

This module owns that reading. What changes a journal, or sends anything, goes through a client,
which checks whose journal it is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

import attrs

from a2e_sdk import errors
from a2e_sdk._config.journal_place import JournalPlace, journal_place
from a2e_sdk._journal.coins import first_hour, period_start
from a2e_sdk._journal.opening import store_of
from a2e_sdk._journal.queries import entries_after, entry_of_key, spending_of
from a2e_sdk._journal.session import Connection, Row, Session
from a2e_sdk._journal.store import Store
from a2e_sdk.cli.options.common import JOURNAL_VARIABLE
from a2e_sdk.models.journal import Budget, EntryState, JournalEntry, Spending

ResultT = TypeVar("ResultT")


class _ReadingSession(Session):
    """A session whose errors say what is wrong with the journal.

    Args:
        connection: The connection.
        store: The journal.
    """

    def __init__(self, connection: Connection, store: Store) -> None:
        super().__init__(connection)
        self._store = store

    def rows(self, statement: str, *values: Any) -> list[Row]:
        """Return the rows that a statement selects."""
        return self._said(super().rows, statement, values)

    def row(self, statement: str, *values: Any) -> Row | None:
        """Return the first row that a statement selects; None without one."""
        return self._said(super().row, statement, values)

    def _said(
        self, function: Callable[..., ResultT], statement: str, values: tuple[Any, ...]
    ) -> ResultT:
        try:
            return function(statement, *values)
        except Exception as error:
            problem = self._store.problem(error)
            if problem is None:
                raise
        raise problem


class JournalReader:
    """Reads a journal.

    Args:
        session: The connection to it.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def entries(
        self, states: Sequence[EntryState] = (), family: str | None = None
    ) -> Iterator[JournalEntry]:
        """Yield entries, oldest first.

        Args:
            states: Their states; any where there are none.
            family: Their family; None for any.
        """
        last = 0
        while page := entries_after(self._session, last, states, family):
            yield from page
            last = page[-1].id

    def entry_of_key(self, key: str) -> JournalEntry | None:
        """Return the entry of a key, the latest attempt; None where there is none."""
        return entry_of_key(self._session, key)

    def spent(self, budget: Budget | None) -> Spending:
        """Return the coins that were spent and are reserved, in the period of a budget.

        Args:
            budget: The budget; None for the whole journal.
        """
        if budget is None:
            return spending_of(self._session, None)
        now = datetime.now(UTC)
        found = spending_of(self._session, first_hour(budget, now))
        return attrs.evolve(found, limit=budget.coins, since=period_start(budget, now))


@contextmanager
def reading_journal(place: JournalPlace) -> Generator[JournalReader, None, None]:
    """Open a journal for reading.

    Args:
        place: Where it is.

    Raises:
        JournalError: There is none, or it can't be read.
    """
    store = store_of(place)
    with closing(store.connect_for_reading()) as connection:
        yield JournalReader(_ReadingSession(connection, store))


def is_journal(place: JournalPlace) -> bool:
    """Tell whether there is a journal.

    Args:
        place: Where it would be.

    Raises:
        JournalError: Its server can't be asked.
    """
    return store_of(place).exists()


def require_there(place: JournalPlace) -> None:
    """Refuse a journal that is not there, which a client would make.

    Raises:
        JournalError: It is not, or its server can't be asked.
    """
    store = store_of(place)
    if not store.exists():
        raise store.missing()


def named_journal(journal: str | None) -> JournalPlace:
    """Return the place of the journal that a command is about.

    Args:
        journal: The value of ``--journal``; None where it was not given.

    Raises:
        ConfigurationError: None was named, or it is neither a path nor a URL.
    """
    place = journal_place(journal or os.environ.get(JOURNAL_VARIABLE))
    if place is None:
        raise errors.ConfigurationError(
            "which journal? Name it with --journal FILE, or set A2E_JOURNAL. That of a batch "
            "is journal.db in its folder of results."
        )
    return place

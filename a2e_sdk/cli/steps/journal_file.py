"""A journal that is only read: without a key, without the network, and without an account.

This module owns that reading. What changes a journal, or sends anything, goes through a client,
which checks whose journal it is.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import attrs

from a2e_sdk import errors
from a2e_sdk._config.settings import journal_path
from a2e_sdk._journal.coins import first_hour, period_start
from a2e_sdk._journal.database import Session, connect
from a2e_sdk._journal.queries import entries_after, entry_of_key, spending_of
from a2e_sdk.cli.options.common import JOURNAL_VARIABLE
from a2e_sdk.models.journal import Budget, EntryState, JournalEntry, Spending

ResultT = TypeVar("ResultT")


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
def reading_journal(path: Path) -> Generator[JournalReader, None, None]:
    """Open a journal for reading.

    Args:
        path: Its file.

    Raises:
        JournalError: There is none, or it can't be read.
    """
    if not path.exists():
        raise errors.JournalError(f"there is no journal {str(path)!r}.")
    with closing(connect(path)) as connection:
        yield JournalReader(Session(connection))


def named_journal(journal: str | None) -> Path:
    """Return the file of the journal that a command is about.

    Args:
        journal: The value of ``--journal``; None where it was not given.

    Raises:
        ConfigurationError: None was named, or it is no path.
    """
    path = journal_path(journal or os.environ.get(JOURNAL_VARIABLE))
    if path is None:
        raise errors.ConfigurationError(
            "which journal? Name its file with --journal FILE, or set A2E_JOURNAL. That of a batch "
            "is journal.db in its folder of results."
        )
    return path

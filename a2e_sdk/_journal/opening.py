"""Open journals: one for each place and process, and a client's own way to it.

This module owns which clients share a journal, and the check that a client is of its account.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from weakref import WeakValueDictionary

import attrs

from a2e_sdk._config.journal_place import JournalPlace, PostgresAddress
from a2e_sdk._config.settings import Configuration
from a2e_sdk.errors import ConfigurationError
from a2e_sdk.models.journal import Budget

from .database import Database
from .identity import account_fingerprint
from .journal import Journal
from .session import Session
from .sqlite import SqliteStore
from .store import Store

ResultT = TypeVar("ResultT")


class _Shared:
    """What the clients of one process share that use one journal.

    SQLite's locks and ours are a process's, whatever opened the file there.
    """

    def __init__(self, place: JournalPlace | None) -> None:
        self.store = store_of(place)
        self.database = Database(self.store)
        self.journal = Journal(self.store)


_open: WeakValueDictionary[str, _Shared] = WeakValueDictionary()
_lock = threading.Lock()


def _renew_lock() -> None:
    global _lock
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_lock)


def store_of(place: JournalPlace | None) -> Store:
    """Return the store of a journal; nothing is read or made before it is connected to.

    Args:
        place: Where the journal is; None for one in memory.
    """
    if isinstance(place, PostgresAddress):
        from .postgres import PostgresStore

        return PostgresStore(place)
    return SqliteStore(place)


def _shared(place: JournalPlace | None) -> _Shared:
    if place is None:
        return _Shared(None)
    if isinstance(place, PostgresAddress):
        name = f"{place.url} {place.schema}"
    else:
        name = os.path.realpath(place)
        place = Path(name)
    with _lock:
        found = _open.get(name)
        if found is None:
            found = _open[name] = _Shared(place)
        return found


@attrs.define(eq=False)
class ClientJournal:
    """A client's way to its journal.

    Attributes:
        place: Where it is; None for one in memory, which only keeps a budget.
        budget: What may be spent; None for any sum.
        database: Where the steps are handed over.
        steps: The steps of starts.
    """

    place: JournalPlace | None
    budget: Budget | None
    database: Database
    steps: Journal
    _shared: _Shared
    _fingerprint: Callable[[str], str]
    _is_checked: bool = False

    def of_account(self, function: Callable[[Session], ResultT]) -> Callable[[Session], ResultT]:
        """Return work that is done once the journal is known to be of the client's account.

        Args:
            function: The work.
        """
        if self._is_checked:
            return function

        def checked(session: Session) -> ResultT:
            self.steps.require_account(session, self._fingerprint)
            session.on_success(self._checked)
            return function(session)

        return checked

    def adopt(self, session: Session) -> None:
        """Make the journal that of the client's account."""
        self.steps.adopt(session, self._fingerprint)

    def _checked(self) -> None:
        self._is_checked = True


def open_journal(configuration: Configuration) -> ClientJournal | None:
    """Return a client's way to its journal; None where it has neither a journal nor a budget.

    Nothing is read or made before the first use.
    """
    if configuration.journal is None and configuration.budget is None:
        return None

    def fingerprint(salt: str) -> str:
        server = configuration.address.base_url
        return account_fingerprint(salt, server, configuration.key.authorization())

    place, budget = configuration.journal, configuration.budget
    shared = _shared(place)
    return ClientJournal(place, budget, shared.database, shared.journal, shared, fingerprint)


def require_journal(journal: ClientJournal | None, what: str) -> ClientJournal:
    """Return a journal that is kept.

    Args:
        journal: What a client has.
        what: What needs it, such as ``key=``.

    Raises:
        ConfigurationError: There is none.
    """
    if journal is None or journal.place is None:
        raise ConfigurationError(
            f"{what} needs a journal: give the client one with journal='jobs.db', or set "
            "A2E_JOURNAL."
        )
    return journal

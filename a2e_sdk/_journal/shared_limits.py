"""Limits that all processes of a journal keep together: how much is under way, and how fast.

This module owns how they are kept: for each process that is there, what it has under way, and one
value for each limit. What a process had ends with it, as its places do. The functions are steps of
a session; what is decided by them is the matter of who uses them.
"""

from __future__ import annotations

from a2e_sdk._runtime.forks import ForkAware

from .locks import Presence
from .session import Session
from .store import Store


class SharedLimits(ForkAware):
    """What one user of a limit has under way, beside all others.

    Args:
        store: The journal.
        name: The limit.
        holder: What tells the user from others of the same process.
    """

    def __init__(self, store: Store, name: str, holder: str) -> None:
        super().__init__()
        self._store = store
        self._name = name
        self._holder = holder
        self._drop_inherited()

    def _drop_inherited(self) -> None:
        self._presence: Presence | None = None

    def others(self, session: Session, at_most: int) -> int:
        """Return how much others have under way.

        Args:
            session: The transaction.
            at_most: From where on it matters whether they are still there.
        """
        own = self._number(session)
        rows = session.rows(
            "SELECT owner, holder, used FROM slots WHERE name = ? AND used > 0", self._name
        )
        used = {
            (owner, holder): number
            for owner, holder, number in rows
            if (owner, holder) != (own, self._holder)
        }
        if sum(used.values()) >= at_most:
            for owner in {owner for owner, _ in used} - {own}:
                if not self._store.locks.is_present(owner, session):
                    session.execute("DELETE FROM slots WHERE owner = ?", owner)
                    used = {pair: number for pair, number in used.items() if pair[0] != owner}
        return sum(used.values())

    def use(self, session: Session, number: int) -> None:
        """Say how much is under way here."""
        session.execute(
            "INSERT INTO slots (name, owner, holder, used) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (name, owner, holder) DO UPDATE SET used = excluded.used",
            self._name,
            self._number(session),
            self._holder,
            number,
        )

    def leave(self, session: Session) -> None:
        """Say that nothing is, and nothing will be."""
        session.execute(
            "DELETE FROM slots WHERE name = ? AND owner = ? AND holder = ?",
            self._name,
            self._number(session),
            self._holder,
        )

    def value(self, session: Session) -> str | None:
        """Return what is kept of the limit; None for nothing yet."""
        row = session.row("SELECT value FROM limits WHERE name = ?", self._name)
        return None if row is None else str(row[0])

    def keep(self, session: Session, value: str) -> None:
        """Keep something of the limit, for all."""
        session.execute(
            "INSERT INTO limits (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            self._name,
            value,
        )

    def seconds(self, session: Session) -> float:
        """Return the seconds of a clock that all share."""
        return self._store.seconds(session)

    def _number(self, session: Session) -> int:
        self.renew_after_fork()
        if self._presence is None:
            presence = self._store.locks.presence(session)
            if presence.hold is not None:
                session.on_failure(self._drop_inherited)
            self._presence = presence
        return self._presence.number()

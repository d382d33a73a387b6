"""The locks of a journal on a server: rows that are valid while their process is connected.

This module owns which process has taken which place. A process is told by a number of its own, on
which it holds an advisory lock of the server for as long as it is connected; the server lets it go
when the connection ends, however it ends. A place that was taken by a process whose number is free
is nobody's any more.
"""

from __future__ import annotations

import hashlib
from collections import deque

from a2e_sdk._runtime.closed_loops import is_closed

from .locks import Hold, Locks, Owner, Presence
from .session import Session

#: So many places are given back with a statement.
_AT_ONCE = 500


def lock_number(*words: object) -> int:
    """Return the number of an advisory lock of a server, which are 64 bits wide."""
    digest = hashlib.sha256(" ".join(map(str, words)).encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


class PostgresLocks(Locks):
    """The places that this process has taken in a journal on a server."""

    def __init__(self) -> None:
        self.journal_id = ""
        super().__init__()

    def _drop_inherited(self) -> None:
        super()._drop_inherited()
        self.owner = 0
        self._numbers: list[int] = []
        # Filled wherever one is let go, even by the collector; emptied by the database's thread.
        self._given: deque[int] = deque()

    @property
    def are_in_use(self) -> bool:
        """Whether a place is taken, or is still to be given back."""
        return bool(self._held or self._given)

    def introduce(self, session: Session, journal_id: str, *, is_in_doubt: bool) -> None:
        """Take a number for a connection that was just made, and keep what the last one held.

        Args:
            session: The transaction.
            journal_id: What tells the journal from others on the server.
            is_in_doubt: Whether it is still to be found out what the last one wrote.
        """
        self.renew_after_fork()
        self.journal_id = journal_id
        number = self._taken_number(session)
        kept: set[int] = set()
        if self._numbers:
            marks = ", ".join("?" * len(self._numbers))
            session.execute(
                f"UPDATE holds SET owner = ? WHERE owner IN ({marks})",  # noqa: S608
                number,
                *self._numbers,
            )
            if not is_in_doubt:
                session.execute(
                    f"DELETE FROM commits WHERE owner IN ({marks})",  # noqa: S608
                    *self._numbers,
                )
            session.execute(
                f"UPDATE slots SET owner = ? WHERE owner IN ({marks})",  # noqa: S608
                number,
                *self._numbers,
            )
            places = session.rows("SELECT place FROM holds WHERE owner = ?", number)
            kept = {place for (place,) in places}
        # Also where it is never known whether this was written.
        self._numbers.append(number)

        def introduced() -> None:
            if not is_in_doubt:
                self._numbers = [number]
            self.owner = number
            with self._lock:
                # Another process took it over, because this one was away.
                for place in set(self._held) - kept:
                    del self._held[place]

        session.on_success(introduced)

    def presence(self, session: Session) -> Presence:
        """Return the number that this process has while it is connected."""
        return Presence(lambda: self.owner)

    def is_present(self, number: int, session: Session) -> bool:
        """Tell whether a process is connected."""
        return number == self.owner or self._is_alive(session, number)

    def _taken_number(self, session: Session) -> int:
        # A backup that was put back gives numbers again that processes still have.
        while True:
            ((number,),) = session.rows("SELECT nextval('owners')")
            key = lock_number(self.journal_id, number)
            if session.rows(f"SELECT pg_try_advisory_lock({key})") == [(True,)]:
                return int(number)

    def take(self, place: int, session: Session | None = None) -> Hold | None:
        """Take a place; None where it is taken, by this process or another one."""
        self.renew_after_fork()
        held = self._held.get(place)
        # Only the database's thread takes places, so that no lock is needed meanwhile.
        if not _is_free(held) or (held is None and not self._acquire(place, session)):
            return None
        with self._lock:
            return self._hold(place)

    def is_taken(self, place: int, session: Session | None = None) -> bool:
        """Tell whether a place is taken, by this process or another one."""
        self.renew_after_fork()
        held = self._held.get(place)
        if held is not None:
            return not _is_free(held)
        found = _required(session).row("SELECT owner FROM holds WHERE place = ?", place)
        return found is not None and self._is_alive(_required(session), found[0])

    def leave(self, session: Session, hold: Hold) -> None:
        """Give a place back with a transaction."""
        if not self.is_held(hold):
            return
        session.execute("DELETE FROM holds WHERE place = ? AND owner = ?", hold.place, self.owner)

        def left() -> None:
            hold.owner.has_left = True

        session.on_success(left)

    def give_back(self, session: Session) -> None:
        """Give back, with a transaction, all places that were let go since the last one."""
        places = [self._given.popleft() for _ in range(min(len(self._given), _AT_ONCE))]
        if not places:
            return
        # One that was taken again meanwhile is held by the same process.
        free = [place for place in places if place not in self._held]
        marks = ", ".join("?" * len(free))
        if free:
            session.execute(
                f"DELETE FROM holds WHERE owner = ? AND place IN ({marks})",  # noqa: S608
                self.owner,
                *free,
            )
        session.on_failure(lambda: self._given.extend(places))
        if self._given:
            session.on_success(self.on_release)

    def _acquire(self, place: int, session: Session | None) -> bool:
        session = _required(session)
        if session.execute(
            "INSERT INTO holds (place, owner) VALUES (?, ?) ON CONFLICT (place) DO NOTHING",
            place,
            self.owner,
        ):
            return True
        ((owner,),) = session.rows("SELECT owner FROM holds WHERE place = ?", place)
        if owner == self.owner:
            return True  # It was let go, and is not given back yet.
        if self._is_alive(session, owner):
            return False
        session.execute("UPDATE holds SET owner = ? WHERE place = ?", self.owner, place)
        return True

    def _is_alive(self, session: Session, owner: int) -> bool:
        if owner == self.owner:
            return False  # It is not among the places that are held.
        number = lock_number(self.journal_id, owner)
        # Where it is free, it is let go with the transaction, as which no other one is at work.
        return session.rows(f"SELECT pg_try_advisory_xact_lock({number})") == [(False,)]

    def _release(self, place: int) -> None:
        self._given.append(place)
        self.on_release()


def _is_free(held: Owner | None) -> bool:
    return held is None or is_closed(held.loop)


def _required(session: Session | None) -> Session:
    assert session is not None, "places of this journal are taken within a transaction"  # noqa: S101
    return session

"""The coins of entries, and their sums.

This module owns what is reserved, spent and released when, and that the sums of an hour are those
of its entries.
"""

from __future__ import annotations

from datetime import UTC, datetime

import attrs

from .coins import HOUR, hour_of, millionths
from .entries import NO_FILES
from .session import Session


def counted_moment(session: Session, now: datetime) -> datetime:
    """Return the moment that coins are counted under: a clock set back opens no period again.

    Args:
        session: The transaction.
        now: The present moment by the clock.
    """
    row = session.row("SELECT max(hour) FROM spending")
    latest = None if row is None else row[0]
    if latest is None or latest <= hour_of(now):
        return now
    return datetime.fromtimestamp(latest * HOUR, UTC)


#: What `Account` is made of, in its order.
ACCOUNT = "hour, quote, reserved, spent, coins"


@attrs.frozen
class Account:
    """The coins of an entry, in millionths.

    Attributes:
        hour: The hour that they are counted under.
        quote: The price that was asked; None where none was.
        reserved: What is held back.
        spent: What was paid, uploads included.
        coins: What its tasks cost; None where that is not known.
    """

    hour: int
    quote: int | None
    reserved: int
    spent: int
    coins: int | None

    def settled(self, coins: float | None) -> Account:
        """Return it with what its tasks cost, in the place of what was reserved.

        Args:
            coins: That; None where the server did not say, so that the quote counts.
        """
        cost = self.quote if coins is None else millionths(coins)
        if cost is None:
            # Nobody said what it cost: what was held back may be gone.
            cost = self.reserved or self.coins
        spent = self.spent - (self.coins or 0) + (cost or 0)
        return attrs.evolve(self, reserved=0, spent=spent, coins=cost)


def settle(session: Session, entry: int, coins: float | None) -> None:
    """Count what a start cost, in the place of what was counted before."""
    row = session.row(f"SELECT {ACCOUNT} FROM entries WHERE id = ?", entry)  # noqa: S608
    if row is None:
        return
    account = Account(*row)
    settled = account.settled(coins)
    session.execute(
        "UPDATE entries SET reserved = ?, spent = ?, coins = ? WHERE id = ?",
        settled.reserved,
        settled.spent,
        settled.coins,
        entry,
    )
    count_change(session, account, settled)


def count_change(session: Session, before: Account, after: Account) -> None:
    """Change the sums of an entry's hour by what its coins changed."""
    count(session, before.hour, after.reserved - before.reserved, after.spent - before.spent)


def release(session: Session, entry: int) -> None:
    """Hold nothing back for an entry any more."""
    row = session.row("SELECT hour, reserved FROM entries WHERE id = ?", entry)
    if row is not None and row[1]:
        session.execute("UPDATE entries SET reserved = 0 WHERE id = ?", entry)
        count(session, row[0], -row[1], 0)


def count(session: Session, hour: int, reserved: int, spent: int) -> None:
    """Change the sums of an hour."""
    if reserved or spent:
        session.execute(
            "INSERT INTO spending (hour, reserved, spent) VALUES (?, ?, ?) ON CONFLICT (hour) DO "
            "UPDATE SET reserved = spending.reserved + excluded.reserved, "
            "spent = spending.spent + excluded.spent",
            hour,
            reserved,
            spent,
        )


def charge(session: Session, entry: int, price: float) -> None:
    """Count coins of an entry as spent before it is settled, out of those that are reserved."""
    _charge(session, entry, millionths(price))


def charge_uploads(session: Session, entry: int) -> None:
    """Count what was reserved for the uploads of an entry as spent."""
    row = session.row("SELECT files, quote, reserved FROM entries WHERE id = ?", entry)
    if row is not None and row[0] != NO_FILES:
        _charge(session, entry, max(row[2] - (row[1] or 0), 0))


def _charge(session: Session, entry: int, spent: int) -> None:
    row = session.row("SELECT hour, reserved FROM entries WHERE id = ?", entry)
    if row is None:
        return
    released = min(spent, row[1])
    session.execute(
        "UPDATE entries SET reserved = reserved - ?, spent = spent + ? WHERE id = ?",
        released,
        spent,
        entry,
    )
    count(session, row[0], -released, spent)

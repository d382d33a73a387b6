"""The coins of entries, and their sums.

This module owns what is reserved, spent and released when, and that the sums of an hour are those
of its entries.
"""

from __future__ import annotations

from .coins import millionths
from .database import Session


def settle(session: Session, entry: int, coins: float | None) -> None:
    """Count what a start cost, in the place of what was reserved for it."""
    row = session.row("SELECT hour, quote, reserved, spent, coins FROM entries WHERE id = ?", entry)
    if row is None:
        return
    hour, quote, reserved, spent, counted = row
    cost = quote if coins is None else millionths(coins)
    if cost is None:
        cost = reserved or None  # Nobody said what it cost: what was held back may be gone.
    before, after = counted or 0, counted if cost is None else cost
    session.execute(
        "UPDATE entries SET reserved = 0, spent = ?, coins = ? WHERE id = ?",
        spent - before + (after or 0),
        after,
        entry,
    )
    count(session, hour, -reserved, (after or 0) - before)


def release(session: Session, entry: int) -> None:
    row = session.row("SELECT hour, reserved FROM entries WHERE id = ?", entry)
    if row is not None and row[1]:
        session.execute("UPDATE entries SET reserved = 0 WHERE id = ?", entry)
        count(session, row[0], -row[1], 0)


def count(session: Session, hour: int, reserved: int, spent: int) -> None:
    """Change the sums of an hour."""
    if reserved or spent:
        session.execute(
            "INSERT INTO spending (hour, reserved, spent) VALUES (?, ?, ?) ON CONFLICT (hour) DO "
            "UPDATE SET reserved = reserved + excluded.reserved, spent = spent + excluded.spent",
            hour,
            reserved,
            spent,
        )


def charge(session: Session, entry: int, price: float) -> None:
    """Count coins of an entry as spent before it is settled, out of those that are reserved."""
    row = session.row("SELECT hour, reserved FROM entries WHERE id = ?", entry)
    if row is None:
        return
    spent = millionths(price)
    released = min(spent, row[1])
    session.execute(
        "UPDATE entries SET reserved = reserved - ?, spent = spent + ? WHERE id = ?",
        released,
        spent,
        entry,
    )
    count(session, row[0], -released, spent)

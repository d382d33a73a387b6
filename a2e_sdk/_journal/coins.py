"""Coins as whole numbers of millionths, so that sums of them are exact.

This module owns the conversion, and the decisions of the budget. It is pure.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime

from a2e_sdk.errors import BudgetExceededError
from a2e_sdk.models.journal import Budget, Spending

_MILLIONTHS = 1_000_000
#: The seconds of an hour.
HOUR = 3600


def millionths(coins: float) -> int:
    """Return coins as millionths, rounded up, so that a reservation is never too small."""
    return math.ceil(round(coins * _MILLIONTHS, 3))


def coins_of(number: int) -> float:
    """Return millionths as coins; a whole number where they are whole."""
    return number / _MILLIONTHS if number % _MILLIONTHS else number // _MILLIONTHS


def hour_of(moment: datetime) -> int:
    """Return the number of the hour that a moment is in, which its coins are counted under."""
    return int(moment.timestamp()) // HOUR


def first_hour(budget: Budget, now: datetime) -> int | None:
    """Return the first hour that counts for a budget; None where all do."""
    start = period_start(budget, now)
    return None if start is None else hour_of(start)


def period_start(budget: Budget, now: datetime) -> datetime | None:
    """Return when the period of a budget began; None for one without a period."""
    if budget.per is None:
        return None
    moment = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    if budget.per == "hour":
        return moment
    return moment.replace(hour=0) if budget.per == "day" else moment.replace(hour=0, day=1)


def require_within(budget: Budget, spending: Spending, price: float) -> None:
    """Refuse a price that a budget has not left.

    Args:
        budget: The budget.
        spending: What was spent and reserved in its period.
        price: What a start would cost, in coins.

    Raises:
        BudgetExceededError: Together they exceed the limit.
    """
    together = sum(map(millionths, (spending.spent, spending.reserved, price)))
    if together <= millionths(budget.coins):
        return
    period = f" per {budget.per}" if budget.per else ""
    begins_anew = f" or wait for the next {budget.per}" if budget.per else ""
    raise BudgetExceededError(
        f"the budget of {budget.coins:g} coins{period} does not allow a start of {price:g} coins: "
        f"{spending.spent:g} are spent and {spending.reserved:g} reserved. Nothing was sent; raise "
        f"the budget{begins_anew}",
        limit=budget.coins,
        spent=spending.spent,
        reserved=spending.reserved,
        price=price,
    )


def without_price(budget: Budget | None, what: str, advice: str) -> BudgetExceededError:
    """Return the error for what the server gives no price for.

    Args:
        budget: The budget; None without one.
        what: What has no price.
        advice: What can be done, as the end of a sentence.
    """
    return BudgetExceededError(
        f"the server gives no price for {what}, so the budget can't vouch for it. Nothing was "
        f"sent; {advice}",
        limit=0 if budget is None else budget.coins,
        spent=0,
        reserved=0,
        price=None,
    )


def require_at_most(max_coins: float, price: float) -> None:
    """Refuse a price above what one call may cost.

    Raises:
        BudgetExceededError: It is above.
    """
    if millionths(price) > millionths(max_coins):
        raise BudgetExceededError(
            f"the start costs {price:g} coins, and max_coins is {max_coins:g}. Nothing was sent",
            limit=max_coins,
            spent=0,
            reserved=0,
            price=price,
        )

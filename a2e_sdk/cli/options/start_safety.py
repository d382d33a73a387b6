"""The options about what a start may cost, and what keeps it from being paid for twice.

This module owns ``--key``, ``--max-coins``, ``--journal`` and ``--budget``, and how a budget is
written. What they mean is the facade's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from a2e_sdk.cli.options.parameters import all_of

if TYPE_CHECKING:
    from a2e_sdk.models.journal import Budget

key_option = click.option(
    "--key",
    metavar="NAME",
    help="What this start is called, 1 to 200 characters: under one name it is made at most "
    "once, in every process that shares the journal. Needs a journal.",
)
max_coins_option = click.option(
    "--max-coins",
    type=float,
    metavar="N",
    help="What it may cost at the most; the price is asked before, which is free.",
)
journal_option = click.option(
    "--journal",
    metavar="FILE",
    help="The file in which starts are written down before they are sent, or the "
    "postgresql:// URL of a journal that many machines share. Default: A2E_JOURNAL, else none.",
)
budget_option = click.option(
    "--budget",
    metavar="N|N/hour|N/day|N/month",
    help="Coins that all who share the journal may spend. Default: any sum.",
)

#: Those of every start.
start_safety_options = all_of(key_option, max_coins_option, journal_option, budget_option)


def budget_of(text: str | None) -> Budget | None:
    """Return the budget that ``--budget`` means.

    Args:
        text: Such as ``2000`` or ``200/day``; None where it was not given.

    Raises:
        ValueError: It is none.
    """
    if text is None:
        return None
    from a2e_sdk.models.journal import PERIODS, Budget

    coins, mark, period = text.partition("/")
    try:
        return Budget(float(coins), period if mark else None)  # type: ignore[arg-type]
    except ValueError:
        periods = ", ".join(f"{coins if _is_number(coins) else 200}/{name}" for name in PERIODS)
        raise ValueError(
            f"--budget must be a number of coins up to 1,000,000,000, or one for a period "
            f"({periods}); it is {text[:60]!r}."
        ) from None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len("1000000000")


def safe_values(key: str | None, max_coins: float | None) -> dict[str, Any]:
    """Return the arguments of a start that these options mean; nothing for those not given."""
    given = {"key": key, "max_coins": max_coins}
    return {name: value for name, value in given.items() if value is not None}

"""The account: what is left, what was spent, what a start would cost.

This module owns the operations around coins and the few around the user. What is left and what was
spent is read from the ledger; an entry has the key ``amount``, above 0 for what was given back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from a2e_sdk.sandbox.protocol.identifiers import numbered_id
from a2e_sdk.sandbox.protocol.responses import RefusedError, refused_field
from a2e_sdk.sandbox.protocol.routing import Call, OperationHandler
from a2e_sdk.sandbox.state.clock import wire_time
from a2e_sdk.sandbox.state.collection import page_asked_for
from a2e_sdk.sandbox.state.ledger import CoinEntry
from a2e_sdk.sandbox.state.server_state import SandboxState
from a2e_sdk.sandbox.tasks.family import Row

from .face_swap import USER_ID

__all__ = ["Account", "Quote"]

Quote = Callable[[Mapping[str, Any]], int]
"""Returns the coins that a start with such a body costs."""


class Account:
    """The account and its history.

    Args:
        state: what it shares with the rest of the sandbox.
        quote_for: returns what tells the price of a start, by its path; None where nothing does.
    """

    def __init__(self, state: SandboxState, quote_for: Callable[[str], Quote | None]) -> None:
        self._state = state
        self._quote_for = quote_for

    def handlers(self) -> dict[str, OperationHandler]:
        """Return the handler of each operation, by its id."""
        return {
            "get_coins": lambda _: {"coins": self._state.coins.balance, "diamonds": 0},
            "list_credits": self._history,
            "get_quote": self._quote,
            "get_current_user": self._user,
            "add_user": lambda call: {"username": call.body.get("username", "")},
            "add_api_token": self._add_token,
        }

    def _history(self, call: Call) -> Row:
        number, size = page_asked_for(call)
        first, last = _moment(call, "startDate"), _moment(call, "endDate")
        is_spent = call.query.get("is_consumption")
        coins = self._state.coins
        places: Sequence[int] = range(len(coins))
        if (first, last, is_spent) != (None, None, None):
            places = [
                place
                for place, entry in enumerate(coins)
                if (first is None or entry.at >= first)
                and (last is None or entry.at <= last)
                and is_spent in (None, entry.amount < 0)
            ]
        page = places[::-1][(number - 1) * size : number * size]
        rows = [_entry_row(place, coins[place]) for place in page]
        return {"rows": rows, "count": len(places)}

    def _quote(self, call: Call) -> Row:
        quote = self._quote_for(call.body["endpoint"])
        if quote is None:
            raise RefusedError("This endpoint has no price")
        try:
            coins = quote(call.body["requestBody"])
        except (TypeError, ValueError):
            # The body is not validated; what cannot be reckoned with is not there.
            coins = quote({})
        return {"coins": coins, "generationRequestValidated": False}

    def _user(self, call: Call) -> Row:
        at = wire_time(call.now)
        times = {"checkInTime": at, "nextCheckInTime": at}
        names = {"name": "sandbox", "nick_name": "sandbox"}
        return {"_id": USER_ID, **names, **times, "checkInCoins": 0}

    def _add_token(self, call: Call) -> Row:
        identifier = self._state.identifiers.object_id(call.now)
        return {"_id": identifier, "token": f"sk_sandbox_{identifier}"}


def _entry_row(place: int, entry: CoinEntry) -> Row:
    return {
        "_id": numbered_id(entry.at, place),
        "amount": entry.amount,
        "type": entry.reason,
        "task_id": entry.task_id,
        "createdAt": wire_time(entry.at),
    }


def _moment(call: Call, name: str) -> datetime | None:
    """Read a bound of the history; a day without a time is meant as a whole, to its last moment."""
    word = call.query.get(name)
    if word is None:
        return None
    try:
        moment = datetime.fromisoformat(word)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if len(word) <= len("2026-01-01") and name == "endDate":
            moment += timedelta(days=1, microseconds=-1)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise refused_field(name, "query", "must be an ISO 8601 date") from None

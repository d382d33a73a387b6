"""An account in the user's words: what is left, what was spent, what something would cost.

This module owns the reading of these answers. Of two of them no reference names the keys: there
likely ones are tried, in a fixed order, and ``raw`` has everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import attrs

from a2e_api.types import as_datetime, as_number, source_of

from ..loose_answers import LooseRow, first_number, first_text, mapping_of
from ..spelling import first_spelling
from .task import EMPTY

if TYPE_CHECKING:
    from a2e_api.models.language import Language as WireLanguage


@attrs.frozen(kw_only=True, slots=False)
class Coins:
    """What an account has left.

    Attributes:
        coins: Coins, the currency of everything that is started.
        diamonds: Diamonds, the older currency; None where the server does not tell.
        raw: The server's own object; empty where it sent a number alone.
    """

    coins: float
    diamonds: float | None = None
    raw: Mapping[str, Any] = attrs.field(default=EMPTY, repr=False, eq=False)


@attrs.frozen(kw_only=True, slots=False)
class CreditEntry:
    """Something that was spent or granted.

    A2E's reference says that amounts are positive for a grant and negative for what was spent, but
    names no key of an entry. ``amount`` and ``description`` are read under likely ones; what was
    not recognised is None, and everything is in ``raw``.

    Attributes:
        id: The server's id; empty where there is none.
        amount: Coins: above 0 when granted, below 0 when spent.
        description: What it was for.
        created_at: When it was booked (aware, UTC).
        raw: The server's own object, every field under its wire name.
    """

    id: str
    amount: float | None = None
    description: str | None = None
    created_at: datetime | None = None
    raw: Mapping[str, Any] = attrs.field(default=EMPTY, repr=False, eq=False)


@attrs.frozen(kw_only=True, slots=False)
class Quote:
    """The price of a task that was not started.

    No source names the key of the price. It is read under likely ones; look into ``raw`` where
    ``coins`` is None.

    Attributes:
        coins: The price in coins; None where none was recognised.
        validated: Whether the server checked the arguments. Its reference says that it does not, so
            a quote does not promise that the start will be accepted.
        family: The name of the family that was asked about.
        raw: The server's own object; empty where it sent a number alone.
    """

    coins: float | None
    validated: bool | None = None
    family: str
    raw: Mapping[str, Any] = attrs.field(default=EMPTY, repr=False, eq=False)


@attrs.frozen(kw_only=True, slots=False)
class Language:
    """A language that the service knows.

    Attributes:
        code: Its code.
        name: Its name.
        raw: The server's own object, every field under its wire name.
    """

    code: str
    name: str | None = None
    raw: Mapping[str, Any] = attrs.field(default=EMPTY, repr=False, eq=False)


_PRICES = ("coins", "coin", "credits", "credit", "cost", "price", "amount", "total")
_WRAPPERS = ("quote", "estimate", "pricing", *_PRICES)
_AMOUNTS = ("amount", "coins", "coin", "credits", "credit")
_DESCRIPTIONS = ("description", "remark", "reason", "note", "title", "type")


def coins_left(data: Any) -> Coins | None:
    """Return what is left; None where the answer does not tell.

    Args:
        data: An object with ``coins``, or a number alone.
    """
    raw = mapping_of(data)
    coins = as_number(data) if not raw else first_number(raw, ("coins",))
    if coins is None:
        return None
    return Coins(coins=coins, diamonds=first_number(raw, ("diamonds",)), raw=raw)


def credit_entry(row: LooseRow) -> CreditEntry:
    """Return the friendly form of an entry; what has no likely name is None."""
    return CreditEntry(
        id=row.id or "",
        amount=first_number(row.source, _AMOUNTS),
        description=first_text(row.source, _DESCRIPTIONS),
        created_at=as_datetime(first_spelling(row.source, "created_at")),
        raw=row.source,
    )


def quote_of(data: Any, family: str, validated: bool | None) -> Quote:
    """Return a price; its coins are None where the answer has none under a likely name.

    Args:
        data: An object, with the price in it or in an object within, or a number alone.
        family: The name of the family that was asked about.
        validated: Whether the server says that it checked the arguments.
    """
    raw = mapping_of(data)
    coins = first_number(raw, _PRICES) if raw else as_number(data)
    if coins is None:
        inner = (first_number(mapping_of(raw.get(key)), _PRICES) for key in _WRAPPERS)
        coins = next((number for number in inner if number is not None), None)
    return Quote(coins=coins, validated=validated, family=family, raw=raw)


def language(wire: WireLanguage) -> Language:
    """Return the friendly form of a language."""
    return Language(code=wire.value or "", name=wire.label, raw=source_of(wire))

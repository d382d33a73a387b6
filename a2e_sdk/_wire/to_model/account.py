"""Coins, credit entries, quotes and languages, from records whose keys no reference names.

This module owns the likely keys of these responses, tried in a fixed order; ``raw`` has everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from a2e_api.types import as_boolean, as_number, as_string
from a2e_sdk._wire.field_names import FIELD_ALIASES
from a2e_sdk._wire.records import first_number, first_text, mapping_of
from a2e_sdk.models.account import Coins, CreditEntry, Language, Quote

from .records import time_of

if TYPE_CHECKING:
    from a2e_sdk._wire.records import Record

_PRICES = ("coins", "coin", "credits", "credit", "cost", "price", "amount", "total")
_WRAPPERS = ("quote", "estimate", "pricing", *_PRICES)
_AMOUNTS = ("amount", "coins", "coin", "credits", "credit")
_DESCRIPTIONS = ("description", "remark", "reason", "note", "title", "type")


def coins_left(data: Any) -> Coins | None:
    """Return what is left; None where the response does not tell.

    Args:
        data: An object with ``coins``, or a number alone.
    """
    raw = mapping_of(data)
    coins = as_number(data) if not raw else first_number(raw, ("coins",))
    if coins is None:
        return None
    return Coins(coins=coins, diamonds=first_number(raw, ("diamonds",)), raw=raw)


def credit_entry(raw: Record) -> CreditEntry:
    """Return the entry of a record; what has no likely name is None."""
    return CreditEntry(
        id=first_text(raw, FIELD_ALIASES["id"]) or "",
        amount=first_number(raw, _AMOUNTS),
        description=first_text(raw, _DESCRIPTIONS),
        created_at=time_of(raw, "created_at"),
        raw=raw,
    )


def quote_of(data: Any, family: str) -> Quote:
    """Return a price; its coins are None where the response has none, or a negative one.

    Args:
        data: An object, with the price in it or in an object within, or a number alone.
        family: The name of the family that was asked about.
    """
    raw = mapping_of(data)
    coins = first_number(raw, _PRICES) if raw else as_number(data)
    if coins is None:
        inner = (first_number(mapping_of(raw.get(key)), _PRICES) for key in _WRAPPERS)
        coins = next((number for number in inner if number is not None), None)
    if coins is not None and coins < 0:
        coins = None  # No price: as one, it would add to what a budget has left.
    validated = as_boolean(raw.get("generationRequestValidated"))
    return Quote(coins=coins, validated=validated, family=family, raw=raw)


def language(raw: Record) -> Language:
    """Return the language of a record."""
    code = as_string(raw.get("value")) or ""
    return Language(code=code, name=as_string(raw.get("label")), raw=raw)

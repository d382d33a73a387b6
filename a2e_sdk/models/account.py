"""The account: what is left, what was spent, what something would cost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from a2e_sdk._display.displayed import Displayed

from .task import EMPTY


@attrs.frozen(kw_only=True, slots=False)
class Coins(Displayed):
    """What an account has left.

    Attributes:
        coins: Coins, the currency of everything that is started.
        diamonds: Diamonds, the older currency; None where the server does not tell.
        raw: The server's own object; empty where it sent a number alone.
    """

    coins: float
    diamonds: float | None = None
    raw: Mapping[str, Any] = attrs.field(default=EMPTY, repr=False, eq=False)

    def _html(self) -> str:
        from a2e_sdk._display.records import record_card

        return record_card(self, "Coins of the account")


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
class Quote(Displayed):
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

    def _html(self) -> str:
        from a2e_sdk._display.records import record_card

        known = "" if self.coins is not None else "no price was recognised: see raw"
        return record_card(self, "Price of a task that was not started", known)


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

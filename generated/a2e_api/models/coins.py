"""The response `Coins`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_number


@define
class Coins(ResponseModel):
    """What an account has left.

    Attributes:
        coins: Coins.
        diamonds: Diamonds, the older currency.
    """

    coins: float | None = None
    diamonds: float | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {"coins": "coins", "diamonds": "diamonds"}

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        _get = source.get
        coins = _get("coins")
        if type(coins) is not int and type(coins) is not float and coins is not None:
            coins = as_number(coins)
        diamonds = _get("diamonds")
        if type(diamonds) is not int and type(diamonds) is not float and diamonds is not None:
            diamonds = as_number(diamonds)
        return cls(coins, diamonds, source)

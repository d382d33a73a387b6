"""The response `CurrentUser`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_number, as_string


@define
class CurrentUser(ResponseModel):
    """A user of the web site, by the keys that clients read.

    Attributes:
        id: Id of the user, 24 hexadecimal digits.
        name: Name of the user.
        nick_name: Name that is shown.
        check_in_time: When the user last checked in. No source says its form.
        next_check_in_time: When the user can check in again. No source says its form.
        check_in_coins: Coins for checking in.
    """

    id: str | None = None
    name: str | None = None
    nick_name: str | None = None
    check_in_time: str | float | None = None
    next_check_in_time: str | float | None = None
    check_in_coins: float | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "_id",
        "name": "name",
        "nick_name": "nick_name",
        "check_in_time": "checkInTime",
        "next_check_in_time": "nextCheckInTime",
        "check_in_coins": "checkInCoins",
    }

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        _get = source.get
        id = _get("_id")
        if type(id) is not str and id is not None:
            id = as_string(id)
        name = _get("name")
        if type(name) is not str and name is not None:
            name = as_string(name)
        nick_name = _get("nick_name")
        if type(nick_name) is not str and nick_name is not None:
            nick_name = as_string(nick_name)
        check_in_time = _get("checkInTime")
        if (
            type(check_in_time) is not str
            and type(check_in_time) is not int
            and type(check_in_time) is not float
            and check_in_time is not None
        ):
            check_in_time = (
                decoded
                if (decoded := as_string(check_in_time)) is not None
                else as_number(check_in_time)
            )
        next_check_in_time = _get("nextCheckInTime")
        if (
            type(next_check_in_time) is not str
            and type(next_check_in_time) is not int
            and type(next_check_in_time) is not float
            and next_check_in_time is not None
        ):
            next_check_in_time = (
                decoded
                if (decoded := as_string(next_check_in_time)) is not None
                else as_number(next_check_in_time)
            )
        check_in_coins = _get("checkInCoins")
        if (
            type(check_in_coins) is not int
            and type(check_in_coins) is not float
            and check_in_coins is not None
        ):
            check_in_coins = as_number(check_in_coins)
        return cls(id, name, nick_name, check_in_time, next_check_in_time, check_in_coins, source)

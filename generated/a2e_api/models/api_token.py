"""The response `ApiToken`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_string


@define
class ApiToken(ResponseModel):
    """A token as it was made.

    Attributes:
        id: Id of the token, 24 hexadecimal digits.
        token: The token itself, a secret.
    """

    id: str | None = None
    token: str | None = field(default=None, repr=False)
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {"id": "_id", "token": "token"}

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
        token = _get("token")
        if type(token) is not str and token is not None:
            token = as_string(token)
        return cls(id, token, source)

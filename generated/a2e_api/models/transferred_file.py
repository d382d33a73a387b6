"""The response `TransferredFile`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_string


@define
class TransferredFile(ResponseModel):
    """The copy of a file.

    Attributes:
        url: URL of the copy.
    """

    url: str | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {"url": "url"}

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        _get = source.get
        url = _get("url")
        if type(url) is not str and url is not None:
            url = as_string(url)
        return cls(url, source)

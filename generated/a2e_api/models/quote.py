"""The response `Quote`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_boolean


@define
class Quote(ResponseModel):
    """A price. Which key holds it no source says, so that any other key is expected.

    Attributes:
        generation_request_validated: Whether the body was checked; false.
    """

    generation_request_validated: bool | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "generation_request_validated": "generationRequestValidated"
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
        generation_request_validated = _get("generationRequestValidated")
        if (
            type(generation_request_validated) is not bool
            and generation_request_validated is not None
        ):
            generation_request_validated = as_boolean(generation_request_validated)
        return cls(generation_request_validated, source)

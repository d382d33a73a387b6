"""The response `VoiceRegion`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_string


@define
class VoiceRegion(ResponseModel):
    """A region in which a language is spoken.

    Attributes:
        label: Name to show.
        value: What `addSpeech` takes as `region`.
    """

    label: str | None = None
    value: str | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {"label": "label", "value": "value"}

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        _get = source.get
        label = _get("label")
        if type(label) is not str and label is not None:
            label = as_string(label)
        value = _get("value")
        if type(value) is not str and value is not None:
            value = as_string(value)
        return cls(label, value, source)

"""The response `VoiceLanguage`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_models, as_string

if TYPE_CHECKING:
    from ..models.voice_region import VoiceRegion


@define
class VoiceLanguage(ResponseModel):
    """A language that voices speak.

    Attributes:
        label: Name to show.
        value: What `addSpeech` takes as `country`.
        children: Regions of the language.
    """

    label: str | None = None
    value: str | None = None
    children: list[VoiceRegion] | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "label": "label",
        "value": "value",
        "children": "children",
    }

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        from ..models.voice_region import VoiceRegion

        _get = source.get
        label = _get("label")
        if type(label) is not str and label is not None:
            label = as_string(label)
        value = _get("value")
        if type(value) is not str and value is not None:
            value = as_string(value)
        children = _get("children")
        if children is not None:
            children = as_models(VoiceRegion, children)
        return cls(label, value, children, source)

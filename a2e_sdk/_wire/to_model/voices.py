"""Voices, languages and clones from nested groups and records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from a2e_api.types import is_array, source_of
from a2e_sdk._wire.untyped_records import first_text, mapping_of
from a2e_sdk.models.voices import Voice, VoiceClone, VoiceLanguage, VoiceRegion

from .records import common_fields

if TYPE_CHECKING:
    from a2e_api.models.voice_clone import VoiceClone as WireClone
    from a2e_api.models.voice_language import VoiceLanguage as WireLanguage


def voices_of(groups: Sequence[Any]) -> list[Voice]:
    """Return the voices of the server's groups, in their order, however deep they are nested.

    Args:
        groups: The server's own array: what has ``children`` is a group, all else is a voice.
    """
    voices: list[Voice] = []
    # A stack, because an answer may be nested deeper than Python may recurse.
    waiting: list[tuple[Any, str | None, str | None]] = [
        (node, None, None) for node in reversed(groups)
    ]
    while waiting:
        node, group, gender = waiting.pop()
        raw = mapping_of(node)
        if not raw:
            continue
        value, label = first_text(raw, ("value",)), first_text(raw, ("label",))
        if "children" in raw:
            children = raw["children"]
            inner = children if is_array(children) else []
            word = (value or "").lower()
            gender = word if word in _GENDERS else gender
            waiting += [(child, label or group, gender) for child in reversed(inner)]
            continue
        language = first_text(raw, ("language",))
        voices.append(
            Voice(
                id=value or "", name=label, gender=gender, language=language, group=group, raw=raw
            )
        )
    return voices


_GENDERS = ("female", "male")


def voice_language(wire: WireLanguage) -> VoiceLanguage:
    """Return the friendly form of a language that voices speak."""
    regions = tuple(
        VoiceRegion(code=region.value or "", name=region.label) for region in wire.children or ()
    )
    return VoiceLanguage(
        code=wire.value or "", name=wire.label, regions=regions, raw=source_of(wire)
    )


def voice_clone(wire: WireClone) -> VoiceClone:
    """Return the friendly form of a clone's record; fields the server left out are None."""
    return VoiceClone(
        **common_fields(wire, source_of(wire), ()),
        speaker_id=wire.speaker_id or None,
        gender=wire.gender,
        model=wire.model,
        train_mode=wire.train_mode,
        sample_urls=tuple(wire.voice_urls or ()),
    )

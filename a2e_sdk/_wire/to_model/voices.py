"""Voices, languages and clones from nested groups and records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from a2e_api.types import as_list, as_string, is_array, is_object
from a2e_sdk._wire.records import first_text, mapping_of
from a2e_sdk.models.voices import Voice, VoiceClone, VoiceLanguage, VoiceRegion

from .drafts import TaskDraft
from .records import task_converter

if TYPE_CHECKING:
    from a2e_sdk._wire.records import Record


def voices_of(groups: Sequence[Any]) -> list[Voice]:
    """Return the voices of the server's groups, in their order, however deep they are nested.

    Args:
        groups: The server's own array: what has ``children`` is a group, all else is a voice.
    """
    voices: list[Voice] = []
    # A stack, because a response may be nested deeper than Python may recurse.
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


def voice_language(raw: Record) -> VoiceLanguage:
    """Return a language that voices speak, of its record."""
    children = raw.get("children")
    regions = tuple(
        VoiceRegion(code=as_string(region.get("value")) or "", name=as_string(region.get("label")))
        for region in (children if is_array(children) else ())
        if is_object(region)
    )
    code = as_string(raw.get("value")) or ""
    return VoiceLanguage(code=code, name=as_string(raw.get("label")), regions=regions, raw=raw)


class _CloneDraft(TaskDraft):
    speaker_id: str | None
    gender: str | None
    model: str | None
    train_mode: str | None
    sample_urls: tuple[str, ...]


def _read_clone(draft: _CloneDraft, raw: Record) -> None:
    draft.speaker_id = first_text(raw, ("speaker_id",))
    draft.gender = as_string(raw.get("gender"))
    draft.model = as_string(raw.get("model"))
    draft.train_mode = as_string(raw.get("train_mode"))
    draft.sample_urls = tuple(as_list(as_string, raw.get("voice_urls")) or ())


voice_clone = task_converter(VoiceClone, _CloneDraft, (), _read_clone)

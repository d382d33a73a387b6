"""Voices in the user's words: the public ones, the languages they speak, and clones.

This module owns the mapping from the server's nested groups and records to friendly values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from a2e_api.types import is_array, source_of

from ..loose_answers import first_text, mapping_of
from .records import common_fields
from .task import EMPTY, Task

if TYPE_CHECKING:
    from a2e_api.models.voice_clone import VoiceClone as WireClone
    from a2e_api.models.voice_language import VoiceLanguage as WireLanguage


@attrs.frozen(kw_only=True, slots=False)
class Voice:
    """A public voice to speak with.

    Attributes:
        id: The server's id.
        name: Its name.
        gender: ``"female"`` or ``"male"``, from the group that it is in.
        language: Its language, where the server tells it (not in every answer).
        group: The name of the group that the server lists it in.
        raw: The server's own object, every field under its wire name.
    """

    id: str
    name: str | None = None
    gender: str | None = None
    language: str | None = None
    group: str | None = None
    raw: Mapping[str, Any] = attrs.field(default=EMPTY, repr=False, eq=False)


@attrs.frozen(kw_only=True, slots=False)
class VoiceRegion:
    """A region in which a language is spoken.

    Attributes:
        code: What to pass as ``region``.
        name: Its name.
    """

    code: str
    name: str | None = None


@attrs.frozen(kw_only=True, slots=False)
class VoiceLanguage:
    """A language that voices speak.

    Attributes:
        code: What to pass as ``country``; the server calls it so.
        name: Its name.
        regions: Where it is spoken.
        raw: The server's own object, every field under its wire name.
    """

    code: str
    name: str | None = None
    regions: tuple[VoiceRegion, ...] = ()
    raw: Mapping[str, Any] = attrs.field(default=EMPTY, repr=False, eq=False)


@attrs.frozen(kw_only=True, slots=False)
class VoiceClone(Task):
    """A voice that was cloned from samples; a task that has ended when the clone can speak.

    It has no file as a result, so ``result_url`` stays None.

    Attributes:
        speaker_id: Another id of the voice, where the server tells it.
        gender: ``"female"`` or ``"male"``.
        model: What cloned it, such as ``"a2e"``.
        train_mode: The way of the training (``"best"`` in older answers).
        sample_urls: The samples.
    """

    family: ClassVar[str] = "voice_clones"

    speaker_id: str | None = None
    gender: str | None = None
    model: str | None = None
    train_mode: str | None = None
    sample_urls: tuple[str, ...] = ()

    @property
    def voice_id(self) -> str:
        """What the server takes as the voice of a speech.

        A2E's documentation passes the ``speaker_id``, several clients pass the ``id``; this is the
        ``speaker_id`` where the server tells one, else the ``id``.
        """
        return self.speaker_id or self.id


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

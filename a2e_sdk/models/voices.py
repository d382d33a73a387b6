"""Voices: public ones, the languages they speak, and clones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from .task import EMPTY, Task


@attrs.frozen(kw_only=True, slots=False)
class Voice:
    """A public voice to speak with.

    Attributes:
        id: The server's id.
        name: Its name.
        gender: ``"female"`` or ``"male"``, from the group that it is in.
        language: Its language, where the server tells it (not in every response).
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
        train_mode: The way of the training (``"best"`` in older responses).
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

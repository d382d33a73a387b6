"""Voices: those of everybody, and clones of the user's own.

This module owns the lists of public voices and their languages, and the family of clones: the
reference's misspelt ``pendding``, the list that has finished ones only.
"""

from __future__ import annotations

from typing import Any

from a2e_sdk._wire.family_table import VOICE_CLONES as FACADE_FAMILY
from a2e_sdk.sandbox.protocol.routing import Call, OperationHandler
from a2e_sdk.sandbox.state.catalogue import LANGUAGES, VOICES
from a2e_sdk.sandbox.state.clock import wire_time
from a2e_sdk.sandbox.state.progress import StatusWords
from a2e_sdk.sandbox.tasks.endpoints import TaskEndpoints
from a2e_sdk.sandbox.tasks.family import Action, Row, SandboxFamily, TaskView, operations_of
from a2e_sdk.sandbox.tasks.rows import ended_badly

__all__ = ["VOICE_CLONES", "Voices"]


def _clone_row(view: TaskView) -> Row:
    inputs, progress = view.inputs, view.progress
    return {
        "_id": view.task_id,
        "name": inputs.get("name", ""),
        "voice_urls": inputs.get("voice_urls", []),
        "gender": inputs.get("gender", "female"),
        "model": inputs.get("model", "a2e"),
        "train_mode": "best",
        "speaker_id": view.task_id,
        "current_status": progress.word,
        "coins": view.price,
        "createdAt": wire_time(progress.created_at),
        "updatedAt": wire_time(progress.updated_at),
        **ended_badly(view),
    }


VOICE_CLONES = SandboxFamily(
    name=FACADE_FAMILY.name,
    start=str(FACADE_FAMILY.start),
    operations={
        **operations_of(FACADE_FAMILY),
        "list_voice_clones": Action.COMPLETED,
        "list_running_voice_clones": Action.ALL,
    },
    row=_clone_row,
    words=StatusWords(("sent",), ("pendding", "processing")),
    price=50,
    result=None,
)
"""``/api/v1/userVoice``."""


class Voices:
    """The voices of everybody, and clones that are made of an avatar's video.

    Args:
        clones: the user's clones.
        trainings: the user's avatars.
    """

    def __init__(self, clones: TaskEndpoints, trainings: TaskEndpoints) -> None:
        self._clones = clones
        self._trainings = trainings

    def handlers(self) -> dict[str, OperationHandler]:
        """Return the handler of each operation, by its id."""
        return {
            "list_public_voices": lambda call: _groups(_wanted(call.request.query)),
            "list_public_voices_by_post": lambda call: _groups(_wanted(call.body)),
            "list_system_voices": lambda _: _groups(None),
            "list_voice_languages": self._voice_languages,
            "list_languages": self._languages,
            "start_voice_clone_from_video": self._clone_from_video,
        }

    def _voice_languages(self, _call: Call) -> list[Row]:
        countries: dict[str, Row] = {}
        for code, (language, region) in LANGUAGES.items():
            country, _, place = code.partition("-")
            group = countries.setdefault(
                country, {"label": language, "value": country, "children": []}
            )
            group["children"].append({"label": region, "value": place})
        return list(countries.values())

    def _languages(self, _call: Call) -> list[Row]:
        return [
            {"value": code, "label": f"{language} ({region})"}
            for code, (language, region) in LANGUAGES.items()
        ]

    def _clone_from_video(self, call: Call) -> Row | None:
        training = self._trainings.known(call.identifier, call.now)
        inputs: dict[str, Any] = {key: training[key] for key in ("name", "gender")}
        inputs["user_video_twin_id"] = training["_id"]
        [clone] = self._clones.start(inputs, call.now, self._clones.family.price)
        return self._clones.find(clone.task_id, call.now)


def _wanted(asked: Any) -> str:
    """Return the language that a list of voices is asked for; American English by default."""
    code = f"{asked.get('country', 'en')}-{asked.get('region', 'US')}"
    return str(asked.get("voice_map_type", code))


def _groups(language: str | None) -> list[Row]:
    """Return the voices of a language in groups by gender; of all languages for None."""
    groups: list[Row] = []
    for gender in ("female", "male"):
        children = [
            {"label": name, "value": identifier, "ttsRate": 1, "language": code}
            for identifier, name, sounds, code in VOICES
            if sounds == gender and language in (None, code)
        ]
        if children:
            groups.append({"label": gender.title(), "value": gender, "children": children})
    return groups

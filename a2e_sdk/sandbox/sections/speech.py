"""Text to speech: one call, one audio file, and the previews of the last day.

This module owns the three operations. Any id of a voice will do; which there are, the lists of
voices say.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from a2e_sdk.sandbox.protocol.responses import RefusedError, refused_field
from a2e_sdk.sandbox.protocol.routing import Call, OperationHandler
from a2e_sdk.sandbox.state.catalogue import VOICES
from a2e_sdk.sandbox.state.clock import wire_time
from a2e_sdk.sandbox.state.collection import Collection, page_asked_for
from a2e_sdk.sandbox.state.server_state import SandboxState
from a2e_sdk.sandbox.tasks.family import Row

from .made_files import MadeFiles

__all__ = ["SPEECH_PRICE", "SpeechSection"]

SPEECH_PRICE = 1
"""Coins for one text; the sandbox's own price."""

_LONGEST = 1_000
_KEPT = timedelta(hours=24)


class SpeechSection:
    """Spoken texts.

    Args:
        state: what it shares with the rest of the sandbox.
        files: makes the audio files.

    Attributes:
        previews: when each text was spoken, and its record.
    """

    def __init__(self, state: SandboxState, files: MadeFiles) -> None:
        self._state = state
        self._files = files
        self.previews: Collection[tuple[datetime, Row]] = Collection()

    def handlers(self) -> dict[str, OperationHandler]:
        """Return the handler of each operation, by its id."""
        return {
            "add_speech": self._add,
            "list_speech_previews": self._list,
            "delete_speech_preview": self._delete,
        }

    def _add(self, call: Call) -> str:
        body = call.body
        if body.get("tts_id") and body.get("user_voice_id"):
            raise RefusedError("tts_id and user_voice_id cannot be used together")
        if len(body["msg"]) > _LONGEST:
            # The spec's limit is that of the web site; callers with a token have a lower one.
            raise refused_field("msg", "body", f"must have at most {_LONGEST} characters")
        self._state.moderate()
        identifier = self._state.identifiers.object_id(call.now)
        price = self._state.prices["add_speech"]
        self._state.charge(identifier, price, call.now, "speech")
        self._state.note_start("add_speech", body, (identifier,), price, call.now)
        url = self._files.speech(identifier, call.now)
        voice = body.get("tts_id") or body.get("user_voice_id") or _voice_of(body)
        made = {"_id": identifier, "msg": body["msg"], "voice_id": voice, "audio_url": url}
        self.previews.add(identifier, (call.now, made | {"createdAt": wire_time(call.now)}))
        return url

    def _list(self, call: Call) -> Row:
        number, size = page_asked_for(call)
        recent = [row for made, row in self.previews if made > call.now - _KEPT]
        rows = recent[(number - 1) * size : number * size]
        return {"current": number, "total": len(recent), "success": True, "data": rows}

    def _delete(self, call: Call) -> Row:
        if not self.previews.remove(call.identifier):
            raise RefusedError("Record not found", 404)
        return {}


def _voice_of(body: Mapping[str, Any]) -> str:
    """Return a voice of the language that is asked for, or of another where there is none."""
    language = f"{body['country']}-{body['region']}"
    spoken = [identifier for identifier, _, _, code in VOICES if code == language]
    return (spoken or [VOICES[0][0]])[0]

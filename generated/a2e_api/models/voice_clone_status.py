"""The words of `VoiceCloneStatus`."""

from __future__ import annotations

from enum import StrEnum


class VoiceCloneStatus(StrEnum):
    """State of a voice clone. `pendding` is the server's spelling. Words that are not listed may
    come, and count as still running.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    COMPLETED = "completed"
    FAILED = "failed"
    PENDDING = "pendding"
    PROCESSING = "processing"
    SENT = "sent"

    @classmethod
    def _missing_(cls, value: object) -> VoiceCloneStatus | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(self, _protocol: object, /) -> tuple[type[VoiceCloneStatus], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

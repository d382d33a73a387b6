"""The words of `StartVoiceCloneRequestModel`."""

from __future__ import annotations

from enum import StrEnum


class StartVoiceCloneRequestModel(StrEnum):
    """Model that clones the voice. Default a2e.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    A2E = "a2e"
    CARTESIA = "cartesia"
    ELEVENLABS = "elevenlabs"
    MINIMAX = "minimax"

    @classmethod
    def _missing_(cls, value: object) -> StartVoiceCloneRequestModel | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartVoiceCloneRequestModel], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

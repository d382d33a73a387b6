"""The words of `StartVeoTaskRequestGenerationType`."""

from __future__ import annotations

from enum import StrEnum


class StartVeoTaskRequestGenerationType(StrEnum):
    """What to make the video from.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    FIRST_AND_LAST_FRAMES_2_VIDEO = "FIRST_AND_LAST_FRAMES_2_VIDEO"
    REFERENCE_2_VIDEO = "REFERENCE_2_VIDEO"
    TEXT_2_VIDEO = "TEXT_2_VIDEO"

    @classmethod
    def _missing_(cls, value: object) -> StartVeoTaskRequestGenerationType | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartVeoTaskRequestGenerationType], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

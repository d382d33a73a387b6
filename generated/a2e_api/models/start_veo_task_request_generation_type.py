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

"""The words of `StartHappyHorseTaskRequestResolution`."""

from __future__ import annotations

from enum import StrEnum


class StartHappyHorseTaskRequestResolution(StrEnum):
    """Size of the video.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    VALUE_0 = "480P"
    VALUE_1 = "720P"
    VALUE_2 = "1080P"

    @classmethod
    def _missing_(cls, value: object) -> StartHappyHorseTaskRequestResolution | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

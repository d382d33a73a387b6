"""The words of `StartHappyHorseTaskRequestMode`."""

from __future__ import annotations

from enum import StrEnum


class StartHappyHorseTaskRequestMode(StrEnum):
    """What to make the video from: text, image, references or video.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    I2V = "i2v"
    R2V = "r2v"
    T2V = "t2v"
    VIDEO_EDIT = "video-edit"

    @classmethod
    def _missing_(cls, value: object) -> StartHappyHorseTaskRequestMode | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

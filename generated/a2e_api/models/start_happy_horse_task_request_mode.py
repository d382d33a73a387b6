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

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartHappyHorseTaskRequestMode], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

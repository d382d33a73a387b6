"""The words of `StartSeedanceTaskRequestMode`."""

from __future__ import annotations

from enum import StrEnum


class StartSeedanceTaskRequestMode(StrEnum):
    """What to make the video from.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    IMAGE_TO_VIDEO = "image-to-video"
    TEXT_TO_VIDEO = "text-to-video"

    @classmethod
    def _missing_(cls, value: object) -> StartSeedanceTaskRequestMode | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

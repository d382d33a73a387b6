"""The words of `StartKlingVideoTaskRequestCharacterOrientation`."""

from __future__ import annotations

from enum import StrEnum


class StartKlingVideoTaskRequestCharacterOrientation(StrEnum):
    """Whether the person faces as in the video or as in the image.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    IMAGE = "image"
    VIDEO = "video"

    @classmethod
    def _missing_(cls, value: object) -> StartKlingVideoTaskRequestCharacterOrientation | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

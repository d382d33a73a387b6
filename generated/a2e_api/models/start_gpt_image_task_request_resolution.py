"""The words of `StartGptImageTaskRequestResolution`."""

from __future__ import annotations

from enum import StrEnum


class StartGptImageTaskRequestResolution(StrEnum):
    """Size of the image, for gpt-image-2 only.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    VALUE_0 = "1K"
    VALUE_1 = "2K"
    VALUE_2 = "4K"

    @classmethod
    def _missing_(cls, value: object) -> StartGptImageTaskRequestResolution | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

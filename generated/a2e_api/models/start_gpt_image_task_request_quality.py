"""The words of `StartGptImageTaskRequestQuality`."""

from __future__ import annotations

from enum import StrEnum


class StartGptImageTaskRequestQuality(StrEnum):
    """Quality of the image, for gpt-image-1.5 only.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    HIGH = "high"
    MEDIUM = "medium"

    @classmethod
    def _missing_(cls, value: object) -> StartGptImageTaskRequestQuality | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

"""The words of `StartSoraTaskRequestAspectRatio`."""

from __future__ import annotations

from enum import StrEnum


class StartSoraTaskRequestAspectRatio(StrEnum):
    """Shape of the video.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"

    @classmethod
    def _missing_(cls, value: object) -> StartSoraTaskRequestAspectRatio | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

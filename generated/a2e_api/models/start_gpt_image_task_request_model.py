"""The words of `StartGptImageTaskRequestModel`."""

from __future__ import annotations

from enum import StrEnum


class StartGptImageTaskRequestModel(StrEnum):
    """Model to use.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    GPT_IMAGE_1_5 = "gpt-image-1.5"
    GPT_IMAGE_2 = "gpt-image-2"

    @classmethod
    def _missing_(cls, value: object) -> StartGptImageTaskRequestModel | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

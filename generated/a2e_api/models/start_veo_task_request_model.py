"""The words of `StartVeoTaskRequestModel`."""

from __future__ import annotations

from enum import StrEnum


class StartVeoTaskRequestModel(StrEnum):
    """Model to use.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    VEO3 = "veo3"
    VEO3_FAST = "veo3_fast"

    @classmethod
    def _missing_(cls, value: object) -> StartVeoTaskRequestModel | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

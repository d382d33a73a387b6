"""The words of `ListAnchorsRequestWebType`."""

from __future__ import annotations

from enum import StrEnum


class ListAnchorsRequestWebType(StrEnum):
    """Site whose avatars are wanted.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    A2E = "a2e"
    TYZN = "tyzn"

    @classmethod
    def _missing_(cls, value: object) -> ListAnchorsRequestWebType | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

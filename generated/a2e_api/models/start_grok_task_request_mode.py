"""The words of `StartGrokTaskRequestMode`."""

from __future__ import annotations

from enum import StrEnum


class StartGrokTaskRequestMode(StrEnum):
    """Style of the video.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    FUN = "fun"
    NORMAL = "normal"
    SPICY = "spicy"

    @classmethod
    def _missing_(cls, value: object) -> StartGrokTaskRequestMode | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartGrokTaskRequestMode], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

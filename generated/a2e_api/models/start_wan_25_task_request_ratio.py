"""The words of `StartWan25TaskRequestRatio`."""

from __future__ import annotations

from enum import StrEnum


class StartWan25TaskRequestRatio(StrEnum):
    """Shape of the video.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    VALUE_0 = "16:9"
    VALUE_1 = "9:16"
    VALUE_2 = "1:1"
    VALUE_3 = "4:3"
    VALUE_4 = "3:4"

    @classmethod
    def _missing_(cls, value: object) -> StartWan25TaskRequestRatio | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartWan25TaskRequestRatio], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

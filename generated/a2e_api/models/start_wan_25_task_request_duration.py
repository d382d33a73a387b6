"""The words of `StartWan25TaskRequestDuration`."""

from __future__ import annotations

from enum import StrEnum


class StartWan25TaskRequestDuration(StrEnum):
    """Length of the video in seconds, as text.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    VALUE_0 = "2"
    VALUE_1 = "3"
    VALUE_10 = "12"
    VALUE_11 = "13"
    VALUE_12 = "14"
    VALUE_13 = "15"
    VALUE_2 = "4"
    VALUE_3 = "5"
    VALUE_4 = "6"
    VALUE_5 = "7"
    VALUE_6 = "8"
    VALUE_7 = "9"
    VALUE_8 = "10"
    VALUE_9 = "11"

    @classmethod
    def _missing_(cls, value: object) -> StartWan25TaskRequestDuration | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartWan25TaskRequestDuration], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

"""The words of `StartKlingVideoTaskRequestDuration`."""

from __future__ import annotations

from enum import StrEnum


class StartKlingVideoTaskRequestDuration(StrEnum):
    """Length of the video in seconds, as text.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    VALUE_0 = "3"
    VALUE_1 = "4"
    VALUE_10 = "13"
    VALUE_11 = "14"
    VALUE_12 = "15"
    VALUE_2 = "5"
    VALUE_3 = "6"
    VALUE_4 = "7"
    VALUE_5 = "8"
    VALUE_6 = "9"
    VALUE_7 = "10"
    VALUE_8 = "11"
    VALUE_9 = "12"

    @classmethod
    def _missing_(cls, value: object) -> StartKlingVideoTaskRequestDuration | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartKlingVideoTaskRequestDuration], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

"""The words of `StartGrokTaskRequestAspectRatio`."""

from __future__ import annotations

from enum import StrEnum


class StartGrokTaskRequestAspectRatio(StrEnum):
    """Shape of the video.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    AUTO = "auto"
    VALUE_1 = "1:1"
    VALUE_2 = "16:9"
    VALUE_3 = "9:16"
    VALUE_4 = "4:3"
    VALUE_5 = "3:4"
    VALUE_6 = "3:2"
    VALUE_7 = "2:3"

    @classmethod
    def _missing_(cls, value: object) -> StartGrokTaskRequestAspectRatio | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartGrokTaskRequestAspectRatio], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

"""The words of `StartNanoBananaTaskRequestAspectRatio`."""

from __future__ import annotations

from enum import StrEnum


class StartNanoBananaTaskRequestAspectRatio(StrEnum):
    """Shape of the image.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    AUTO = "auto"
    VALUE_1 = "16:9"
    VALUE_10 = "21:9"
    VALUE_2 = "1:1"
    VALUE_3 = "9:16"
    VALUE_4 = "4:3"
    VALUE_5 = "3:4"
    VALUE_6 = "2:3"
    VALUE_7 = "3:2"
    VALUE_8 = "4:5"
    VALUE_9 = "5:4"

    @classmethod
    def _missing_(cls, value: object) -> StartNanoBananaTaskRequestAspectRatio | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartNanoBananaTaskRequestAspectRatio], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

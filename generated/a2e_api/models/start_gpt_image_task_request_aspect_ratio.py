"""The words of `StartGptImageTaskRequestAspectRatio`."""

from __future__ import annotations

from enum import StrEnum


class StartGptImageTaskRequestAspectRatio(StrEnum):
    """Shape of the image.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    AUTO = "auto"
    VALUE_1 = "1:1"
    VALUE_2 = "9:16"
    VALUE_3 = "21:9"
    VALUE_4 = "16:9"
    VALUE_5 = "4:3"
    VALUE_6 = "3:2"
    VALUE_7 = "3:4"
    VALUE_8 = "2:3"

    @classmethod
    def _missing_(cls, value: object) -> StartGptImageTaskRequestAspectRatio | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartGptImageTaskRequestAspectRatio], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

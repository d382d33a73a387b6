"""The words of `StartQwenImageTaskRequestSize`."""

from __future__ import annotations

from enum import StrEnum


class StartQwenImageTaskRequestSize(StrEnum):
    """Width and height of the image in pixels.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    VALUE_0 = "1024*1024"
    VALUE_1 = "1328*880"
    VALUE_10 = "1365*2048"
    VALUE_11 = "2048*1536"
    VALUE_12 = "1536*2048"
    VALUE_13 = "2048*1152"
    VALUE_14 = "1152*2048"
    VALUE_2 = "880*1328"
    VALUE_3 = "1152*864"
    VALUE_4 = "864*1152"
    VALUE_5 = "1280*720"
    VALUE_6 = "720*1280"
    VALUE_7 = "1512*648"
    VALUE_8 = "2048*2048"
    VALUE_9 = "2048*1365"

    @classmethod
    def _missing_(cls, value: object) -> StartQwenImageTaskRequestSize | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartQwenImageTaskRequestSize], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

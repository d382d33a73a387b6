"""The words of `StartSeedance2TaskRequestAspectRatio`."""

from __future__ import annotations

from enum import StrEnum


class StartSeedance2TaskRequestAspectRatio(StrEnum):
    """Shape of the video.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    ADAPTIVE = "adaptive"
    VALUE_1 = "21:9"
    VALUE_2 = "16:9"
    VALUE_3 = "4:3"
    VALUE_4 = "1:1"
    VALUE_5 = "3:4"
    VALUE_6 = "9:16"

    @classmethod
    def _missing_(cls, value: object) -> StartSeedance2TaskRequestAspectRatio | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartSeedance2TaskRequestAspectRatio], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

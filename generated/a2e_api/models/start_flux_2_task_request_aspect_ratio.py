"""The words of `StartFlux2TaskRequestAspectRatio`."""

from __future__ import annotations

from enum import StrEnum


class StartFlux2TaskRequestAspectRatio(StrEnum):
    """Shape of the image.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    CUSTOM = "custom"
    MATCH_INPUT_IMAGE = "match_input_image"
    VALUE_0 = "1:1"
    VALUE_1 = "16:9"
    VALUE_2 = "9:16"
    VALUE_3 = "4:3"
    VALUE_4 = "3:4"
    VALUE_5 = "2:3"
    VALUE_6 = "3:2"

    @classmethod
    def _missing_(cls, value: object) -> StartFlux2TaskRequestAspectRatio | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartFlux2TaskRequestAspectRatio], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

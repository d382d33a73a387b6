"""The words of `StartWanSpicyTaskRequestModel`."""

from __future__ import annotations

from enum import StrEnum


class StartWanSpicyTaskRequestModel(StrEnum):
    """Model to use.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    WAN2_2_I2V_SPICY = "wan2.2-i2v-spicy"
    WAN2_7_I2V_SPICY = "wan2.7-i2v-spicy"

    @classmethod
    def _missing_(cls, value: object) -> StartWanSpicyTaskRequestModel | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartWanSpicyTaskRequestModel], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

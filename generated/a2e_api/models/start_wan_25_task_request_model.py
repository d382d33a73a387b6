"""The words of `StartWan25TaskRequestModel`."""

from __future__ import annotations

from enum import StrEnum


class StartWan25TaskRequestModel(StrEnum):
    """Model to use.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    WAN2_5_I2V_PREVIEW = "wan2.5-i2v-preview"
    WAN2_6_I2V = "wan2.6-i2v"
    WAN2_6_I2V_FLASH = "wan2.6-i2v-flash"
    WAN2_7_I2V = "wan2.7-i2v"

    @classmethod
    def _missing_(cls, value: object) -> StartWan25TaskRequestModel | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartWan25TaskRequestModel], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

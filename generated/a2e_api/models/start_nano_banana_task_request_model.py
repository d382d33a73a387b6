"""The words of `StartNanoBananaTaskRequestModel`."""

from __future__ import annotations

from enum import StrEnum


class StartNanoBananaTaskRequestModel(StrEnum):
    """Model to use.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    NANO_BANANA = "nano-banana"
    NANO_BANANA_2 = "nano-banana-2"
    NANO_BANANA_2_LITE = "nano-banana-2-lite"
    NANO_BANANA_PRO = "nano-banana-pro"

    @classmethod
    def _missing_(cls, value: object) -> StartNanoBananaTaskRequestModel | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartNanoBananaTaskRequestModel], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

"""The words of `StartImageToVideoTaskRequestModelType`."""

from __future__ import annotations

from enum import StrEnum


class StartImageToVideoTaskRequestModelType(StrEnum):
    """Whether to start from one image, or from a first and a last frame (FLF2V).

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    FLF2V = "FLF2V"
    GENERAL = "GENERAL"

    @classmethod
    def _missing_(cls, value: object) -> StartImageToVideoTaskRequestModelType | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartImageToVideoTaskRequestModelType], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

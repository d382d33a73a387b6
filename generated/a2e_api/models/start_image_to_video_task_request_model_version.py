"""The words of `StartImageToVideoTaskRequestModelVersion`."""

from __future__ import annotations

from enum import StrEnum


class StartImageToVideoTaskRequestModelVersion(StrEnum):
    """Version of the model; prices differ, and the default depends on the plan.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    A2E = "a2e"
    A2E_V2 = "a2e-v2"
    A2E_V2_FLASH = "a2e-v2-flash"

    @classmethod
    def _missing_(cls, value: object) -> StartImageToVideoTaskRequestModelVersion | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartImageToVideoTaskRequestModelVersion], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

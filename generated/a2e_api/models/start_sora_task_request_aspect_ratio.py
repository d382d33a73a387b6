"""The words of `StartSoraTaskRequestAspectRatio`."""

from __future__ import annotations

from enum import StrEnum


class StartSoraTaskRequestAspectRatio(StrEnum):
    """Shape of the video.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"

    @classmethod
    def _missing_(cls, value: object) -> StartSoraTaskRequestAspectRatio | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartSoraTaskRequestAspectRatio], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

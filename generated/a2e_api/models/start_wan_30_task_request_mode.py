"""The words of `StartWan30TaskRequestMode`."""

from __future__ import annotations

from enum import StrEnum


class StartWan30TaskRequestMode(StrEnum):
    """What to make the video from.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    FIRST_FRAME = "first-frame"
    FIRST_LAST_FRAMES = "first-last-frames"
    REFERENCE = "reference"
    TEXT_TO_VIDEO = "text-to-video"

    @classmethod
    def _missing_(cls, value: object) -> StartWan30TaskRequestMode | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartWan30TaskRequestMode], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

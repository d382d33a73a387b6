"""The words of `StartKlingVideoTaskRequestMode`."""

from __future__ import annotations

from enum import StrEnum


class StartKlingVideoTaskRequestMode(StrEnum):
    """What to make the video from.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    IMAGE_TO_VIDEO = "image-to-video"
    MOTION_CONTROL = "motion-control"
    TEXT_TO_VIDEO = "text-to-video"

    @classmethod
    def _missing_(cls, value: object) -> StartKlingVideoTaskRequestMode | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartKlingVideoTaskRequestMode], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

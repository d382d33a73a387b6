"""The words of `StartWan30TaskRequestModel`."""

from __future__ import annotations

from enum import StrEnum


class StartWan30TaskRequestModel(StrEnum):
    """Model to use.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    WAN3_0_VIDEO = "wan3.0-video"
    WAN3_0_VIDEO_PRIME = "wan3.0-video-prime"

    @classmethod
    def _missing_(cls, value: object) -> StartWan30TaskRequestModel | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartWan30TaskRequestModel], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

"""The words of `StartWatermarkRequestWatermarkType`."""

from __future__ import annotations

from enum import StrEnum


class StartWatermarkRequestWatermarkType(StrEnum):
    """Kind of the watermark: `text` needs `text`, `image` needs `watermark_image_url`.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    IMAGE = "image"
    TEXT = "text"

    @classmethod
    def _missing_(cls, value: object) -> StartWatermarkRequestWatermarkType | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartWatermarkRequestWatermarkType], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

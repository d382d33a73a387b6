"""The words of `StartQwenImageTaskRequestModel`."""

from __future__ import annotations

from enum import StrEnum


class StartQwenImageTaskRequestModel(StrEnum):
    """Model to use.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    QWEN_IMAGE_2_0 = "qwen-image-2.0"
    QWEN_IMAGE_2_0_PRO = "qwen-image-2.0-pro"
    QWEN_IMAGE_3_0 = "qwen-image-3.0"
    QWEN_IMAGE_3_0_PRO = "qwen-image-3.0-pro"

    @classmethod
    def _missing_(cls, value: object) -> StartQwenImageTaskRequestModel | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartQwenImageTaskRequestModel], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

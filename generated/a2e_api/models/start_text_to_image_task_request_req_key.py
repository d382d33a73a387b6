"""The words of `StartTextToImageTaskRequestReqKey`."""

from __future__ import annotations

from enum import StrEnum


class StartTextToImageTaskRequestReqKey(StrEnum):
    """Model of 2025: high_aes_general_v21_L for general images, high_aes for manga. With it the
    task is complete in the answer. Seen in clients, beside the other keys.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    HIGH_AES = "high_aes"
    HIGH_AES_GENERAL_V21_L = "high_aes_general_v21_L"

    @classmethod
    def _missing_(cls, value: object) -> StartTextToImageTaskRequestReqKey | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartTextToImageTaskRequestReqKey], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

"""The words of `StartSoraTaskRequestDurationSeconds`."""

from __future__ import annotations

from enum import StrEnum


class StartSoraTaskRequestDurationSeconds(StrEnum):
    """Length of the video in seconds, as text.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    VALUE_0 = "5"
    VALUE_1 = "10"
    VALUE_2 = "15"

    @classmethod
    def _missing_(cls, value: object) -> StartSoraTaskRequestDurationSeconds | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartSoraTaskRequestDurationSeconds], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

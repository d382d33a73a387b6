"""The words of `AvatarVideoStatus`."""

from __future__ import annotations

from enum import StrEnum


class AvatarVideoStatus(StrEnum):
    """State of an avatar video. Words that are not listed may come, and count as still running.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    COPY = "copy"
    FAIL = "fail"
    INIT = "init"
    PENDING = "pending"
    PROCESS = "process"
    START = "start"
    SUCCESS = "success"

    @classmethod
    def _missing_(cls, value: object) -> AvatarVideoStatus | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(self, _protocol: object, /) -> tuple[type[AvatarVideoStatus], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

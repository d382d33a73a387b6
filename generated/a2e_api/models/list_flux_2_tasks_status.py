"""The words of `ListFlux2TasksStatus`."""

from __future__ import annotations

from enum import StrEnum


class ListFlux2TasksStatus(StrEnum):
    """Only the tasks in this state.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    COMPLETED = "completed"
    FAILED = "failed"
    INITIALIZED = "initialized"
    PROCESSING = "processing"

    @classmethod
    def _missing_(cls, value: object) -> ListFlux2TasksStatus | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(self, _protocol: object, /) -> tuple[type[ListFlux2TasksStatus], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

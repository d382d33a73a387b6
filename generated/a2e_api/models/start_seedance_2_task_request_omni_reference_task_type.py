"""The words of `StartSeedance2TaskRequestOmniReferenceTaskType`."""

from __future__ import annotations

from enum import StrEnum


class StartSeedance2TaskRequestOmniReferenceTaskType(StrEnum):
    """What to do with the references.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    EDIT = "edit"
    EXTEND = "extend"
    REFERENCE = "reference"

    @classmethod
    def _missing_(cls, value: object) -> StartSeedance2TaskRequestOmniReferenceTaskType | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartSeedance2TaskRequestOmniReferenceTaskType], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

"""The words of `StartWan25TaskRequestTaskType`."""

from __future__ import annotations

from enum import StrEnum


class StartWan25TaskRequestTaskType(StrEnum):
    """What to make the video from, for Wan 2.7 only.

    The list is open: any other string makes a value too, equal to that string but not a listed member.
    """

    FIRST_FRAME = "first_frame"
    FIRST_LAST_FRAME = "first_last_frame"
    REFERENCE_IMAGE = "reference_image"
    TEXT_TO_VIDEO = "text_to_video"
    VIDEO_EDIT = "video_edit"
    VIDEO_EXTEND = "video_extend"

    @classmethod
    def _missing_(cls, value: object) -> StartWan25TaskRequestTaskType | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word

    def __reduce_ex__(
        self, _protocol: object, /
    ) -> tuple[type[StartWan25TaskRequestTaskType], tuple[str]]:
        # By value: Python before 3.11.4 pickles by name, which an unlisted word has none of.
        return type(self), (self.value,)

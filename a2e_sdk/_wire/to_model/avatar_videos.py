"""Avatar videos from their records."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from a2e_api.types import as_number
from a2e_sdk.models.avatar_videos import AvatarVideo

from .drafts import TaskDraft
from .records import task_converter, text_of, time_of

if TYPE_CHECKING:
    from a2e_sdk._wire.records import Record


class _VideoDraft(TaskDraft):
    progress: float | None
    text: str | None
    avatar_id: str | None
    person_url: str | None
    background_url: str | None
    completed_at: datetime | None


def _read_video(draft: _VideoDraft, raw: Record) -> None:
    draft.progress = as_number(raw.get("process"))
    draft.text = text_of(raw.get("msg"))
    draft.avatar_id = text_of(raw.get("anchor_id"))
    draft.person_url = text_of(raw.get("result_people_url"))
    draft.background_url = text_of(raw.get("result_bg_url"))
    draft.completed_at = time_of(raw, "completed_at")


avatar_video = task_converter(AvatarVideo, _VideoDraft, ("result",), _read_video, label="title")

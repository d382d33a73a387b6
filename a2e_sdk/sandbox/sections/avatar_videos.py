"""Videos of talking avatars: a family of tasks with words and shapes of its own.

This module owns what is particular to them on the wire: ``status`` in the place of
``current_status``, progress in percent, details in an array; also the two small operations of their
section.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from a2e_sdk._wire.family_table import AVATAR_VIDEOS as FACADE_FAMILY
from a2e_sdk.sandbox.protocol.responses import RefusedError, refused_field
from a2e_sdk.sandbox.protocol.routing import Call, OperationHandler
from a2e_sdk.sandbox.state.clock import wire_time
from a2e_sdk.sandbox.state.collection import page_asked_for, page_of
from a2e_sdk.sandbox.state.progress import StatusWords
from a2e_sdk.sandbox.tasks.endpoints import TaskEndpoints
from a2e_sdk.sandbox.tasks.family import (
    Action,
    ListShape,
    Row,
    SandboxFamily,
    TaskView,
    operations_of,
)

__all__ = ["AVATAR_VIDEOS", "AvatarVideoExtras"]

_ECHOED = ("title", "anchor_id", "web_bg_width", "web_bg_height", "color")
_CODE_OF_TWO_BACKGROUNDS = 30_005


def _row(view: TaskView) -> Row:
    progress, inputs = view.progress, view.inputs
    row: Row = {"_id": view.task_id, "msg": inputs.get("msg", ""), "status": progress.word}
    row |= {key: inputs[key] for key in _ECHOED if key in inputs}
    row |= {
        # A number in the request, a text in the response.
        "anchor_type": str(inputs.get("anchor_type", 0)),
        "process": progress.percent,
        "result": view.result_url,
        "result_people_url": "",
        "result_bg_url": "",
        "replace_bg_id": inputs.get("back_id"),
        "custom_backs_id": inputs.get("custom_back_id"),
        "createdAt": wire_time(progress.created_at),
        "diff_s": int((view.now - progress.created_at).total_seconds()),
        "current_date": wire_time(view.now),
    }
    if progress.completed_at is not None:
        row["end_success_date"] = wire_time(progress.completed_at)
    if progress.failure is not None:
        row["fail_reason"] = progress.failure.message
        row["error_code"] = progress.failure.code
    return row


def _image_video_row(view: TaskView) -> Row:
    """Return a task of image to video as the list of avatar videos shows it."""
    progress, inputs = view.progress, view.inputs
    row: Row = {"_id": view.task_id, "status": progress.word, "process": progress.percent}
    row |= {"result": view.result_url, "msg": ""}
    row |= {"title": inputs.get("name", ""), "createdAt": wire_time(progress.created_at)}
    if progress.failure is not None:
        row["fail_reason"] = progress.failure.message
    return row


AVATAR_VIDEOS = SandboxFamily(
    name=FACADE_FAMILY.name,
    start=str(FACADE_FAMILY.start),
    operations={
        **operations_of(FACADE_FAMILY),
        "get_avatar_video": Action.DETAIL_IN_ARRAY,
        "get_avatar_video_detail": Action.DETAIL,
    },
    row=_row,
    start_row=lambda row: {"_id": row["_id"]},
    words=StatusWords(("init", "start", "pending"), ("process", "copy"), "success", "fail"),
    status_key="status",
    price=20,
    shape=ListShape.CURRENT,
)
"""``/api/v1/video``."""


class AvatarVideoExtras:
    """What the section offers beside its tasks, and the rules of their start.

    Args:
        videos: the avatar videos.
        image_videos: the tasks of image to video, which the list shows too.
    """

    def __init__(self, videos: TaskEndpoints, image_videos: TaskEndpoints) -> None:
        self._videos = videos
        self._image_videos = image_videos
        self._start = videos.handlers()["start_avatar_video"]

    def handlers(self) -> dict[str, OperationHandler]:
        """Return the handler of each operation, by its id."""
        return {
            "start_avatar_video": self._start_checked,
            "list_avatar_videos": self._list,
            "list_avatar_videos_2025": self._list,
            "get_text_language": self._language,
            "update_public_pool": self._public_pool,
        }

    def _start_checked(self, call: Call) -> Any:
        body = call.body
        if "back_id" in body and "custom_back_id" in body:
            text = "back_id and custom_back_id cannot be used together"
            raise RefusedError(text, 400, code=_CODE_OF_TWO_BACKGROUNDS)
        if "audioSrc" not in body and "custom_voice" not in body:
            raise refused_field("audioSrc", "body", "is required without custom_voice")
        return self._start(call)

    def _list(self, call: Call) -> Any:
        number, size = page_asked_for(call)
        made = [(*key, self._video) for key in self._videos.times_of_creation()]
        made += [(*key, self._image_video) for key in self._image_videos.times_of_creation()]
        made.sort(key=lambda entry: entry[:2], reverse=True)
        page = page_of(made, number, size)
        rows = [row_of(task_id, call.now) for _, task_id, row_of in page]
        return AVATAR_VIDEOS.shape.page(rows, len(made), number)

    def _video(self, task_id: str, now: datetime) -> Row:
        return self._videos.known(task_id, now)

    def _image_video(self, task_id: str, now: datetime) -> Row:
        return _image_video_row(self._image_videos.view(task_id, now, AVATAR_VIDEOS.words))

    def _language(self, call: Call) -> str:
        return language_of(call.body["msg"])

    def _public_pool(self, call: Call) -> Row:
        return {"isAutoToPublicPool": call.body["isAutoToPublicPool"]}


def language_of(text: str) -> str:
    """Guess the language of a text from its letters alone.

    Args:
        text: the text.

    Returns:
        The code of a language with its region.
    """
    if any("\u3040" <= letter <= "\u30ff" for letter in text):
        return "ja-JP"
    if any("\u4e00" <= letter <= "\u9fff" for letter in text):
        return "zh-CN"
    return "en-US"

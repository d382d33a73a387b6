"""Avatars: those of everybody, those the user trains, and the records around them.

This module owns the family of trainings and the list of avatars that can be used. The id of a
training is not that of its avatar: ``anchor_id`` is set when the training has ended well, and the
list of avatars has an entry of its own from then on.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from a2e_sdk._wire.family_table import AVATAR_TRAININGS as FACADE_FAMILY
from a2e_sdk.sandbox.protocol.responses import RefusedError
from a2e_sdk.sandbox.protocol.routing import Call, OperationHandler
from a2e_sdk.sandbox.state.catalogue import AVATARS
from a2e_sdk.sandbox.state.clock import wire_time
from a2e_sdk.sandbox.state.progress import Stage, StatusWords
from a2e_sdk.sandbox.state.server_state import SandboxState
from a2e_sdk.sandbox.tasks.endpoints import TaskEndpoints
from a2e_sdk.sandbox.tasks.family import Action, Row, SandboxFamily, TaskView, operations_of
from a2e_sdk.sandbox.tasks.rows import ended_badly

__all__ = ["AVATAR_TRAININGS", "CONTINUED_PRICE", "Avatars"]

_ANCHOR = "a4c0a4c0a4"


def _anchor_of(training: str) -> str:
    """Return the id of a training's avatar: another one, that follows from it."""
    return training[:8] + _ANCHOR + training[18:]


def _training_row(view: TaskView) -> Row:
    inputs, progress = view.inputs, view.progress
    done = progress.stage is Stage.COMPLETED
    row: Row = {
        "_id": view.task_id,
        "name": inputs.get("name", ""),
        "gender": inputs.get("gender", "female"),
        "image_url": inputs.get("image_url", ""),
        "video_url": inputs.get("video_url", ""),
        "current_status": progress.word,
        "anchor_id": _anchor_of(view.task_id) if done else None,
        "preview_result_url": view.result_url,
        "user_video_twin_id": view.task_id,
        "coins": view.price,
        "createdAt": wire_time(progress.created_at),
        "updatedAt": wire_time(progress.updated_at),
    }
    return row | ended_badly(view)


AVATAR_TRAININGS = SandboxFamily(
    name=FACADE_FAMILY.name,
    start=str(FACADE_FAMILY.start),
    operations={
        **operations_of(FACADE_FAMILY),
        "start_avatar_training_retry": Action.RESTART,
        "start_avatar_training_job": Action.RESTART,
        "start_eye_contact": Action.RESTART,
        "list_avatar_records": Action.ALL,
    },
    row=_training_row,
    words=StatusWords(running=("pending", "processing", "training", "generating")),
    price=30,
    free_with="video_url",
)
"""``/api/v1/userVideoTwin``. An avatar of a video is free, one of an image is not."""

CONTINUED_PRICE = 30
"""Coins for the second part of a training; the sandbox's own price."""


class Avatars:
    """The avatars that can be used, and what can be done with a training beside the common things.

    Args:
        state: what it shares with the rest of the sandbox.
        trainings: the user's trainings.
        images: the tasks of text to image, of whose results avatars can be made.
    """

    def __init__(
        self, state: SandboxState, trainings: TaskEndpoints, images: TaskEndpoints
    ) -> None:
        self._state = state
        self._trainings = trainings
        self._images = images
        self._start = trainings.handlers()["start_avatar_training"]

    def handlers(self) -> dict[str, OperationHandler]:
        """Return the handler of each operation, by its id."""
        return {
            "list_avatars": lambda call: self._avatars(call, call.query),
            "list_avatars_2025": lambda call: self._avatars(call, call.body),
            "list_anchors": lambda call: self._avatars(call, {}),
            "start_avatar_training": self._start_checked,
            "start_continued_training": self._continue,
            "start_continued_training_2025": self._continue,
            "add_avatar_from_text_to_image": self._add_from_image,
            "add_avatar_upload": lambda _: {},
            "get_avatar_upload_status": lambda _: {},
        }

    def _avatars(self, call: Call, asked: Any) -> list[Row]:
        """Return default and custom avatars; of one kind, or of one training, if it is asked for.

        What a client sends beside ``default`` and ``custom`` is not documented: it asks for all.
        """
        rows = [*self._custom(call.now), *map(dict, AVATARS)]
        kind = asked.get("type")
        if kind in ("default", "custom"):
            rows = [row for row in rows if row["type"] == kind]
        training = asked.get("user_video_twin_id")
        if training is not None:
            rows = [row for row in rows if row.get("user_video_twin_id") == training]
        return rows

    def _custom(self, now: datetime) -> list[Row]:
        return [
            {
                "_id": training["anchor_id"],
                "type": "custom",
                "name": training["name"],
                "gender": training["gender"],
                "lang": [],
                "video_cover": training["preview_result_url"],
                "people_img": training["image_url"],
                "base_video": training["video_url"],
                "image_url": training["image_url"],
                "user_video_twin_id": training["_id"],
                "createdAt": training["createdAt"],
            }
            for training in self._trainings.rows(now)
            if training["anchor_id"] is not None
        ]

    def _start_checked(self, call: Call) -> Any:
        if not call.body.get("video_url") and not call.body.get("image_url"):
            raise RefusedError("video_url or image_url is required")
        return self._start(call)

    def _continue(self, call: Call) -> Row:
        training = self._trainings.known(call.identifier, call.now)
        if training["anchor_id"] is None:
            raise RefusedError("The first training has not ended")
        # The avatar stays usable meanwhile.
        anchor = {"anchor_id": training["anchor_id"]}
        price = self._state.prices["start_continued_training"]
        return self._trainings.restart(training["_id"], call.now, price, **anchor)

    def _add_from_image(self, call: Call) -> Row:
        image = self._images.known(call.identifier, call.now)
        if not image["image_urls"]:
            raise RefusedError("The image is not ready")
        fields = {"name": image["name"], "image_url": image["image_urls"][0]}
        gender = call.body.get("gender")
        self._trainings.start(fields | ({"gender": gender} if gender else {}), call.now)
        return {}

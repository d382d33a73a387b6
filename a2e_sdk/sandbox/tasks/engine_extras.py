"""What two families of tasks offer beside the common operations.

This module owns the marks, prompts and figures of image to video, and the full-size files of Veo.
"""

from __future__ import annotations

from typing import Any

from a2e_sdk.sandbox.protocol.responses import RefusedError, json_reply
from a2e_sdk.sandbox.protocol.routing import Call, OperationHandler
from a2e_sdk.sandbox.state.clock import parse_time
from a2e_sdk.sandbox.state.server_state import SandboxState

from .endpoints import TaskEndpoints
from .family import Row

__all__ = ["ImageToVideoExtras", "VeoExtras"]

_FULL_SIZE_AFTER = 5.0
"""Seconds from the end of a task until its file is there in full size."""


class ImageToVideoExtras:
    """The small operations of image to video.

    Args:
        state: what it shares with the rest of the sandbox.
        tasks: its tasks.
    """

    def __init__(self, state: SandboxState, tasks: TaskEndpoints) -> None:
        self._state = state
        self._tasks = tasks

    def handlers(self) -> dict[str, OperationHandler]:
        """Return what handles each operation, by its id."""
        return {
            "get_image_to_video_processing_time": self._processing_time,
            "get_image_to_video_queue_level": lambda _: {"level": 0},
            "mark_image_to_video_shared": self._mark,
            "mark_image_to_video_downloaded": self._mark,
            "mark_image_to_video_copied": self._mark,
            "add_image_to_video_prompt": self._prompt,
            "add_first_last_frame_prompt": self._prompt,
        }

    def _processing_time(self, _call: Call) -> Row:
        return {"avgProcessingTime": self._state.completed_after}

    def _mark(self, call: Call) -> Row:
        self._tasks.known(call.identifier, call.now)
        return {}

    def _prompt(self, call: Call) -> Row:
        return {
            "prompt": f"{call.body['prompt']}, in soft light, with a steady camera",
            "negative_prompt": call.body["negative_prompt"],
        }


class VeoExtras:
    """Results of Veo in full size.

    Args:
        tasks: its tasks.
    """

    def __init__(self, tasks: TaskEndpoints) -> None:
        self._tasks = tasks

    def handlers(self) -> dict[str, OperationHandler]:
        """Return what handles the operation, by its id."""
        return {"get_veo_task_in_full_hd": self._full_size}

    def _full_size(self, call: Call) -> Any:
        row = self._tasks.known(call.identifier, call.now)
        if row.get("aspectRatio") == "9:16":
            raise RefusedError("Only videos of 16:9 have a full size")
        ready_at = parse_time(row["updatedAt"]).timestamp() + _FULL_SIZE_AFTER
        if not row["result_url"] or call.now.timestamp() < ready_at:
            return json_reply({"code": 0, "data": {}}, 202)
        return {"result_url": row["result_url"]}

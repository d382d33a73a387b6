"""Face swap tasks and previews, as two families of tasks.

This module owns what is particular to them on the wire: ``faild_message``, ``error_code`` as the
text "0", the five fields of the running list, the two additional times.
"""

from __future__ import annotations

from a2e_sdk._wire.family_table import FACE_SWAP
from a2e_sdk.sandbox.files.served_files import JPEG
from a2e_sdk.sandbox.state.clock import wire_time
from a2e_sdk.sandbox.state.progress import Stage
from a2e_sdk.sandbox.tasks.family import Action, Row, SandboxFamily, TaskView, operations_of

__all__ = ["FACE_SWAP_PREVIEWS", "FACE_SWAP_TASKS", "USER_ID"]

USER_ID = "5a4d0b0c5000000000000001"
"""The id of the sandbox's only user."""

_PHASES = ("initialized_time", "processing_time", "completed_time")


def _task_row(view: TaskView) -> Row:
    progress = view.progress
    processing_at, completed_at = progress.processing_at, progress.completed_at
    return {
        "name": view.inputs.get("name", "sandbox task"),
        "video_url": view.inputs.get("video_url", "https://example.com/video.mp4"),
        "duration": 6 if progress.stage is Stage.COMPLETED else 0,
        "face_url": view.inputs.get("face_url", "https://example.com/face.jpg"),
        "current_status": progress.word,
        "result_url": view.result_url,
        "error_code": progress.failure.code if progress.failure else "0",
        "faild_message": progress.failure.message if progress.failure else None,
        "_id": view.task_id,
        "createdAt": wire_time(progress.created_at),
        "updatedAt": wire_time(progress.updated_at),
        "initialized_time": wire_time(progress.created_at),
        "processing_time": wire_time(processing_at) if processing_at else None,
        "completed_time": wire_time(completed_at) if completed_at else None,
    }


def _start_row(row: Row) -> Row:
    return {key: value for key, value in row.items() if key not in _PHASES}


def _running_row(row: Row) -> Row:
    return {
        "current_status": row["current_status"],
        "result_url": row["result_url"],
        "error_code": None,
        "faild_message": row["faild_message"],
        "_id": row["_id"],
    }


def _preview_row(view: TaskView) -> Row:
    failure = view.progress.failure
    return {
        "video_url": view.inputs.get("video_url", "https://example.com/video.jpg"),
        "face_url": view.inputs.get("face_url", "https://example.com/face.jpg"),
        "current_status": view.progress.word,
        "result_url": view.result_url,
        "error_code": failure.code if failure else "0",
        "faild_message": failure.message if failure else None,
        "_id": view.task_id,
        "user_id": USER_ID,
    }


FACE_SWAP_TASKS = SandboxFamily(
    name="userFaceSwapTask",
    start=str(FACE_SWAP.start),
    operations=operations_of(FACE_SWAP),
    row=_task_row,
    start_row=_start_row,
    running_row=_running_row,
    price=10,
)
"""``/api/v1/userFaceSwapTask``."""

FACE_SWAP_PREVIEWS = SandboxFamily(
    name="userFaceSwapPreview",
    start="add_face_swap_preview",
    operations={
        "add_face_swap_preview": Action.START,
        "get_face_swap_preview_status": Action.DETAIL_OR_ALL,
    },
    row=_preview_row,
    result=JPEG,
    follows_input=False,
)
"""``/api/v1/userFaceSwapPreview``; free of charge."""

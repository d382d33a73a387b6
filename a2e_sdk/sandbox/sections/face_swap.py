"""Face swap tasks and previews, as two families of tasks.

Owns what is particular to them on the wire: ``faild_message``, ``error_code`` as the text "0", the
five fields of the running list, the two additional times.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from attrs import evolve

from a2e_api.operations import Operation
from a2e_sdk.sandbox.files.served_files import JPEG
from a2e_sdk.sandbox.protocol.input_checks import (
    BodyField,
    checked_body,
    checked_id,
    checked_page,
    id_list,
    one_of,
    text,
    web_url,
    webhook_token,
    webhook_url,
)
from a2e_sdk.sandbox.protocol.routing import Call
from a2e_sdk.sandbox.protocol.schema_checks import Check
from a2e_sdk.sandbox.state.clock import wire_time
from a2e_sdk.sandbox.tasks.family import Action, Row, TaskFamily, TaskView
from a2e_sdk.sandbox.tasks.progress import Stage

__all__ = ["FACE_SWAP_CHECKS", "FACE_SWAP_PREVIEWS", "FACE_SWAP_TASKS", "USER_ID"]

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


FACE_SWAP_TASKS = TaskFamily(
    name="userFaceSwapTask",
    operations={
        "add_face_swap_task": Action.START,
        "list_running_face_swap_tasks": Action.RUNNING,
        "list_face_swap_tasks": Action.PAGE,
        "get_face_swap_task": Action.DETAIL,
        "get_face_swap_task_2025": Action.DETAIL,
        "delete_face_swap_task": Action.DELETE,
        "get_many_face_swap_tasks": Action.BATCH,
    },
    row=_task_row,
    start_row=_start_row,
    running_row=_running_row,
    price=10,
    result_like="video_url",
)
"""``/api/v1/userFaceSwapTask``. Webhooks are accepted and never called."""

FACE_SWAP_PREVIEWS = TaskFamily(
    name="userFaceSwapPreview",
    operations={
        "add_face_swap_preview": Action.START,
        "get_face_swap_preview_status": Action.DETAIL_OR_ALL,
    },
    row=_preview_row,
    result=JPEG,
)
"""``/api/v1/userFaceSwapPreview``; free of charge."""

_PREVIEW_FIELDS = (
    BodyField("face_url", web_url, required=True),
    BodyField("video_url", web_url, required=True),
)
_TASK_FIELDS = (
    BodyField("name", text, required=True),
    *_PREVIEW_FIELDS,
    BodyField("cover_url", web_url),
    BodyField("model_version", one_of("v1", "v2")),
    BodyField("webhook_url", webhook_url),
    BodyField("webhook_token", webhook_token),
)
_BATCH_FIELDS = (BodyField("ids", id_list, required=True),)


def _by_fields(fields: Iterable[BodyField], _operation: Operation, call: Call) -> Call:
    return evolve(call, body=checked_body(call.request.body, fields))


def _by_page(_operation: Operation, call: Call) -> Call:
    number, size = checked_page(call.request.query)
    return evolve(call, query={"pageNum": number, "pageSize": size})


def _by_id(_operation: Operation, call: Call) -> Call:
    return evolve(call, query={"_id": checked_id(call.request.query.get("_id"), "query")})


def _by_id_if_given(operation: Operation, call: Call) -> Call:
    return _by_id(operation, call) if "_id" in call.request.query else call


def _by_any_id(_operation: Operation, call: Call) -> Call:
    # Clients send one to an operation that documents none, and take what they get.
    return evolve(call, query={"_id": call.request.query.get("_id", "")})


FACE_SWAP_CHECKS: Mapping[str, Check] = {
    "add_face_swap_task": partial(_by_fields, _TASK_FIELDS),
    "add_face_swap_preview": partial(_by_fields, _PREVIEW_FIELDS),
    "get_many_face_swap_tasks": partial(_by_fields, _BATCH_FIELDS),
    "list_running_face_swap_tasks": _by_any_id,
    "list_face_swap_tasks": _by_page,
    "get_face_swap_preview_status": _by_id_if_given,
    "get_face_swap_task_2025": _by_id,
}
"""Checks that go beyond the spec: texts must not be empty, addresses must be of the web; an
optional field may also be null."""

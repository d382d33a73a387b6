"""Tasks from records, made as the family's row of the table says.

This module owns the reading of records whose keys differ from family to family: the status under
two keys, texts in two spellings, results in five places. Every value is read once, straight from
the server's own object. Nothing is lost: what has no attribute of its own is in ``raw``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast

from a2e_api.types import as_datetime, as_number
from a2e_sdk._wire.field_names import FIELD_ALIASES, first_alias
from a2e_sdk.models.status import STATUS_WORDS, TaskStatus, task_status

from .drafts import SteppedDraft, TaskDraft

if TYPE_CHECKING:
    from a2e_sdk._wire.records import Record
    from a2e_sdk.models.generation import GenerationTask
    from a2e_sdk.models.task import Task

TaskT = TypeVar("TaskT", bound="Task")
DraftT = TypeVar("DraftT", bound=TaskDraft)

#: Every time at once: without the calls that only an odd one needs. See `time_of` for those.
_iso_time: Callable[[Any], datetime] = datetime.fromisoformat

# The usual key of each attribute; the other keys are asked for where it has nothing.
_ID = FIELD_ALIASES["id"][0]
_STATUS = FIELD_ALIASES["status"][0]
_CREATED_AT = FIELD_ALIASES["created_at"][0]
_UPDATED_AT = FIELD_ALIASES["updated_at"][0]
_INITIALIZED_AT = FIELD_ALIASES["initialized_at"][0]
_PROCESSING_AT = FIELD_ALIASES["processing_at"][0]
_COMPLETED_AT = FIELD_ALIASES["completed_at"][0]
# One name for each key: a loop over them would be a tenth of the time that a record takes.
_REASON_1, _REASON_2, _REASON_3, _REASON_4, _REASON_5 = FIELD_ALIASES["failed_message"]
_CODE_1, _CODE_2 = FIELD_ALIASES["error_code"]

_status_of_word: Callable[[Any], TaskStatus | None] = STATUS_WORDS.get


def task_converter(
    model: type[TaskT],
    draft_class: type[DraftT],
    results: tuple[str, ...],
    read_own: Callable[[DraftT, Record], None],
    *,
    label: str = "name",
) -> Callable[[Record], TaskT]:
    """Return the function that makes tasks of one kind of their records.

    It reads a record in any spelling. One without a status word counts as finished when it has a
    result, and as failed when it has a reason.

    A listing calls it for every record, so it is written without calls for what a record usually
    is. A test holds it to what is read field by field.

    Args:
        model: The class of the tasks.
        draft_class: A draft with the attributes of the model and no others.
        results: Where a record has the links of its results, the first that is not empty.
        read_own: Sets the attributes that only these tasks have, and may change the others.
        label: The key of a task's name.
    """
    has_steps = issubclass(draft_class, SteppedDraft)

    def convert(raw: Record) -> TaskT:
        created: datetime | None
        updated: datetime | None
        try:
            identifier, word = raw[_ID], raw[_STATUS]
            created, updated = _iso_time(raw[_CREATED_AT]), _iso_time(raw[_UPDATED_AT])
            status = _status_of_word(word)
            usual = created.tzinfo is UTC and updated.tzinfo is UTC and type(identifier) is str
        except (KeyError, TypeError, ValueError):
            usual, identifier, word, status = False, "", None, None
            created = updated = None
        if not usual or not identifier or status is None:
            identifier, word = _text(raw, "id") or "", _text(raw, "status")
            created, updated = time_of(raw, "created_at"), time_of(raw, "updated_at")
            status = None
        name = raw.get(label)
        urls: tuple[str, ...] = ()
        for key in results:
            value = raw.get(key)
            if value:
                urls = (value,) if type(value) is str else _texts_in(value)
                if urls:
                    break
        reason = (
            raw.get(_REASON_1)
            or raw.get(_REASON_2)
            or raw.get(_REASON_3)
            or raw.get(_REASON_4)
            or raw.get(_REASON_5)
        )
        reason = text_of(reason) if reason else None
        code = raw.get(_CODE_1) or raw.get(_CODE_2)
        draft: Any = draft_class()  # A cast at the end would be one call more for every record.
        draft.id = identifier
        draft.name = name if type(name) is str and name else text_of(name)
        draft.status = status or _status_of(word, urls, reason)
        draft.raw_status = word
        draft.result_url = urls[0] if urls else None
        draft.result_urls = urls
        draft.failed_message = reason
        draft.error_code = error_code_of(code) if code and code != "0" else None
        draft.created_at = created
        draft.updated_at = updated
        draft.raw = raw
        if has_steps:
            _read_steps(draft, raw)
        read_own(draft, raw)
        # The draft has the layout of its model, so that it can become an instance of it.
        draft.__class__ = model
        task: TaskT = draft
        return task

    return convert


def _read_steps(draft: SteppedDraft, raw: Record) -> None:
    # Most engines send none of the three.
    if _INITIALIZED_AT in raw:
        try:
            initialized = _iso_time(raw[_INITIALIZED_AT])
            processing = _iso_time(raw[_PROCESSING_AT])
            completed = _iso_time(raw[_COMPLETED_AT])
            usual = initialized.tzinfo is UTC and processing.tzinfo is UTC
        except (KeyError, TypeError, ValueError):
            pass
        else:
            if usual and completed.tzinfo is UTC:
                draft.initialized_at = initialized
                draft.processing_at = processing
                draft.completed_at = completed
                return
    draft.initialized_at = time_of(raw, "initialized_at")
    draft.processing_at = time_of(raw, "processing_at")
    draft.completed_at = time_of(raw, "completed_at")


def record_converter(
    model: type[GenerationTask], results: tuple[str, ...]
) -> Callable[[Record], GenerationTask]:
    """Return the function that makes tasks of one engine's records.

    Args:
        model: The class of its tasks.
        results: Where a record has the links of its results, the first that is not empty.
    """
    return task_converter(model, _GenerationDraft, results, _read_generation)


class _GenerationDraft(SteppedDraft):
    prompt: str | None
    negative_prompt: str | None
    duration: float | None
    coins: float | None


def _read_generation(draft: _GenerationDraft, raw: Record) -> None:
    draft.prompt = _text(raw, "prompt")
    draft.negative_prompt = _text(raw, "negative_prompt")
    draft.duration = as_number(raw.get("duration"))
    draft.coins = as_number(raw.get("coins"))


def time_of(raw: Record, friendly: str) -> datetime | None:
    """Return a time of a record under any of its spellings; None where there is none."""
    value = first_alias(raw, friendly)
    return None if value is None else as_datetime(value)


def _status_of(word: str | None, urls: tuple[str, ...], reason: str | None) -> TaskStatus:
    if word is not None:
        return task_status(word)
    if urls:
        return TaskStatus.SUCCEEDED
    return TaskStatus.FAILED if reason else TaskStatus.UNKNOWN


def _texts_in(value: Any) -> tuple[str, ...]:
    values = cast(list[Any], value) if isinstance(value, list) else ()
    return tuple(text for text in values if isinstance(text, str) and text)


def _text(raw: Record, friendly: str) -> str | None:
    return text_of(first_alias(raw, friendly))


def text_of(value: Any) -> str | None:
    """Return a value of a record as text; None where there is none."""
    if value is None or value == "":
        return None
    return value if isinstance(value, str) else _written(value)


def _written(value: Any) -> str | None:
    try:
        return str(value)
    except RecursionError:  # Nested deeper than it can be written; ``raw`` has it.
        return None


def error_code_of(value: Any) -> str | None:
    """Return an error code as text; None for none, which the server also writes as "0"."""
    text = "" if value is None else (_written(value) or "").strip()
    return None if text in ("", "0") else text

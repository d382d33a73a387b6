"""Tasks from records, made as the family's row of the table says.

This module owns the reading of records whose keys differ from family to family: the status under
two keys, texts in two spellings, results in five places. Every value is read once, straight from
the server's own object. Nothing is lost: what has no attribute of its own is in ``raw``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from a2e_api.types import as_datetime, as_number
from a2e_sdk._wire.field_names import FIELD_ALIASES, first_alias
from a2e_sdk.models.status import STATUS_WORDS, TaskStatus, task_status

if TYPE_CHECKING:
    from a2e_sdk._wire.records import Record
    from a2e_sdk.models.generation import GenerationTask

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


def record_converter(
    model: type[GenerationTask], results: tuple[str, ...]
) -> Callable[[Record], GenerationTask]:
    """Return the function that makes tasks of one family's records.

    Args:
        model: The class of its tasks.
        results: Where a record has the links of its results, the first that is not empty.
    """

    def convert(raw: Record) -> GenerationTask:
        task = model.__new__(model)
        fields = task.__dict__
        set_common_fields(fields, raw, results)
        set_times(fields, raw)
        fields["prompt"] = text_of(first_alias(raw, "prompt"))
        fields["negative_prompt"] = text_of(first_alias(raw, "negative_prompt"))
        fields["duration"] = as_number(raw.get("duration"))
        fields["coins"] = as_number(raw.get("coins"))
        return task

    return convert


def common_fields(raw: Record, results: tuple[str, ...], *, label: str = "name") -> dict[str, Any]:
    """Return the attributes that every task has; the arguments are those of `set_common_fields`."""
    fields: dict[str, Any] = {}
    set_common_fields(fields, raw, results, label=label)
    return fields


def set_common_fields(
    fields: dict[str, Any], raw: Record, results: tuple[str, ...], *, label: str = "name"
) -> None:
    """Set the attributes that every task has, read from a record in any spelling.

    A record without a status word counts as finished when it has a result, and as failed when it
    has a reason.

    Written without calls for what a record usually is, and into the ``__dict__`` of a new task: a
    listing does this for every record, and so it takes a third of the time. A test holds it to
    what is read field by field.

    Args:
        fields: Where to set them.
        raw: The server's own object.
        results: Where the links of results may be, the first that is not empty.
        label: The key of the task's name.
    """
    get = raw.get
    identifier = get(_ID)
    if type(identifier) is not str or not identifier:
        identifier = text_of(first_alias(raw, "id")) or ""
    fields["id"] = identifier
    name = get(label)
    fields["name"] = name if type(name) is str and name else text_of(name)
    urls: tuple[str, ...] = ()
    for key in results:
        value = get(key)
        if value:
            urls = (value,) if type(value) is str else _texts_in(value)
            if urls:
                break
    reason = get(_REASON_1) or get(_REASON_2) or get(_REASON_3) or get(_REASON_4) or get(_REASON_5)
    reason = text_of(reason) if reason else None
    word = get(_STATUS)
    if type(word) is not str or not word:
        word = text_of(first_alias(raw, "status"))
    fields["status"] = _status_of_word(word) or _status_of(word, urls, reason)
    fields["raw_status"] = word
    fields["result_url"] = urls[0] if urls else None
    fields["result_urls"] = urls
    fields["failed_message"] = reason
    code = get(_CODE_1) or get(_CODE_2)
    fields["error_code"] = error_code_of(code) if code and code != "0" else None
    created: datetime | None
    updated: datetime | None
    try:
        created, updated = _iso_time(get(_CREATED_AT)), _iso_time(get(_UPDATED_AT))
        usual = created.tzinfo is UTC and updated.tzinfo is UTC
    except (TypeError, ValueError):
        usual, created, updated = False, None, None
    if not usual:
        created, updated = time_of(raw, "created_at"), time_of(raw, "updated_at")
    fields["created_at"] = created
    fields["updated_at"] = updated
    fields["raw"] = raw


def set_times(fields: dict[str, Any], raw: Record) -> None:
    """Set the times of the steps of a task; the arguments are those of `set_common_fields`."""
    get = raw.get
    initialized: datetime | None
    processing: datetime | None
    completed: datetime | None
    try:
        initialized, processing = _iso_time(get(_INITIALIZED_AT)), _iso_time(get(_PROCESSING_AT))
        completed = _iso_time(get(_COMPLETED_AT))
        usual = initialized.tzinfo is UTC and processing.tzinfo is UTC and completed.tzinfo is UTC
    except (TypeError, ValueError):
        usual, initialized, processing, completed = False, None, None, None
    if not usual:
        initialized = time_of(raw, "initialized_at")
        processing = time_of(raw, "processing_at")
        completed = time_of(raw, "completed_at")
    fields["initialized_at"] = initialized
    fields["processing_at"] = processing
    fields["completed_at"] = completed


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

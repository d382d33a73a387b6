"""Friendly tasks of any record, made as the family's row of the table says.

This module owns the reading of records whose keys differ from family to family: the status under
two keys, texts in two spellings, results in five places. Nothing is lost: what has no field of its
own is in ``raw``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from a2e_api.types import source_of
from a2e_sdk._wire.field_names import first_alias
from a2e_sdk.models.status import TaskStatus, task_status

if TYPE_CHECKING:
    from a2e_sdk._wire.families import TaskFamily
    from a2e_sdk.models.generation import GenerationTask


def record_converter(family: TaskFamily) -> Callable[[Any], GenerationTask]:
    """Return the function that makes friendly tasks of one family's records.

    Args:
        family: The family's row of the table.
    """
    model: type[GenerationTask] = getattr(import_module("a2e_sdk.models"), family.model)
    results = family.results

    def convert(wire: Any) -> GenerationTask:
        raw = source_of(wire)
        task = model.__new__(model)
        # Filled like this for speed, as every task is; a test holds it to what __init__ makes.
        task.__dict__.update(
            common_fields(wire, raw, results),
            prompt=text_of(first_alias(raw, "prompt")),
            negative_prompt=text_of(first_alias(raw, "negative_prompt")),
            duration=_attribute(wire, "duration", float),
            coins=_attribute(wire, "coins", float),
            initialized_at=_attribute(wire, "initialized_time", datetime),
            processing_at=_attribute(wire, "processing_time", datetime),
            completed_at=_attribute(wire, "completed_time", datetime),
        )
        return task

    return convert


def common_fields(
    wire: Any, raw: Mapping[str, Any], results: tuple[str, ...], *, label: str = "name"
) -> dict[str, Any]:
    """Return the fields that every task has, read from a record in any spelling.

    A record without a status word counts as finished when it has a result, and as failed when it
    has a reason.

    Args:
        wire: The record of the generated client, which has the times decoded.
        raw: The server's own object.
        results: Where the links of results may be, the first that is not empty.
        label: The key of the task's name.
    """
    word = text_of(first_alias(raw, "status"))
    urls = result_urls(raw, results)
    reason = text_of(first_alias(raw, "failed_message"))
    status = task_status(word)
    if word is None:
        status = (
            TaskStatus.SUCCEEDED if urls else TaskStatus.FAILED if reason else TaskStatus.UNKNOWN
        )
    return {
        "id": text_of(first_alias(raw, "id")) or "",
        "name": text_of(raw.get(label)),
        "status": status,
        "raw_status": word,
        "result_url": urls[0] if urls else None,
        "result_urls": urls,
        "failed_message": reason,
        "error_code": error_code_of(first_alias(raw, "error_code")),
        "created_at": _attribute(wire, "created_at", datetime),
        "updated_at": _attribute(wire, "updated_at", datetime),
        "raw": raw,
    }


def result_urls(raw: Mapping[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the links under the first of some keys that has any."""
    for key in keys:
        value = raw.get(key)
        values = cast(list[Any], value) if isinstance(value, list) else [value]
        urls = tuple(url for url in values if isinstance(url, str) and url)
        if urls:
            return urls
    return ()


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
    if value is None or value == "0":
        return None  # A listing asks this of every row.
    text = (_written(value) or "").strip()
    return None if text in ("", "0") else text


def _attribute(wire: Any, name: str, kind: type) -> Any:
    value = getattr(wire, name, None)
    return value if isinstance(value, kind | int) else None

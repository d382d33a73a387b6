"""The record of a task as most families write it.

This module owns the keys that these have in common. What a caller sent comes back under its own
keys, without what is nobody's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from a2e_sdk.sandbox.state.clock import wire_time

from .family import Row, TaskView

__all__ = ["RecordRow", "ended_badly"]

_KEPT_BACK = frozenset({"webhook_url", "webhook_token", "minor_suspected_skip", "negative_prmpt"})


@frozen
class RecordRow:
    """Writes a record.

    Args:
        result: key of the result's link.
        in_list: whether the results are a list of links.
        others: further keys that always have the same value, such as an empty ``cover_url``.
    """

    result: str = "result_url"
    in_list: bool = False
    others: Mapping[str, Any] = field(factory=dict[str, Any])

    def __call__(self, view: TaskView) -> Row:
        """Write the record of a task in full.

        Args:
            view: all that it is written from.
        """
        inputs = view.inputs
        row: Row = {"_id": view.task_id, "name": inputs.get("name", "")}
        row |= {key: inputs[key] for key in inputs if key not in _KEPT_BACK}
        if "negative_prmpt" in inputs:
            row.setdefault("negative_prompt", inputs["negative_prmpt"])
        if isinstance(row.get("duration"), str):
            row["duration"] = _number(row["duration"])
        row |= self.others
        row[self.result] = list(view.result_urls) if self.in_list else view.result_url
        return row | {
            "current_status": view.progress.word,
            "coins": view.price,
            "createdAt": wire_time(view.progress.created_at),
            "updatedAt": wire_time(view.progress.updated_at),
            **ended_badly(view),
        }


def ended_badly(view: TaskView) -> Row:
    """Return the two keys that say why a task failed; both are empty for one that did not.

    Args:
        view: all that a row is written from.
    """
    failure = view.progress.failure
    return {
        "failed_message": failure.message if failure else "",
        "failed_code": failure.code if failure else "",
    }


def _number(text: str) -> float | None:
    return int(text) if text.isascii() and text.isdigit() else None

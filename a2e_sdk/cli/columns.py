"""What a listing shows of a task or an image: the columns, as data.

This module owns which fields are shown, under which titles and in what style. Widths are worked out
in ``table``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import attrs

from .rendering import length_of, printable, short_time, short_url

if TYPE_CHECKING:
    from ..models import FaceSwapImage, FaceSwapTask, Task

# A column of any record with an id is also one of tasks.
ModelT = TypeVar("ModelT", contravariant=True)


class Recorded(Protocol):
    """What every record of the server has."""

    @property
    def id(self) -> str:
        """The server's id."""
        ...

    @property
    def created_at(self) -> datetime | None:
        """When it was accepted (aware, UTC)."""
        ...


def _no_style(_model: object) -> str:
    return ""


def _no_link(_model: object) -> str | None:
    return None


@attrs.frozen(kw_only=True)
class Column(Generic[ModelT]):
    """One column.

    Attributes:
        field: The model's attribute, which is the column's name in plain lines.
        title: The column's name in a table.
        show: Makes a cell's text for a width in characters; an empty text for nothing to show.
        least: The width below which the column moves to a line of its own, unless all its texts
            are shorter.
        most: The width beyond which it does not grow.
        right: Whether it is aligned to the right.
        style: Gives the style of a cell, in rich's words.
        link: Gives the address that a cell leads to, if any.
    """

    field: str
    title: str
    show: Callable[[ModelT, int], str]
    least: int
    most: int = 1000
    right: bool = False
    style: Callable[[ModelT], str] = _no_style
    link: Callable[[ModelT], str | None] = _no_link


_ID = Column[Recorded](
    field="id", title="id", show=lambda record, _: printable(record.id), least=24
)
_CREATED = Column[Recorded](
    field="created_at",
    title="created (UTC)",
    show=lambda record, _: short_time(record.created_at),
    least=16,
)

_STATUS_STYLES = {"succeeded": "green", "failed": "red", "running": "yellow", "queued": "cyan"}


def _status(task: Task, _width: int) -> str:
    # An unknown status is the server's new word: show that, it says more than "unknown".
    if task.status.value == "unknown" and task.raw_status:
        return printable(task.raw_status) + "?"
    return task.status.value


def _result(task: Task, width: int) -> str:
    if task.result_url is None:
        return ""
    others = len(task.result_urls) - 1
    more = f" (+{others})" if others > 0 else ""
    return short_url(task.result_url, width - len(more)) + more


def task_columns() -> tuple[Column[FaceSwapTask], ...]:
    """Return the columns of a listing of tasks."""
    return (
        _ID,
        Column(
            field="name",
            title="name",
            show=lambda task, _: printable(task.name or ""),
            least=12,
            most=30,
        ),
        Column(
            field="status",
            title="status",
            show=_status,
            least=9,
            most=16,
            style=lambda task: _STATUS_STYLES.get(task.status.value, "magenta"),
        ),
        Column(
            field="duration",
            title="duration",
            show=lambda task, _: length_of(task.duration),
            least=8,
            right=True,
        ),
        _CREATED,
        Column(
            field="result_url",
            title="result",
            show=_result,
            least=30,
            link=lambda task: task.result_url,
        ),
        Column(
            field="failed_message",
            title="failed message",
            show=lambda task, _: printable(task.failed_message or ""),
            # A reason that is cut says little: below, it has the whole width.
            least=40,
            style=lambda _: "red",
        ),
    )


def image_columns() -> tuple[Column[FaceSwapImage], ...]:
    """Return the columns of a listing of face images."""
    return (
        _ID,
        _CREATED,
        Column(
            field="face_url",
            title="face",
            show=lambda image, width: short_url(image.face_url or "", width),
            least=24,
            link=lambda image: image.face_url,
        ),
    )

"""What a listing shows of a task or an image: the columns, as data.

This module owns which fields are shown, in which order, under which titles and in what style.
Widths are worked out in ``table`` for a terminal and in ``plain_table`` for a pipe.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import attrs

from .rendering import length_of, plain_cell, plain_value, printable, short_time, short_url

if TYPE_CHECKING:
    from a2e_sdk._wire.families import TaskFamily
    from a2e_sdk.models import FaceSwapImage, Task

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
        title: The column's name.
        show: Makes a terminal's text for a width in characters; an empty text for nothing to show.
        whole: Makes a pipe's text, of which nothing is cut.
        least: The width below which the column moves to a line of its own, unless all its texts
            are shorter.
        most: The width beyond which it does not grow.
        right: Whether it is aligned to the right.
        never_cut: Whether a terminal gets its texts whole, too.
        style: Gives the style of a cell, in rich's words.
        link: Gives the address that a cell leads to, if any.
    """

    title: str
    show: Callable[[ModelT, int], str]
    whole: Callable[[ModelT], str]
    least: int
    most: int = 1000
    right: bool = False
    never_cut: bool = False
    style: Callable[[ModelT], str] = _no_style
    link: Callable[[ModelT], str | None] = _no_link


# The id is what the other commands take.
_ID = Column[Recorded](
    title="id",
    show=lambda record, _: printable(record.id),
    whole=lambda record: printable(record.id),
    least=24,
    never_cut=True,
)
_CREATED = Column[Recorded](
    title="created (UTC)",
    show=lambda record, _: short_time(record.created_at),
    whole=lambda record: plain_cell(plain_value(record.created_at)),
    least=16,
)

_STATUS_STYLES = {"succeeded": "green", "failed": "red", "running": "yellow", "queued": "cyan"}


def _status(task: Task) -> str:
    # An unknown status is the server's new word: show that, it says more than "unknown".
    if task.status.value == "unknown" and task.raw_status:
        return printable(task.raw_status) + "?"
    return task.status.value


def _status_style(task: Task) -> str:
    return _STATUS_STYLES.get(task.status.value, "magenta")


def _length(task: Task) -> float | None:
    length: float | None = getattr(task, "duration", None)
    return length


def _name(task: Task) -> str:
    return printable(task.name or "")


def _reason(task: Task) -> str:
    return printable(task.failed_message or "")


def _result(task: Task, width: int) -> str:
    if task.result_url is None:
        return ""
    others = len(task.result_urls) - 1
    more = f" (+{others})" if others > 0 else ""
    return short_url(task.result_url, width - len(more)) + more


def _results(task: Task) -> str:
    return plain_cell(plain_value(task.result_urls or task.result_url))


_STATUS = Column["Task"](
    title="status",
    show=lambda task, _: _status(task),
    whole=_status,
    least=9,
    most=16,
    style=_status_style,
)


_NAME = Column["Task"](
    title="name", show=lambda task, _: _name(task), whole=_name, least=12, most=30
)
_DURATION = Column["Task"](
    title="duration",
    show=lambda task, _: length_of(_length(task)),
    whole=lambda task: length_of(_length(task), exact=True),
    least=8,
    right=True,
)
_FAILED_MESSAGE = Column["Task"](
    title="failed message",
    show=lambda task, _: _reason(task),
    whole=_reason,
    # A reason that is cut says little: below, it has the whole width.
    least=40,
    style=lambda _: "red",
)
_RESULT = Column["Task"](
    title="result",
    show=_result,
    whole=_results,
    least=30,
    link=lambda task: task.result_url,
)


def task_columns(family: TaskFamily) -> tuple[Column[Task], ...]:
    """Return the columns of a listing of tasks.

    Args:
        family: The tasks' family: what its records don't have is no column.
    """
    import a2e_sdk.models

    fields = attrs.fields_dict(getattr(a2e_sdk.models, family.model))
    return (
        _ID,
        *((_NAME,) if family.label else ()),
        _STATUS,
        *((_DURATION,) if "duration" in fields else ()),
        _CREATED,
        _FAILED_MESSAGE,
        *((_RESULT,) if family.results or family.record else ()),
    )


def ended_columns() -> tuple[Column[Task], ...]:
    """Return the columns of tasks that are shown one by one, as they end."""
    return (
        _ID,
        _STATUS,
        Column(
            title="result, or why not",
            show=lambda task, width: _reason(task) or _result(task, width),
            whole=lambda task: _reason(task) or _results(task),
            least=30,
            style=lambda task: "red" if task.failed_message else "",
            link=lambda task: task.result_url,
        ),
    )


def image_columns() -> tuple[Column[FaceSwapImage], ...]:
    """Return the columns of a listing of face images."""
    return (
        _ID,
        _CREATED,
        Column(
            title="face",
            show=lambda image, width: short_url(image.face_url or "", width),
            whole=lambda image: printable(image.face_url or ""),
            least=24,
            link=lambda image: image.face_url,
        ),
    )


def field_columns(*names: str) -> tuple[Column[object], ...]:
    """Return columns that show fields as they are, under their names.

    Args:
        names: The fields, the most telling one first.
    """
    return tuple(map(_field_column, names))


def _field_column(name: str) -> Column[object]:
    def whole(model: object) -> str:
        return plain_cell(plain_value(getattr(model, name)))

    def show(model: object, width: int) -> str:
        value = getattr(model, name)
        if isinstance(value, datetime):
            return short_time(value)
        text = "" if value is None else whole(model)
        return short_url(text, width) if text.startswith(("https://", "http://")) else text

    def link(model: object) -> str | None:
        value = getattr(model, name)
        return value if isinstance(value, str) and "://" in value else None

    title = name.removesuffix("_at") + " (UTC)" if name.endswith("_at") else name.replace("_", " ")
    is_id = name in ("id", "code")
    return Column(
        title=title,
        show=show,
        whole=whole,
        least=len(title) if is_id else 8 if not name.endswith("url") else 30,
        most=1000 if name.endswith("url") else 40,
        never_cut=is_id,
        link=link,
    )

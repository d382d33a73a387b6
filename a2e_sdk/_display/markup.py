"""The HTML that cards and tables are made of.

This module owns the escaping, and the look: it takes the colours of the notebook around it, so that
it is readable in light and dark, and has neither scripts nor a style sheet, which some notebooks
remove. It is pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from html import escape
from urllib.parse import urlsplit

from .links import media_of, safe_link, works_until
from .texts import ELLIPSIS, printable, short_time, shortened

_LINE = "1px solid rgba(128,128,128,.35)"
_CARD = (
    f"border:{_LINE};border-radius:6px;padding:10px 14px;margin:4px 0;max-width:720px;"
    "font:13px/1.5 system-ui,sans-serif;color:inherit;background:transparent"
)
_CELL = "padding:2px 14px 2px 0;text-align:left;vertical-align:top;background:transparent"
_HEAD = f"{_CELL};font-weight:600;border-bottom:{_LINE}"
_NAME = f"{_CELL};font-weight:400;opacity:.75;white-space:nowrap"
_TABLE = "border-collapse:collapse;border:0;margin:4px 0;color:inherit;font:inherit"
_MEDIA = "max-width:100%;max-height:320px;margin-top:8px;display:block"
_MARKS = {"succeeded": "#2da44e", "failed": "#d1242f", "refused": "#d1242f", "running": "#bf8700"}

#: The longest text of a field in a card, and of a cell in a table.
CARD_TEXT, CELL_TEXT = 300, 60
_LINK_TEXT = 28


def text(value: object, length: int = CARD_TEXT) -> str:
    """Return a foreign value as it may stand in HTML: cut, printable and escaped."""
    return escape(shortened(printable(shortened(str(value), length)), 2 * length))


def status(word: str) -> str:
    """Return a status word with a mark in its colour; the word alone says it, too."""
    colour = _MARKS.get(word, "#8c959f")
    return (
        f'<span style="white-space:nowrap"><span aria-hidden="true" style="color:{colour}">'
        f"\u25cf</span> {text(word, CELL_TEXT)}</span>"
    )


def link(url: str, label: str | None = None) -> str:
    """Return a link that leads away from the notebook; plain text where it may not be one."""
    shown = text(_end(_name_of(url)) if label is None else label, CELL_TEXT)
    if safe_link(url) is None:
        return shown
    address = escape(url, quote=True)
    return (
        f'<a href="{address}" target="_blank" rel="noopener noreferrer" style="color:inherit">'
        f"{shown}</a>"
    )


def result(url: str, now: datetime | None = None) -> str:
    """Return a link with what it leads to below it, where that can be shown and still works.

    Args:
        url: The link of a result.
        now: The present moment. Default: by this machine's clock.
    """
    until = works_until(url)
    element = media_of(url) if safe_link(url) is not None else None
    if until is None or element is None:
        return link(url)
    if until <= (now or datetime.now(UTC)):
        return f"{link(url)} (expired {short_time(until)} UTC)"
    source = f'src="{escape(url, quote=True)}" style="{_MEDIA}"'
    if element == "img":
        shown = f'<img {source} loading="lazy" referrerpolicy="no-referrer" alt="the result">'
    else:
        shown = f'<{element} {source} controls preload="none" aria-label="the result"></{element}>'
    return f"{link(url)} (works until {short_time(until)} UTC){shown}"


def card(title: str, fields: Iterable[tuple[str, str]], note: str = "") -> str:
    """Return a card.

    Args:
        title: Its title, as HTML.
        fields: Names as text, and values as HTML.
        note: What stands below, as HTML.
    """
    rows = "".join(
        f'<tr style="background:transparent"><th scope="row" style="{_NAME}">{escape(name)}</th>'
        f'<td style="{_CELL};overflow-wrap:anywhere">{value}</td></tr>'
        for name, value in fields
    )
    table = f'<table style="{_TABLE}"><tbody>{rows}</tbody></table>' if rows else ""
    below = f'<div style="opacity:.75">{note}</div>' if note else ""
    return f'<div style="{_CARD}"><div style="font-weight:600">{title}</div>{table}{below}</div>'


def table(title: str, names: Sequence[str], rows: Iterable[Sequence[str]], note: str = "") -> str:
    """Return a table.

    Args:
        title: Its caption, as HTML.
        names: The names of the columns, as text.
        rows: The cells, as HTML.
        note: What stands below, as HTML.
    """
    head = "".join(f'<th scope="col" style="{_HEAD}">{escape(name)}</th>' for name in names)
    body = "".join(
        '<tr style="background:transparent">'
        + "".join(f'<td style="{_CELL};white-space:nowrap">{cell}</td>' for cell in row)
        + "</tr>"
        for row in rows
    )
    caption = (
        f'<caption style="caption-side:top;text-align:left;font-weight:600;color:inherit">{title}'
        "</caption>"
    )
    below = f'<div style="opacity:.75">{note}</div>' if note else ""
    outer = _CARD.replace("max-width:720px", "max-width:100%;overflow-x:auto")
    return (
        f'<div style="{outer}"><table style="{_TABLE}">{caption}<thead><tr style='
        f'"background:transparent">{head}</tr></thead><tbody>{body}</tbody></table>{below}</div>'
    )


def _end(name: str) -> str:
    """Return a name by its end, which tells files apart."""
    return name if len(name) <= _LINK_TEXT else ELLIPSIS + name[1 - _LINK_TEXT :]


def _name_of(url: str) -> str:
    """Return the last part of a link's path; never its query, which may be a password."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return url.partition("?")[0]
    return path.rstrip("/").rpartition("/")[2] or url.partition("?")[0]

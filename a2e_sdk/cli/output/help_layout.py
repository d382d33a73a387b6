"""Help that a terminal of any width can show.

This module owns the layout on narrow terminals, where two columns leave no room for the second:
what an option means stands below it then. Wide terminals get click's own layout.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

_NARROW = 60
_LEAST = 20


def help_text(command: Any, ctx: Any) -> str:
    """Return the help of a command, in lines that fit the terminal.

    Args:
        command: The command.
        ctx: Its context.
    """
    import shutil

    formatter = ctx.make_formatter()
    columns = shutil.get_terminal_size().columns
    if columns < _NARROW:
        formatter.width = max(columns, _LEAST)
        formatter.write_dl = partial(_write_stacked, formatter)
        formatter.write_usage = partial(_write_usage, formatter)
        formatter.write_heading = partial(_write_heading, formatter)
    command.format_help(ctx, formatter)
    return str(formatter.getvalue()).rstrip("\n")


def _write_stacked(formatter: Any, rows: Sequence[tuple[str, str]], *_: Any, **__: Any) -> None:
    indent = " " * formatter.current_indent
    for first, second in rows:
        name = first.strip()
        if re.fullmatch(r"\d+", name):
            _write_lines(formatter, f"{name}  {second}", indent, indent + "     ")
            continue
        _write_lines(formatter, name, indent, indent + "  ", breaks=True)
        _write_lines(formatter, second, indent + "    ", indent + "    ")


def _write_lines(formatter: Any, text: str, first: str, rest: str, *, breaks: bool = False) -> None:
    import textwrap

    if breaks:
        # A choice of words is one word to the wrapping.
        text = re.sub(r"(?<=\|)(?=\S)", "\u200b ", text) if _too_wide(text, formatter) else text
    lines = textwrap.wrap(
        text,
        formatter.width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    for line in lines:
        formatter.write(line.replace("\u200b ", "").replace("\u200b", "") + "\n")


def _too_wide(text: str, formatter: Any) -> bool:
    return any(len(word) > formatter.width - 4 for word in text.split())


def _write_usage(formatter: Any, prog: str, args: str = "", prefix: str | None = None) -> None:
    _write_lines(formatter, f"{prefix or 'Usage:'} {prog} {args}", "", "    ")


def _write_heading(formatter: Any, heading: str) -> None:
    indent = " " * formatter.current_indent
    _write_lines(formatter, f"{heading}:", indent, indent + "  ")

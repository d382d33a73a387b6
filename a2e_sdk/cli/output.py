"""Where text goes: tables to a terminal, tab-separated lines to a pipe, JSON to whoever asks.

This module owns standard output and standard error, and the choice between the three forms. rich is
imported for a terminal only, attrs with the first model.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from ..redaction import redact
from .rendering import json_text, plain_header, plain_record, plain_row, printable, record

if TYPE_CHECKING:
    from attrs import AttrsInstance
    from rich.console import Console

    from .columns import Column
    from .rendering import Plain

ModelT = TypeVar("ModelT", bound="AttrsInstance")

#: How many rows a table sees before it decides its widths.
_SAMPLE = 100


def print_listing(
    models: Iterable[ModelT], columns: Sequence[Column[ModelT]], noun: str, *, as_json: bool
) -> None:
    """Print models one by one, as they come.

    Args:
        models: What to print.
        columns: What a table and plain lines show.
        noun: What one of them is called.
        as_json: Whether to print a JSON array. One that is cut short by an error stays open, so
            that nobody takes a part for the whole.
    """
    if as_json:
        _print_array(models)
    elif is_terminal():
        _print_table(models, columns, noun)
    else:
        fields = [column.field for column in columns]
        # Asked for first: an error leaves no header without rows.
        rows = iter(models)
        first = list(islice(rows, 1))
        _write(plain_header(fields) + "\n")
        for part in (first, rows):
            for model in part:
                _write(plain_row(model, fields) + "\n")


def print_record(model: AttrsInstance, *, as_json: bool) -> None:
    """Print every field of a model.

    Args:
        model: What to print.
        as_json: Whether to print a JSON object.
    """
    values = record(model)
    if as_json:
        _write(json_text(values, _encoding()) + "\n")
    elif is_terminal():
        from .table import record_lines

        console = _console()
        for line in record_lines(values):
            console.print(line, soft_wrap=True)
    else:
        for text in plain_record(values):
            _write(text + "\n")


def print_done(sentence: str, facts: Mapping[str, Plain], *, as_json: bool) -> None:
    """Print that something was done.

    Args:
        sentence: For a person.
        facts: For JSON.
        as_json: Whether to print a JSON object.
    """
    _write((json_text(dict(facts), _encoding()) if as_json else printable(sentence)) + "\n")


def print_error(text: str, hint: str | None = None) -> None:
    """Print what went wrong on standard error, on one line, and a hint on a second one.

    Args:
        text: What went wrong; whatever looks like a key in it is masked.
        hint: What to do about it; None for no such line.
    """
    line = printable(redact(" ".join(text.split())))
    # Escaped where standard error can't express it, whatever its own error handler is.
    encoding = getattr(sys.stderr, "encoding", None) or "ascii"
    lines = [f"a2e: {line}", *([hint] if hint else [])]
    shown = "\n".join(lines).encode(encoding, "backslashreplace").decode(encoding)
    print(shown, file=sys.stderr, flush=True)


def is_terminal() -> bool:
    """Tell whether standard output is a terminal, or FORCE_COLOR says to treat it as one."""
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def _print_array(models: Iterable[AttrsInstance]) -> None:
    encoding = _encoding()
    before = "[\n"
    for model in models:
        _write(before + json_text(record(model), encoding))
        before = ",\n"
    _write("[]\n" if before == "[\n" else "\n]\n")


def _print_table(models: Iterable[ModelT], columns: Sequence[Column[ModelT]], noun: str) -> None:
    rows = iter(models)
    sample = list(islice(rows, _SAMPLE))
    if not sample:
        _write(f"No {noun}s.\n")
        return
    from .table import Table

    console = _console()
    table = Table(columns, sample, console.width)
    for line in table.header():
        console.print(line, soft_wrap=True)
    count = 0
    for part in (sample, rows):
        for model in part:
            count += 1
            for line in table.row(model):
                console.print(line, soft_wrap=True)
    console.print(f"{count:,} {noun}{'' if count == 1 else 's'}", style="dim", soft_wrap=True)


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def _encoding() -> str:
    return sys.stdout.encoding or "ascii"


def _write(text: str) -> None:
    sys.stdout.write(text)

"""Where text goes: tables to a terminal, plain columns to a pipe, JSON to whoever asks.

This module owns standard output, the error lines on standard error, and the choice between the
three forms. rich's console is imported for a terminal only, attrs with the first model.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from a2e_sdk._checks.redaction import redact

from .rendering import json_text, printable, record, record_cells
from .streams import writing

if TYPE_CHECKING:
    from attrs import AttrsInstance
    from rich.console import Console
    from rich.text import Text

    from .columns import Column
    from .rendering import Plain

ModelT = TypeVar("ModelT", bound="AttrsInstance")


def print_listing(
    models: Iterable[ModelT],
    columns: Sequence[Column[ModelT]],
    singular: str,
    *,
    as_json: bool,
    sample: int = 100,
) -> None:
    """Print models one by one, as they come.

    Args:
        models: What to print.
        columns: What a table shows.
        singular: What one of them is called.
        as_json: Whether to print a JSON array. One that is cut short by an error stays open, so
            that nobody takes a part for the whole.
        sample: How many rows a table sees before it decides its widths and prints the first.
    """
    if as_json:
        _print_array(models)
        return
    # Asked for first: an error leaves no header without rows.
    rows = iter(models)
    first = list(islice(rows, sample))
    if is_terminal():
        _print_table(first, rows, columns, singular)
    else:
        from .plain_table import PlainTable

        table = PlainTable(columns, first)
        _write(table.header + "\n")
        for part in (first, rows):
            for model in part:
                _write(table.row(model) + "\n")


def print_record(
    model: AttrsInstance, *, as_json: bool, more: Mapping[str, Plain] | None = None
) -> None:
    """Print every field of a model.

    Args:
        model: What to print.
        as_json: Whether to print a JSON object.
        more: Further fields, to be printed behind those of the model.
    """
    print_values(record(model) | dict(more or {}), as_json=as_json)


def print_values(values: Mapping[str, Plain], *, as_json: bool) -> None:
    """Print names with their values.

    Args:
        values: What to print.
        as_json: Whether to print a JSON object.
    """
    if as_json:
        _write(json_text(dict(values), _encoding()) + "\n")
    elif is_terminal():
        from .console import open_console
        from .table import record_lines

        console = open_console()
        for line in record_lines(values):
            _show(console, line)
    else:
        for name, text in record_cells(values):
            _write(f"{name}  {text}\n")


def print_done(sentence: str) -> None:
    """Print that something was done, for a person."""
    _write(printable(sentence) + "\n")


def print_text(text: str) -> None:
    """Print a text as it is, such as a line of a table in CSV."""
    _write(text)


def print_deleted(singular: str, identifier: str, *, as_json: bool) -> None:
    """Print that something was deleted.

    Args:
        singular: What it is called.
        identifier: Its id.
        as_json: Whether to print a JSON object.
    """
    if as_json:
        print_values({"id": identifier, "deleted": True}, as_json=True)
    else:
        print_done(f"Deleted {singular} {identifier}.")


def print_error(text: str, hints: Sequence[str] = ()) -> None:
    """Print what went wrong on standard error, on one line, and hints on lines of their own.

    Args:
        text: What went wrong; whatever looks like a key in it is masked.
        hints: What to do about it.
    """
    print_note(f"a2e: {redact(' '.join(text.split()))}")
    print_hints(hints)


def print_hints(hints: Sequence[str]) -> bool:
    """Print hints on standard error, and return whether it took all of them."""
    taken = [print_note(line) for hint in hints for line in hint.splitlines()]
    return all(taken)


def print_note(line: str) -> bool:
    """Print one line on standard error, without the API key, and return whether it was taken.

    A stream that is closed or full is no reason for a command to fail.
    """
    # Escaped where standard error can't express it, whatever its own error handler is.
    encoding = getattr(sys.stderr, "encoding", None) or "ascii"
    shown = printable(_without_key(line)).encode(encoding, "backslashreplace").decode(encoding)
    try:
        print(shown, file=sys.stderr, flush=True)
    except (OSError, ValueError, AttributeError):
        return False
    return True


def _without_key(line: str) -> str:
    """Return a line without the key of the environment, which may have been typed by mistake."""
    from a2e_sdk._checks.key_search import KeySearch
    from a2e_sdk._config.credentials import API_KEY_VARIABLES, SANDBOX_KEY

    for name in API_KEY_VARIABLES:
        key = os.environ.get(name, "")
        if key != SANDBOX_KEY:
            line = KeySearch(key).hide(line)
    return line


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


def _print_table(
    first: Sequence[ModelT],
    rest: Iterator[ModelT],
    columns: Sequence[Column[ModelT]],
    singular: str,
) -> None:
    if not first:
        _write(f"No {singular}s.\n")
        return
    from rich.text import Text

    from .console import open_console
    from .table import Table, blocks_or_none

    console = open_console()
    table = blocks_or_none(columns, first, console.width) or Table(columns, first, console.width)
    for line in table.header():
        _show(console, line)
    count = 0
    for part in (first, rest):
        for model in part:
            count += 1
            for line in table.row(model):
                _show(console, line)
    _show(console, Text(f"{count:,} {singular}{'' if count == 1 else 's'}", style="dim"))


def _show(console: Console, line: Text) -> None:
    with writing():
        console.print(line, soft_wrap=True)


def _encoding() -> str:
    return sys.stdout.encoding or "ascii"


def _write(text: str) -> None:
    with writing():
        sys.stdout.write(text)

"""The rows of a batch: from a table, JSON Lines, standard input, or any iterable of jobs.

This module owns which of them an input is, and the one form in which rows go on. Nothing is kept of
rows that were read, so an input may be of any size.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, BinaryIO, TypeAlias, cast

import attrs

from a2e_sdk.models.batch import Job

from .csv_rows import csv_rows
from .json_rows import json_rows
from .lines import UnreadableError, lines_of, name_of, opened
from .mistakes import Mistakes
from .row import Row

#: What a batch is made of: the path of a table or of JSON Lines, ``-`` for standard input, a file
#: open for reading bytes, or jobs.
Jobs: TypeAlias = str | os.PathLike[str] | BinaryIO | Iterable[Job | Mapping[str, Any]]


def rows_of(jobs: Jobs, mistakes: Mistakes) -> Iterator[Row]:
    """Yield the rows of an input.

    Args:
        jobs: The input.
        mistakes: Gets what is wrong with the input or with a row, which is left out then.
    """
    if isinstance(jobs, str | os.PathLike) or hasattr(jobs, "readline"):
        yield from _rows_of_file(cast("str | os.PathLike[str] | BinaryIO", jobs), mistakes)
        return
    is_empty = True
    for number, job in enumerate(cast("Iterable[object]", jobs), 1):
        is_empty = False
        place = f"job {number}"
        if isinstance(job, Job):
            row = _row_of_members(number, place, attrs.asdict(job, recurse=False), mistakes)
        elif isinstance(job, Mapping):
            row = _row_of_members(number, place, cast("Mapping[Any, Any]", job), mistakes)
        else:
            kind = type(job).__name__
            mistakes.add(f"it must be a Job or a dict, not {kind}.", place=place, line=number)
            continue
        if row is not None:
            yield row
    if is_empty:
        mistakes.add("there are no jobs.")


def _rows_of_file(source: str | os.PathLike[str] | BinaryIO, mistakes: Mistakes) -> Iterator[Row]:
    try:
        with opened(source) as stream:
            lines = lines_of(stream)
            blank: list[str] = []
            for line in lines:
                if line.strip():
                    everything = chain(blank, (line,), lines)
                    break
                blank.append("\n")
            else:
                mistakes.add("the file is empty.")
                return
            if line.lstrip()[0] not in "{[":
                yield from csv_rows(everything, mistakes)
                return
            for number, members in json_rows(everything, mistakes):
                row = _row_of_members(number, f"line {number}", members, mistakes)
                if row is not None:
                    yield row
    except UnreadableError as problem:
        place = None if problem.line is None else f"line {problem.line}"
        text = f"{problem}." if place else f"{name_of(source)!r}: {problem}."
        mistakes.add(text, place=place, line=problem.line)


def _row_of_members(
    number: int, place: str, members: Mapping[Any, Any], mistakes: Mistakes
) -> Row | None:
    """Return the row of an object, whose arguments may stand in an object of their own."""
    own = {name: members[name] for name in ("engine", "key", "output") if name in members}
    nested = members.get("arguments")
    arguments = {
        name: value
        for name, value in members.items()
        if name not in own and not (name == "arguments" and nested is not None)
    }
    if nested is not None:
        if not isinstance(nested, Mapping):
            mistakes.add(
                f"arguments must be an object, not {type(nested).__name__}.",
                place=place,
                line=number,
                column="arguments",
            )
            return None
        inner = cast("Mapping[Any, Any]", nested)
        for name in sorted(map(str, inner.keys() & arguments.keys())):
            mistakes.add(
                f"{name} is given twice: in arguments, too.", place=place, line=number, column=name
            )
        arguments |= inner
    for name in arguments:
        if not isinstance(name, str):
            mistakes.add(
                f"a name of an argument must be a str, not {type(name).__name__}.",
                place=place,
                line=number,
            )
            return None
    return Row(
        number,
        place,
        own.get("engine"),
        own.get("key"),
        own.get("output"),
        cast("dict[str, Any]", arguments),
        False,
    )

"""The results of a batch as a table: each job's input beside what became of it.

This module owns the columns, and where they are written: to standard output, or to a file that
appears whole or not at all.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from a2e_sdk._batch.job_file import StagedJob, read_jobs
from a2e_sdk._batch.results import result_line
from a2e_sdk._batch.whole_file import written_whole
from a2e_sdk.cli.output.printing import print_text
from a2e_sdk.models.batch import JobOutcome, JobStatus

from .batch_folder import BatchFolder

#: What comes first, before the arguments.
_FIRST = ("key", "engine")


def export_batch(folder: BatchFolder, form: str, to: str | None) -> None:
    """Write the results of a batch.

    Args:
        folder: Its folder.
        form: ``csv`` or ``json``.
        to: The file; None for standard output.

    Raises:
        ConfigurationError: There is no batch, or it is damaged.
        OSError: It can't be written.
    """
    folder.count()
    lines = _csv_lines(folder) if form == "csv" else json_lines(_records(folder))
    write_lines(lines, to)


def write_lines(lines: Iterator[str], to: str | None) -> None:
    """Write lines to standard output, or to a file, whole or not at all.

    Args:
        lines: The lines, with their ends.
        to: The file; None for standard output.

    Raises:
        FileExistsError: It is there already.
    """
    if to is not None and os.path.lexists(to):
        # It may be the journal, or a result that was paid for.
        raise FileExistsError(f"--to {to}: the file exists; give a name that is free.")
    if to is None:
        for line in lines:
            print_text(line)
        return
    with written_whole(Path(to)) as file:
        for line in lines:
            file.write(line.encode("utf-8", "backslashreplace"))


def json_lines(records: Iterator[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the lines of a JSON array, one record a line."""
    before = "[\n"
    for record in records:
        yield before + json.dumps(record)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def csv_lines(columns: list[str], records: Iterator[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the lines of a table in CSV.

    Args:
        columns: Its columns.
        records: Its rows; what one has not is empty.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for record in records:
        yield _taken(buffer)
        writer.writerow([_cell(record.get(column)) for column in columns])
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value)


def _csv_lines(folder: BatchFolder) -> Iterator[str]:
    arguments: dict[str, None] = {}
    for job in read_jobs(folder.jobs):
        arguments.update(dict.fromkeys(job.arguments))
    members = _outcome_record(JobOutcome(key="", engine="", status=JobStatus.PAUSED), folder)
    results = [name for name in members if name not in _FIRST]
    yield from csv_lines(
        [*_FIRST, *arguments, *results],
        ({**record, **record["arguments"]} for record in _records(folder)),
    )


def _records(folder: BatchFolder) -> Iterator[dict[str, Any]]:
    with folder.outcomes() as outcomes:
        for job, outcome in outcomes:
            yield _record(job, _outcome_record(outcome, folder))


def _record(job: StagedJob, outcome: dict[str, Any]) -> dict[str, Any]:
    first = {name: outcome.pop(name) for name in _FIRST}
    return {**first, "arguments": dict(job.arguments), **outcome}


def _outcome_record(outcome: JobOutcome, folder: BatchFolder) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result_line(outcome, folder.path))
    return found

"""``results.jsonl``: what became of every job, a line each.

This module owns the format. Lines are appended as jobs end, each in one write; the last line of a
key counts. At the end of a run the file is written anew, in the order of the jobs.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, cast

from a2e_sdk._files.cloud_urls import CloudPlace, is_cloud, place_of
from a2e_sdk._files.object_store import BLOCK, ObjectWriter
from a2e_sdk.models.batch import BatchResults, JobOutcome, JobStatus
from a2e_sdk.models.cloud import CloudPath

from .whole_file import written_whole

_OPEN = (
    os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
)
_BLOCK = 64 * 1024


def result_line(outcome: JobOutcome, folder: Path) -> bytes:
    """Return the line of a job.

    Args:
        outcome: What became of it.
        folder: The folder of results, which its paths are written relative to. The addresses of
            objects are written whole.
    """
    paths = [_relative(path, folder) for path in outcome.paths]
    record = {
        "key": outcome.key,
        "engine": outcome.engine,
        "status": outcome.status.value,
        "path": paths[0] if paths else None,
        "paths": paths,
        "sha256": outcome.sha256,
        "bytes": outcome.size,
        "coins": outcome.coins,
        "quote": outcome.quote,
        "task_id": outcome.task_id,
        "started_at": _moment(outcome.started_at),
        "ended_at": _moment(outcome.ended_at),
        "error": outcome.error,
        "line": outcome.line,
    }
    if outcome.etag is not None:
        record["etag"] = outcome.etag
    return json.dumps(record).encode() + b"\n"


def outcome_of(line: bytes, folder: Path) -> JobOutcome:
    """Return what a line says.

    Args:
        line: The line.
        folder: The folder of results.

    Raises:
        ValueError: It is no such line.
    """
    try:
        record = cast("Mapping[str, Any]", json.loads(line))
        started, ended = record["started_at"], record["ended_at"]
        return JobOutcome(
            key=record["key"],
            engine=record["engine"],
            status=JobStatus(record["status"]),
            paths=tuple(_located(path, folder) for path in record["paths"]),
            sha256=record["sha256"],
            size=record["bytes"],
            coins=record["coins"],
            quote=record["quote"],
            task_id=record["task_id"],
            started_at=None if started is None else datetime.fromisoformat(started),
            ended_at=None if ended is None else datetime.fromisoformat(ended),
            error=record["error"],
            line=record["line"],
            etag=record.get("etag"),
        )
    except (TypeError, LookupError, RecursionError, ValueError):
        raise ValueError("it is no line of results") from None


class ResultLog:
    """Appends the lines; it may be used in one thread at a time.

    A last line that was cut, because its process was killed while it wrote, is removed first.

    Args:
        path: ``results.jsonl`` in the folder of results.

    Raises:
        OSError: It can't be opened for writing.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._folder = path, path.parent
        self._folder.mkdir(parents=True, exist_ok=True)
        self._descriptor = os.open(path, _OPEN, 0o666)
        try:
            _remove_cut_line(self._descriptor)
        except BaseException:
            self.close()
            raise

    def append(self, outcome: JobOutcome) -> None:
        """Append what became of a job.

        Raises:
            OSError: It can't be written; nothing of the line is left then. Or the file is not in
                its place any more, where nobody would find the line.
        """
        if not self._is_in_place():
            raise FileNotFoundError(
                errno.ENOENT, "it was removed or replaced while it was written to", str(self._path)
            )
        line = result_line(outcome, self._folder)
        end = os.lseek(self._descriptor, 0, os.SEEK_END)
        try:
            written = os.write(self._descriptor, line)
            while written < len(line):  # The disk is full, and will say so now.
                written += os.write(self._descriptor, line[written:])
        except OSError:
            os.ftruncate(self._descriptor, end)
            raise

    def _is_in_place(self) -> bool:
        try:
            return os.path.samestat(os.stat(self._path), os.fstat(self._descriptor))
        except FileNotFoundError:
            return False

    def close(self) -> None:
        """Close the file."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> ResultLog:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def _remove_cut_line(descriptor: int) -> None:
    size = os.lseek(descriptor, 0, os.SEEK_END)
    end = size
    while end:
        start = max(0, end - _BLOCK)
        os.lseek(descriptor, start, os.SEEK_SET)
        block = os.read(descriptor, end - start)
        place = block.rfind(b"\n")
        if place >= 0:
            end = start + place + 1
            break
        end = start
    if end != size:
        os.ftruncate(descriptor, end)


def read_results(path: Path) -> Iterator[JobOutcome]:
    """Yield what the lines say, in their order; where a key is there again, the last one counts.

    A last line that was cut is left out. Where there is no file, there is nothing.

    Raises:
        ValueError: Another line is none; the message has its number.
        OSError: The file can't be read.
    """
    for _, outcome in _lines(path):
        yield outcome


def _lines(path: Path) -> Iterator[tuple[bytes, JobOutcome]]:
    try:
        file = open(path, "rb")  # noqa: SIM115 - where there is none, there is nothing
    except FileNotFoundError:
        return
    with file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                return
            try:
                yield line, outcome_of(line, path.parent)
            except ValueError as problem:
                raise ValueError(f"{str(path)!r}, line {number}: {problem}.") from None


def results_so_far(path: Path) -> BatchResults:
    """Return the last outcome of every key, all of them in memory.

    Raises:
        ValueError: A line is none; the message has its number.
        OSError: The file can't be read.
    """
    return BatchResults(tuple({outcome.key: outcome for outcome in read_results(path)}.values()))


class ResultIndex:
    """Finds what became of a job by its key, without holding the file in memory.

    Args:
        path: ``results.jsonl``; what is appended to it later is not found.
        database: Where to remember the lines, see `scratch_database`.

    Raises:
        ValueError: A line is none.
        OSError: The file can't be read.
    """

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        self._folder = path.parent
        self._database = database
        database.execute("CREATE TABLE results (key TEXT PRIMARY KEY, line BLOB) WITHOUT ROWID")
        for line, outcome in _lines(path):
            database.execute("INSERT OR REPLACE INTO results VALUES (?, ?)", (outcome.key, line))

    def find(self, key: str) -> JobOutcome | None:
        """Return what became of a job; None where there is no line of it."""
        found = self._database.execute("SELECT line FROM results WHERE key = ?", (key,)).fetchone()
        return None if found is None else outcome_of(found[0], self._folder)


def rewrite_results(path: Path, outcomes: Iterable[JobOutcome]) -> None:
    """Write the file anew, whole or not at all.

    Args:
        path: ``results.jsonl``; it may be read by the iterable while this runs.
        outcomes: What became of the jobs, in the order of the lines.

    Raises:
        OSError: It can't be written; the file is as it was then.
    """
    with written_whole(path) as file:
        for outcome in outcomes:
            file.write(result_line(outcome, path.parent))


def put_results(path: Path, bucket: CloudPlace | None) -> None:
    """Put the file into the folder of a store that the results are in.

    Args:
        path: ``results.jsonl`` on the disk.
        bucket: The folder of the store; None where the results are on the disk.

    Raises:
        ConfigurationError, APIConnectionError: The store did not take it.
    """
    if bucket is None:
        return
    writer = ObjectWriter(place_of(bucket.below(path.name), "output"), "application/jsonl")
    try:
        with open(path, "rb") as file:
            while chunk := file.read(BLOCK):
                writer.write(chunk)
        writer.finish()
    except BaseException:
        writer.abort()
        raise


def _located(path: str, folder: Path) -> Path | CloudPath:
    return CloudPath(path) if is_cloud(path) else folder / path


def _relative(path: Path | CloudPath, folder: Path) -> str:
    if isinstance(path, CloudPath):
        return str(path)
    try:
        return path.relative_to(folder).as_posix()
    except ValueError:
        return str(path)


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()

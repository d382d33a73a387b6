"""``jobs.jsonl``: the checked jobs of a batch, so that a run that goes on reads the same ones.

This module owns the format. The first line says how many jobs there are, then comes a line for
each. A file that was changed is known by its digests, and refused: nothing is started from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

import attrs

from a2e_sdk._wire.families import TaskFamily
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk._wire.start_arguments import start_arguments
from a2e_sdk.errors import ConfigurationError

from .checks import built
from .keys import content_digest
from .local_files import LocalFile
from .output_names import OutputName

_FORMAT = "a2e-jobs"
_VERSION = 1
#: The number of jobs is written when it is known, into as many places.
_PLACES = 20


@attrs.frozen
class StagedJob:
    """One checked job.

    Attributes:
        key: What it is called, unlike any other of the batch.
        engine: The name of its family, such as ``wan_25``.
        arguments: The arguments of ``create``, plain JSON data; local files by their whole path.
        files: The local files among them.
        output: The names of its files.
        content: The digest of what it is.
        line: The line of the input that it was read from, or the number of the job.
    """

    key: str
    engine: str
    arguments: Mapping[str, Any]
    files: tuple[LocalFile, ...]
    output: OutputName
    content: str
    line: int

    @property
    def family(self) -> TaskFamily:
        """The family of its task."""
        return TASK_FAMILIES[self.engine]

    def create_arguments(self) -> dict[str, Any]:
        """Return the keyword arguments for the family's ``create``."""
        return built(self.family, self.arguments)


class JobWriter:
    """Writes the jobs.

    Args:
        file: A file open for writing, at its beginning.

    Attributes:
        count: How many jobs were written.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.count = 0
        file.write(_header(0))

    def write(self, job: StagedJob) -> None:
        """Write one job."""
        record = attrs.asdict(job)
        line = json.dumps(record, allow_nan=False, separators=(",", ":"))
        self._file.write(line.encode() + b"\n")
        self.count += 1

    def finish(self) -> None:
        """Write how many jobs there are; without this the file can't be read."""
        self._file.seek(0)
        self._file.write(_header(self.count))


def _header(count: int) -> bytes:
    text = f'{{"format":"{_FORMAT}","version":{_VERSION},"jobs":{count:>{_PLACES}}}}\n'
    return text.encode()


def count_jobs(path: Path) -> int:
    """Return how many jobs a file has.

    Raises:
        ConfigurationError: It is no such file.
        OSError: It can't be read.
    """
    with open(path, "rb") as file:
        return _count(path, file)


def read_jobs(path: Path) -> Iterator[StagedJob]:
    """Yield the jobs of a file, in their order and one at a time.

    Raises:
        ConfigurationError: It is no such file, or was changed or cut; the message has the line.
        OSError: It can't be read.
    """
    with open(path, "rb") as file:
        count = _count(path, file)
        number = 1
        for number, line in enumerate(file, 2):
            try:
                job = _job(line)
            except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
                raise _damaged(path, number) from None
            yield job
        if number - 1 != count:
            raise _damaged(path, number, f"it ends after {number - 1} of {count} jobs")


def _count(path: Path, file: BinaryIO) -> int:
    try:
        header = json.loads(file.readline(1000))
        found, version, count = header["format"], header["version"], header["jobs"]
    except (ValueError, TypeError, LookupError):
        raise _damaged(path, 1) from None
    if found != _FORMAT or not isinstance(count, int):
        raise _damaged(path, 1)
    if version != _VERSION:
        raise ConfigurationError(
            f"{str(path)!r} is of version {version!r}, which this version of a2e-sdk can't read: "
            "go on with the one that made it."
        )
    return count


def _job(line: bytes) -> StagedJob:
    if not line.endswith(b"\n"):
        raise ValueError("the line is cut")
    record = cast("dict[str, Any]", json.loads(line))
    files = tuple(LocalFile(**file) for file in record.pop("files"))
    output = OutputName(**record.pop("output"))
    job = StagedJob(files=files, output=output, **record)
    known = start_arguments(job.family)
    if not job.arguments.keys() <= known.keys() or not isinstance(job.key, str):
        raise ValueError("it has what no job has")
    if content_digest(job.family, job.arguments, job.files) != job.content:
        raise ValueError("it was changed")
    return job


def _damaged(path: Path, line: int, why: str = "it was changed or cut") -> ConfigurationError:
    return ConfigurationError(
        f"{str(path)!r}, line {line}: the file of jobs is damaged: {why}. Nothing was started. "
        "Remove it, and run the batch again with the same input."
    )

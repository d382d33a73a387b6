"""The provenance of a job's files: how they were made, in a JSON file beside them.

This module owns what is in it. It has no secrets: URLs are written without what signs them, and
local files by name, size and digest.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from a2e_sdk._checks.redaction import redact
from a2e_sdk._files.cloud_urls import is_cloud, place_of
from a2e_sdk._files.object_store import write_object
from a2e_sdk._files.sources import is_url
from a2e_sdk._wire.start_arguments import start_arguments
from a2e_sdk.models.batch import JobOutcome
from a2e_sdk.models.cloud import CloudPath
from a2e_sdk.version import __version__

from .job_file import StagedJob
from .local_files import LocalFile
from .whole_file import written_whole

#: Where the server's records tell which model made a result, the first that is not empty.
_MODEL_FIELDS = ("model_version", "modelVersion", "model", "model_name", "modelName", "version")


def provenance_of(
    job: StagedJob, outcome: JobOutcome, *, trace_id: str | None = None
) -> dict[str, Any]:
    """Return how the files of a job were made.

    Args:
        job: The job.
        outcome: What became of it, with its task where that was seen.
        trace_id: The server's own id of the start; None where it is not known.
    """
    started, ended = outcome.started_at, outcome.ended_at
    return {
        "key": job.key,
        "engine": job.engine,
        "inputs": _inputs(job),
        "model_version": _model(job, outcome),
        "task_id": outcome.task_id,
        "trace_id": trace_id,
        "coins": outcome.coins,
        "quote": outcome.quote,
        "files": [path.name for path in outcome.paths],
        "sha256": outcome.sha256,
        "bytes": outcome.size,
        "started_at": None if started is None else started.isoformat(),
        "ended_at": None if ended is None else ended.isoformat(),
        "sdk_version": __version__,
    }


def write_provenance(path: Path | CloudPath, provenance: Mapping[str, Any]) -> None:
    """Write it, whole or not at all.

    Args:
        path: See `OutputName.provenance`.
        provenance: What is to be written.

    Raises:
        OSError: It can't be written.
    """
    text = json.dumps(provenance, indent=2, ensure_ascii=False)
    content = text.encode("utf-8", "replace") + b"\n"
    if isinstance(path, CloudPath):
        write_object(place_of(path, "output"), content, "application/json")
        return
    with written_whole(path) as file:
        file.write(content)


def _inputs(job: StagedJob) -> dict[str, Any]:
    known = start_arguments(job.family)
    files = {file.path: _file(file) for file in job.files}
    return {
        name: _with_files(value, files) if known[name].argument.media else _without_secrets(value)
        for name, value in job.arguments.items()
    }


def _file(file: LocalFile) -> dict[str, Any]:
    if is_cloud(file.path):
        return {"object": file.path, "bytes": file.size, "identity": file.sha256}
    return {"name": file.name, "bytes": file.size, "sha256": file.sha256}


def _with_files(value: Any, files: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_with_files(item, files) for item in cast("Sequence[Any]", value)]
    if value in files:
        return files[value]
    return redact(value) if is_url(value) else os.path.basename(value)


def _without_secrets(value: Any) -> Any:
    """Return a value whose URLs have no signatures; other texts stay as they are."""
    if isinstance(value, str):
        return redact(value) if is_url(value) else value
    if isinstance(value, list):
        return [_without_secrets(item) for item in cast("Sequence[Any]", value)]
    if isinstance(value, Mapping):
        members = cast("Mapping[str, Any]", value)
        return {name: _without_secrets(member) for name, member in members.items()}
    return value


def _model(job: StagedJob, outcome: JobOutcome) -> Any:
    raw: Mapping[str, Any] = {} if outcome.task is None else outcome.task.raw
    for holder in (raw, job.arguments):
        for name in _MODEL_FIELDS:
            found = holder.get(name)
            if isinstance(found, str | int | float) and found != "":
                return found
    return None

"""The tool that saves results into the folder.

This module owns how results become files there: downloaded into a folder of our own beside them,
and put to their names in one step once they are whole. Nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from a2e_sdk._async.concurrency import disk_work_async
from a2e_sdk.models import Task

from .desk import Desk
from .engines import SPEECH
from .folder import file_name_of
from .reading import named
from .speech import url_of_speech


async def download(desk: Desk, given: Mapping[str, Any]) -> dict[str, Any]:
    """Save the results of a task."""
    entry, engine, task_id = await named(desk, given)
    name = given.get("file")
    if name is not None:
        file_name_of(name)
    if engine.family is None:
        assert entry is not None  # noqa: S101 - a speech is named by its key
        url = await url_of_speech(desk.journal, entry.id)
        if url is None:
            raise ValueError(f"the speech of the key {entry.key!r} is not known to be there.")
        source: Task | str = url
        stem = f"{SPEECH}-{entry.id}"
    else:
        task: Task = await desk.tasks_of(engine.family).get(task_id)
        if not task.result_urls:
            raise ValueError(
                f"the task has no result yet: it is {task.status.value}; call check first."
            )
        source = task
        stem = f"{engine.name}-{task_id}"
    save = partial(_saved, desk, source, stem, name)
    result: dict[str, Any] = await desk.work.shared(f"download\0{stem}\0{name}", save)
    return result


async def _saved(desk: Desk, source: Task | str, stem: str, name: str | None) -> dict[str, Any]:
    folder = desk.folder
    if name is not None and await disk_work_async(folder.size_of, name) is not None:
        raise FileExistsError(17, "there is a file of this name", name)
    staging: Path = await disk_work_async(folder.staging)
    work = f"download\0{stem}\0{name}"

    def progress(done: int, total: int | None) -> None:
        desk.work.tell(work, f"{done:,} of {total:,} bytes" if total else f"{done:,} bytes")

    try:
        paths = await desk.client.download(source, f"{staging}/", on_progress=progress)
        files: list[dict[str, Any]] = []
        were_there: list[bool] = []
        for place, path in enumerate(map(Path, paths)):
            target = _target(path, stem, name, place, len(paths))
            is_new = await disk_work_async(folder.place, path, target)
            were_there.append(not is_new)
            if not is_new and name is not None:
                raise FileExistsError(17, "there is a file of this name", target)
            size = await disk_work_async(folder.size_of, target)
            files.append({"file": target, "bytes": size})
    finally:
        await disk_work_async(folder.clear, staging)
    return {"files": files, "already_there": all(were_there)}


def _target(path: Path, stem: str, name: str | None, place: int, count: int) -> str:
    """Return the name of a result in the folder; its ending is that of what was downloaded."""
    suffix = path.suffix if path.suffix.isascii() and path.suffix[1:].isalnum() else ""
    number = "" if count == 1 else f"-{place + 1}"
    if name is None:
        return f"{stem}{number}{suffix}"
    own, dot, _ = name.rpartition(".")
    return f"{own if dot else name}{number}{suffix}"

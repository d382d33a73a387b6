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

from .engines import SPEECH
from .folder import Folder, file_name_of
from .reading import named
from .speech import url_of_speech
from .tool_context import ToolContext

_CHUNK = 1 << 20


async def download(shared: ToolContext, given: Mapping[str, Any]) -> dict[str, Any]:
    """Save the results of a task."""
    entry, engine, task_id = await named(shared, given)
    name = given.get("file")
    if name is not None:
        file_name_of(name)
    if engine.family is None:
        assert entry is not None  # noqa: S101 - a speech is named by its key
        url = await url_of_speech(shared.journal, entry.id)
        if url is None:
            raise ValueError(f"the speech of the key {entry.key!r} is not known to be there.")
        source: Task | str = url
        stem = f"{SPEECH}-{entry.id}"
    else:
        task: Task = await shared.tasks_of(engine.family).get(task_id)
        if not task.result_urls:
            raise ValueError(
                f"the task has no result yet: it is {task.status.value}; call check first."
            )
        source = task
        stem = f"{engine.name}-{task_id}"
    work = f"download\0{stem}\0{name}"
    save = partial(_saved, shared, work, source, stem, name)
    result: dict[str, Any] = await shared.work.shared(work, save)
    return result


async def _saved(
    shared: ToolContext, work: str, source: Task | str, stem: str, name: str | None
) -> dict[str, Any]:
    folder = shared.folder
    staging: Path = await disk_work_async(folder.staging)

    def progress(done: int, total: int | None) -> None:
        shared.work.tell(work, f"{done:,} of {total:,} bytes" if total else f"{done:,} bytes")

    try:
        paths = await shared.client.download(source, f"{staging}/", on_progress=progress)
        files: list[dict[str, Any]] = []
        were_there: list[bool] = []
        for place, path in enumerate(map(Path, paths)):
            target = _target(path, stem, name, place, len(paths))
            is_new = await disk_work_async(folder.place, path, target)
            were_there.append(not is_new)
            is_free = is_new or name is None
            if not is_free and not await disk_work_async(_is_same, folder, target, path):
                raise FileExistsError(17, "there is a file of this name", target)
            size = await disk_work_async(folder.size_of, target)
            files.append({"file": target, "bytes": size})
    finally:
        await disk_work_async(folder.clear, staging)
    return {"files": files, "already_there": all(were_there)}


def _is_same(folder: Folder, target: str, path: Path) -> bool:
    """Tell whether a file of the folder is the result, which a repeated call finds."""
    with folder.open(target) as there, path.open("rb") as result:
        while True:
            left, right = there.read(_CHUNK), result.read(_CHUNK)
            if left != right:
                return False
            if not left:
                return True


def _target(path: Path, stem: str, name: str | None, place: int, count: int) -> str:
    """Return the name of a result in the folder; its ending is that of what was downloaded."""
    suffix = path.suffix if path.suffix.isascii() and path.suffix[1:].isalnum() else ""
    number = "" if count == 1 else f"-{place + 1}"
    if name is None:
        return f"{stem}{number}{suffix}"
    own, dot, _ = name.rpartition(".")
    return f"{own if dot else name}{number}{suffix}"

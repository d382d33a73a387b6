"""Results out: from a task or a link to whole files on the disk.

This module owns the arguments of a download: which files are meant, where they go, and what is
wrong with either, before anything is sent. A single file's way is in ``transfer``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.concurrency import Call, disk_work_async
from a2e_sdk._checks.redaction import WORD_LENGTH, safe_text
from a2e_sdk._checks.validation import require_seconds, require_url
from a2e_sdk._config.settings import TimeoutLike
from a2e_sdk._files.cloud_urls import is_cloud, place_of
from a2e_sdk._files.names import targets
from a2e_sdk._files.options import DownloadProgress, Existing, download_options
from a2e_sdk._files.sources import is_url
from a2e_sdk._files.staging import staging_folder
from a2e_sdk._files.time_limit import TimeLimit
from a2e_sdk.models import Task
from a2e_sdk.models.cloud import CloudPath

from .destinations import AsyncCloudFolder, AsyncDisk
from .link import AsyncLink
from .transfer import AsyncTransfer


class AsyncDownloader:
    """Brings results to the disk for one client.

    Args:
        api: The client's settings, clock and connections.
        reader: Returns what reads a task again, where its links have expired, by the calls of the
            caller it is given; None where that is not possible.
    """

    def __init__(
        self, api: AsyncAPIClient, reader: Callable[[AsyncAPIClient], Call[Task]] | None = None
    ) -> None:
        self._api = api
        self._reader = reader

    async def download(
        self,
        task: Task | str,
        path: str | os.PathLike[str],
        *,
        on_progress: DownloadProgress | None = None,
        existing: Existing = "error",
        max_bytes: int | None = None,
        sha256: str | None = None,
        timeout: float | TimeoutLike | None = None,
        max_seconds: float | None = None,
        name: str | None = None,
        destination: AsyncCloudFolder | None = None,
    ) -> tuple[Path | CloudPath, ...]:
        """Download the results of a task, or what a URL names; see `download` of the client.

        Args:
            task: As there; so are the others.
            path: Likewise.
            on_progress: Likewise.
            existing: Likewise.
            max_bytes: Likewise.
            sha256: Likewise.
            timeout: Likewise.
            max_seconds: Likewise.
            name: What files in a directory are named by. Default: the task's id.
            destination: Where files go that ``path`` names on the way there. Default: that path,
                or the folder of a store that it is the address of.
        """
        if destination is None and is_cloud(path):
            place = place_of(str(path), "path")
            folder = place if place.is_folder else place.folder
            with staging_folder(folder.url) as staging:
                staged = f"{staging}/" if place.is_folder else staging / place.name
                return await self.download(
                    task,
                    staged,
                    on_progress=on_progress,
                    existing=existing,
                    max_bytes=max_bytes,
                    sha256=sha256,
                    timeout=timeout,
                    max_seconds=max_seconds,
                    name=name,
                    destination=AsyncCloudFolder(folder),
                )
        self._api.require_open()
        if max_seconds is not None:
            require_seconds(max_seconds, "max_seconds")
        limit = TimeLimit(max_seconds, self._api.clock.now)
        links = self._links(task, limit.deadline)
        if sha256 is not None and len(links) != 1:
            raise ValueError(f"sha256 is for one file; the task has {len(links)} results.")
        options = download_options(
            existing=existing,
            max_bytes=max_bytes,
            sha256=sha256,
            timeout=timeout,
            configured=self._api.configuration.timeout,
            on_progress=on_progress,
        )
        stem = name or (task.id or None if isinstance(task, Task) else None)
        where, is_directory = await disk_work_async(_place, path)
        places = targets(
            where, is_directory=is_directory, stem=stem, urls=tuple(link.url for link in links)
        )
        to = destination or AsyncDisk()
        await to.prepare()
        transfers = [
            AsyncTransfer(self._api, link, place, options, limit, to)
            for link, place in zip(links, places, strict=True)
        ]
        for transfer in transfers:
            await transfer.check_target()
        return tuple([await transfer.run() for transfer in transfers])

    def _links(self, task: Task | str, deadline: float) -> Sequence[AsyncLink]:
        if isinstance(task, Task):
            if not task.result_urls:
                shown = safe_text(task.id, WORD_LENGTH)
                raise ValueError(
                    f"task {shown} has no result (it is {task.status.value}): "
                    "wait for it first, and pass the task that was returned."
                )
            reread = self._reader and self._reader(self._api.with_deadline(deadline))
            return [
                AsyncLink(url, task, index, reread) for index, url in enumerate(task.result_urls)
            ]
        if not isinstance(task, str):
            raise TypeError(f"download takes a task or a URL, not {type(task).__name__}.")
        if not is_url(task):
            raise ValueError("download takes a task or a URL; read the task of an id with `get`.")
        return [AsyncLink(require_url(task, "the URL", allow_private=True))]


def _place(path: str | os.PathLike[str]) -> tuple[Path, bool]:
    """Return the path, and whether it is a directory, which a separator at its end creates."""
    text = os.fspath(path)
    if not text:
        raise ValueError("path is empty.")
    where = Path(text)
    if text.endswith(("/", os.sep)):
        where.mkdir(parents=True, exist_ok=True)
        return where, True
    return where, where.is_dir()

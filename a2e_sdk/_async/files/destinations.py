"""Where a whole file is put: to its path on the disk, or into the store of a cloud.

This module owns the last step of a download, and the look at what is there already. Until that
step both are the same: the bytes are in a part file on the disk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from a2e_sdk import errors
from a2e_sdk._async.concurrency import disk_work_async
from a2e_sdk._files.cloud_urls import CloudPlace, SavedObject, place_of
from a2e_sdk._files.object_store import (
    BLOCK,
    ObjectFile,
    ObjectWriter,
    is_object_there,
    require_writable,
)
from a2e_sdk._files.part_file import PartFile, file_sha256, is_file_there
from a2e_sdk._files.part_slots import remove_leftovers
from a2e_sdk._files.staging import open_staged
from a2e_sdk.models.cloud import CloudPath


class AsyncDisk:
    """The disk, where a file is put to the very path that it is downloaded for."""

    def located(self, path: Path) -> Path:
        """Return what names the file for its caller."""
        return path

    async def prepare(self) -> None:
        """Refuse a place that nothing can be put to."""

    async def is_there(self, path: Path) -> bool:
        """Tell whether there is a file.

        Raises:
            FileExistsError: There is something that is no plain file.
            OSError: There can't be one.
        """
        return await disk_work_async(is_file_there, path)

    async def sha256(self, path: Path) -> str:
        """Return the digest of the file that is there."""
        return await disk_work_async(file_sha256, path)

    async def open(self, part: PartFile, path: Path) -> None:
        """Open the part file of a path."""
        await disk_work_async(part.open)

    async def keep(self, path: Path) -> None:
        """Leave the file that is there, of which nothing is downloaded any more."""
        await disk_work_async(remove_leftovers, path)

    async def publish(self, part: PartFile, path: Path, go_on: Callable[[], object]) -> bool:
        """Put a whole file there, in one step.

        Args:
            part: The file.
            path: Its final path.
            go_on: Called between the parts of a long step; it raises where the time is over.

        Returns:
            Whether the part file is of no more use.
        """
        await disk_work_async(part.publish, path)
        return False


class AsyncCloudFolder:
    """A folder of a store, where a file is put under its name: whole, or not at all.

    Args:
        folder: The folder.
        is_writable: Whether it is known that objects can be written to it.

    Attributes:
        saved: What was put there.
    """

    def __init__(self, folder: CloudPlace, *, is_writable: bool = False) -> None:
        self._folder = folder
        self._is_writable = is_writable
        self.saved: dict[CloudPath, SavedObject] = {}

    def located(self, path: Path) -> CloudPath:
        """Return what names the object for its caller."""
        return self._folder.below(path.name)

    async def prepare(self) -> None:
        """Refuse a folder that objects can't be written to.

        Raises:
            ConfigurationError: The bucket is not there, or must not be written to.
            APIConnectionError: The store can't be reached.
        """
        if not self._is_writable:
            await disk_work_async(require_writable, self._folder, "path")

    async def is_there(self, path: Path) -> bool:
        """Tell whether there is an object."""
        return await disk_work_async(is_object_there, self._place(path)) is not None

    async def sha256(self, path: Path) -> str:
        """Return the digest of the object that is there, which is read for it."""
        return await disk_work_async(_sha256_of, self._place(path))

    async def open(self, part: PartFile, path: Path) -> None:
        """Open the part file of a path, in a folder that is made where there is none."""
        await disk_work_async(open_staged, part, path)

    async def keep(self, path: Path) -> None:
        """Leave the object that is there, of which nothing is downloaded any more."""
        await disk_work_async(remove_leftovers, path)

    async def publish(self, part: PartFile, path: Path, go_on: Callable[[], object]) -> bool:
        """Put a whole file there, in parts of which nothing is left unless all of them are.

        Args:
            part: The file.
            path: Its final path, of which the name counts.
            go_on: Called between the parts; it raises where the time is over.

        Returns:
            Whether the part file is of no more use.

        Raises:
            PartFileChanged: Another program wrote to the part file.
            ConfigurationError, APIConnectionError, ServiceBusyError: The store did not take it.
        """
        place = self._place(path)
        digest, position = hashlib.sha256(), 0
        writer = await disk_work_async(ObjectWriter, place, part.kept.content_type)
        try:
            while chunk := await disk_work_async(part.read, position, BLOCK):
                digest.update(chunk)
                position += len(chunk)
                await disk_work_async(writer.write, chunk)
                go_on()
            await disk_work_async(part.require_whole)
            await disk_work_async(writer.finish)
        except BaseException:
            await disk_work_async(writer.abort)
            raise
        facts = await disk_work_async(is_object_there, place)
        if facts is None or facts.size != position:
            raise errors.UnexpectedResponseError(
                f"the store took {place.url!r}, and does not have it as it was sent",
                operation="download",
            )
        saved = SavedObject(position, digest.hexdigest(), facts.etag)
        self.saved[self.located(path)] = saved
        return True

    def _place(self, path: Path) -> CloudPlace:
        return place_of(self.located(path), "path")


def _sha256_of(place: CloudPlace) -> str:
    digest = hashlib.sha256()
    with ObjectFile(place, "path") as file:
        while chunk := file.read(BLOCK):
            digest.update(chunk)
    return digest.hexdigest()


#: Where the files of a download go.
AsyncDestination: TypeAlias = AsyncDisk | AsyncCloudFolder

"""The local files of a journalled start: told by their content, and uploaded once each.

This module owns what a journal knows of files: their digests, and where they are once they were
uploaded. How a file is uploaded is in ``files.uploads``.
"""

from __future__ import annotations

from os.path import basename

from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.concurrency import disk_work_async
from a2e_sdk._async.files.uploads import AsyncOpenedFiles
from a2e_sdk._files.options import UploadProgress
from a2e_sdk._journal.locks import Hold, place_of_content
from a2e_sdk._journal.opening import ClientJournal
from a2e_sdk._journal.session import Session
from a2e_sdk._tasks.recovery import search_pause
from a2e_sdk._tasks.start_plan import Price
from a2e_sdk.models.journal import JournalFile

from .journal_notes import journal_work_async, take_place_async


class AsyncFileContents:
    """The contents of the local files of one start.

    Args:
        api: What calls the API.
        files: The files, checked and open.
    """

    def __init__(self, api: AsyncAPIClient, files: AsyncOpenedFiles) -> None:
        self._api = api
        self._files = files
        self._digests: list[str] = []

    async def read(self) -> None:
        """Read the files for their digests.

        Raises:
            OSError: One of them can't be read.
        """
        for source in self._files.sources:
            self._digests.append(await disk_work_async(source.digest))
        self._files.expect(self._digests)

    def files(self) -> tuple[JournalFile, ...]:
        """Return what the journal keeps of the files."""
        return tuple(
            JournalFile(
                argument=source.name,
                name=None if source.label is None else basename(source.label),
                size=source.size,
                sha256=digest,
            )
            for source, digest in zip(self._files.sources, self._digests, strict=True)
        )

    def _contents(self) -> dict[int, str]:
        """Return what names each content that is uploaded, as the server has it, by its place."""
        pairs = zip(self._files.sources, self._digests, strict=True)
        return {
            at: f"{digest} {source.media.content_type}"
            for at, (source, digest) in enumerate(pairs)
            if source.is_uploaded
        }

    async def uploaded_before(self, journal: ClientJournal) -> dict[int, str]:
        """Return the addresses of files that were uploaded lately, by their place."""
        contents = self._contents()
        if not contents or journal.place is None:
            return {}
        now = self._api.server_time()

        def look(session: Session) -> dict[int, str]:
            found = {
                at: journal.steps.address_of(session, content, now)
                for at, content in contents.items()
            }
            return {at: address for at, address in found.items() if address is not None}

        return await journal_work_async(journal, look)

    async def uploaded(
        self, journal: ClientJournal, on_upload: UploadProgress | None
    ) -> tuple[str, ...]:
        """Upload the files, each content once, whoever needs it at the same time.

        Returns:
            An address for each file of the start, in order.
        """
        if journal.place is None:
            return await self._files.upload(on_progress=on_upload)
        contents = self._contents()
        taken: list[Hold] = []
        try:
            # In one order, so that no two starts wait for each other.
            for place in sorted({place_of_content(content) for content in contents.values()}):
                waits = 0
                while (hold := await take_place_async(journal, place)) is None:
                    await self._api.clock.pause_async(search_pause(waits) / 8)
                    waits += 1
                taken.append(hold)
            known = await self.uploaded_before(journal)
            addresses = await self._files.upload(on_progress=on_upload, known=known)
            new = {
                content: self._files.uploaded[at]
                for at, content in contents.items()
                if at not in known
            }
            if new:
                await self._note_uploaded(journal, new)
            return addresses
        finally:
            for hold in taken:
                hold.give()

    async def _note_uploaded(self, journal: ClientJournal, addresses: dict[str, str]) -> None:
        now = self._api.server_time()

        def note(session: Session) -> None:
            for content, address in addresses.items():
                journal.steps.uploaded(session, content, address, now)

        await journal_work_async(journal, note)

    def count_uploads(
        self, session: Session, journal: ClientJournal, entry: int, price: Price
    ) -> None:
        """Count the uploads that may have been charged as spent, once that comes to the disk."""
        charged = self._files.charged
        if charged:
            journal.steps.charged(session, entry, price.uploads * charged)
            session.on_success(self._files.forget_charged)

# Written by `nox -s generate` from spec/openapi.yaml: edit that, not this.
"""Photobook: what its tasks can do, and the arguments of its start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Required, TypedDict, Unpack

from ...family_table import TASK_FAMILIES
from ...file_arguments import UploadProgress
from ...models import PhotobookTask
from ...upload_sources import FileInput
from ..caller import AsyncCaller
from ..verbs import AsyncBatches, AsyncDeletes


class PhotobookStart(TypedDict, total=False):
    """The arguments of `AsyncPhotobook.create`, which has their description."""

    face: Required[FileInput]
    name: str | None
    location: str | None
    clothing: str | None
    total_count: Literal[4, 8, 12, 16] | None
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class AsyncPhotobook(AsyncBatches[PhotobookTask], AsyncDeletes[PhotobookTask]):
    """Series of photos of one face.

    The start is in A2E's reference, which does not describe its answers.
    """

    def __init__(self, caller: AsyncCaller) -> None:
        super().__init__(caller, TASK_FAMILIES["photobook"])

    async def create(
        self,
        *,
        face: FileInput,
        name: str | None = None,
        location: str | None = None,
        clothing: str | None = None,
        total_count: Literal[4, 8, 12, 16] | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> PhotobookTask:
        """Start a photobook task; this costs coins (operation ``startPhotobookTask``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin. Local files are uploaded first, which costs coins too.

        Args:
            face: The face: a path, bytes, a file open for reading bytes, or a public URL.
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose answer was lost easiest to find.
            location: Place that the photos show.
            clothing: Clothes that the person wears.
            total_count: How many photos to make. Default: 4, which is the server's.
            resend_if_unknown: Start once more when the answer was lost and no task could be
                found in 30 seconds. The first one may yet turn up: it is then paid twice.
            on_upload: Called with the bytes sent and the bytes of all local files together.

        Returns:
            The task as the server accepted it.

        Raises:
            ValueError: An argument is not allowed; nothing is sent then.
            TypeError: An argument is of a wrong type; nothing is sent then.
            OSError: A local file can't be read; nothing is sent then.
            InsufficientCreditsError: The account has too few coins.
            ContentRejectedError: The server's moderation refused the content.
            SubmissionUnknownError: The answer was lost, and no task was found in 30 seconds.
            APIError: The task was not started; the class tells why.
        """
        return await self._start(
            {
                "face": face,
                "name": name,
                "location": location,
                "clothing": clothing,
                "total_count": total_count,
                "resend_if_unknown": resend_if_unknown,
                "on_upload": on_upload,
            }
        )

    async def run(
        self,
        *,
        timeout: float = 1800.0,
        on_update: Callable[[PhotobookTask], object] | None = None,
        poll: float | None = None,
        **start: Unpack[PhotobookStart],
    ) -> PhotobookTask:
        """Start a task and wait until it has ended: `create`, then `wait`.

        Args:
            timeout: Seconds to wait at the most. Default 1,800.
            on_update: Called with the task when it was started, and whenever it has changed.
            poll: Seconds between two looks. Default: learnt from how long such tasks took.
            start: The arguments of `create`.

        Returns:
            The finished task.

        Raises:
            ValueError: An argument is not allowed; nothing is sent then.
            TaskFailedError: The task failed; ``error.task`` has it.
            WaitTimeoutError: The time is over; ``error.task_id`` is there to wait again.
            SubmissionUnknownError: Whether the task was started is not known.
            APIError: The task was not started, or the key is not accepted.
        """
        return await self._run(start, timeout, on_update, poll)

# Written by `nox -s generate` from spec/openapi.yaml: edit that, not this.
"""MiniMax H3 video: what its tasks can do, and the arguments of its start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Required, TypedDict, Unpack

from ...family_table import TASK_FAMILIES
from ...file_arguments import UploadProgress
from ...models import MinimaxTask
from ...upload_sources import FileInput
from ..caller import AsyncCaller
from ..verbs import AsyncBatches


class MinimaxStart(TypedDict, total=False):
    """The arguments of `AsyncMinimax.create`, which has their description."""

    prompt: Required[str]
    name: str | None
    mode: str | None
    first_frame: FileInput | None
    duration: int | None
    resolution: str | None
    aspect_ratio: str | None
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class AsyncMinimax(AsyncBatches[MinimaxTask]):
    """Videos made by MiniMax H3.

    The start is seen in other clients only.
    """

    def __init__(self, caller: AsyncCaller) -> None:
        super().__init__(caller, TASK_FAMILIES["minimax"])

    async def create(
        self,
        *,
        prompt: str,
        name: str | None = None,
        mode: str | None = None,
        first_frame: FileInput | None = None,
        duration: int | None = None,
        resolution: str | None = None,
        aspect_ratio: str | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> MinimaxTask:
        """Start a MiniMax H3 task; this costs coins (operation ``startMinimaxTask``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin. Local files are uploaded first, which costs coins too.

        Args:
            prompt: What is asked for.
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose answer was lost easiest to find.
            mode: What to make the video from; text-to-video and image-to-video were seen.
            first_frame: The first frame: a path, bytes, a file open for reading bytes, or a
                public URL.
            duration: Length of the video in seconds, as text.
            resolution: Size of the video; 768P and 2K were seen.
            aspect_ratio: Shape of the video, for example `16:9`.
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
                "prompt": prompt,
                "name": name,
                "mode": mode,
                "first_frame": first_frame,
                "duration": duration,
                "resolution": resolution,
                "aspect_ratio": aspect_ratio,
                "resend_if_unknown": resend_if_unknown,
                "on_upload": on_upload,
            }
        )

    async def run(
        self,
        *,
        timeout: float = 1800.0,
        on_update: Callable[[MinimaxTask], object] | None = None,
        poll: float | None = None,
        **start: Unpack[MinimaxStart],
    ) -> MinimaxTask:
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

# Written by `nox -s generate` from spec/openapi.yaml: edit that, not this.
"""Seedance 1.5 video: what its tasks can do, and the arguments of its start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Required, TypedDict, Unpack

from ...family_table import TASK_FAMILIES
from ...file_arguments import UploadProgress
from ...models import SeedanceTask
from ...upload_sources import FileInput
from ..caller import AsyncCaller
from ..tasks import AsyncTasks


class SeedanceStart(TypedDict, total=False):
    """The arguments of `AsyncSeedance.create`, which has their description."""

    prompt: Required[str]
    name: str | None
    mode: Literal["text-to-video", "image-to-video"] | None
    image: FileInput | None
    end_image: FileInput | None
    duration: int | None
    aspect_ratio: Literal["16:9", "9:16", "1:1"] | None
    resolution: Literal["480p", "720p"] | None
    camera_fixed: bool | None
    generate_audio: bool | None
    webhook_url: str | None
    webhook_token: str | None
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class AsyncSeedance(AsyncTasks[SeedanceTask]):
    """Videos made by Seedance 1.5 Pro.

    The start is in A2E's reference, which does not describe its answers.
    """

    def __init__(self, caller: AsyncCaller) -> None:
        super().__init__(caller, TASK_FAMILIES["seedance"])

    async def create(
        self,
        *,
        prompt: str,
        name: str | None = None,
        mode: Literal["text-to-video", "image-to-video"] | None = None,
        image: FileInput | None = None,
        end_image: FileInput | None = None,
        duration: int | None = None,
        aspect_ratio: Literal["16:9", "9:16", "1:1"] | None = None,
        resolution: Literal["480p", "720p"] | None = None,
        camera_fixed: bool | None = None,
        generate_audio: bool | None = None,
        webhook_url: str | None = None,
        webhook_token: str | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> SeedanceTask:
        """Start a Seedance 1.5 task; this costs coins (operation ``startSeedanceTask``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin. Local files are uploaded first, which costs coins too.

        Args:
            prompt: What is asked for.
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose answer was lost easiest to find.
            mode: What to make the video from. Default: 'text-to-video', which is the server's.
            image: The first frame: a path, bytes, a file open for reading bytes, or a public URL.
            end_image: The last frame: a path, bytes, a file open for reading bytes, or a public
                URL.
            duration: Length of the video in seconds, as text. One of 5, 10. Default: '5', which
                is the server's.
            aspect_ratio: Shape of the video. Default: '16:9', which is the server's.
            resolution: Size of the video. Default: '720p', which is the server's.
            camera_fixed: Whether the camera stands still. Default: False, which is the server's.
            generate_audio: Whether the video has sound. Default: False, which is the server's.
            webhook_url: https URL, at most 2,048 characters, called once when the task ends.
            webhook_token: A secret of at most 256 characters that comes back with that call.
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
                "image": image,
                "end_image": end_image,
                "duration": duration,
                "aspect_ratio": aspect_ratio,
                "resolution": resolution,
                "camera_fixed": camera_fixed,
                "generate_audio": generate_audio,
                "webhook_url": webhook_url,
                "webhook_token": webhook_token,
                "resend_if_unknown": resend_if_unknown,
                "on_upload": on_upload,
            }
        )

    async def run(
        self,
        *,
        timeout: float = 1800.0,
        on_update: Callable[[SeedanceTask], object] | None = None,
        poll: float | None = None,
        **start: Unpack[SeedanceStart],
    ) -> SeedanceTask:
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

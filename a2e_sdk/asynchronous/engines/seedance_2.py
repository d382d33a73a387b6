# Written by `nox -s generate` from spec/openapi.yaml: edit that, not this.
"""Seedance 2 video: what its tasks can do, and the arguments of its start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Required, TypedDict, Unpack

from ...family_table import TASK_FAMILIES
from ...file_arguments import UploadProgress
from ...models import Seedance2Task
from ...upload_sources import FileInput
from ..caller import AsyncCaller
from ..verbs import AsyncBatches, AsyncDeletes, AsyncRenames


class Seedance2Start(TypedDict, total=False):
    """The arguments of `AsyncSeedance2.create`, which has their description."""

    prompt: Required[str]
    name: str | None
    mode: Literal["text-to-video", "image-to-video", "first-last-frames", "reference"] | None
    model_version: Literal["standard", "mini", "fast", "2.5"] | None
    omni_reference_task_type: Literal["reference", "edit", "extend"] | None
    image: FileInput | None
    first_frame: FileInput | None
    last_frame: FileInput | None
    references: Sequence[FileInput] | None
    videos: Sequence[FileInput] | None
    audios: Sequence[FileInput] | None
    input_video_duration: float | None
    duration: int | None
    aspect_ratio: Literal["adaptive", "21:9", "16:9", "4:3", "1:1", "3:4", "9:16"] | None
    resolution: Literal["480p", "720p", "1080p", "4k"] | None
    generate_audio: bool | None
    webhook_url: str | None
    webhook_token: str | None
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class AsyncSeedance2(
    AsyncBatches[Seedance2Task], AsyncDeletes[Seedance2Task], AsyncRenames[Seedance2Task]
):
    """Videos made by Seedance 2.x.

    The start is in A2E's reference, which does not describe its answers.
    """

    def __init__(self, caller: AsyncCaller) -> None:
        super().__init__(caller, TASK_FAMILIES["seedance_2"])

    async def create(
        self,
        *,
        prompt: str,
        name: str | None = None,
        mode: Literal["text-to-video", "image-to-video", "first-last-frames", "reference"]
        | None = None,
        model_version: Literal["standard", "mini", "fast", "2.5"] | None = None,
        omni_reference_task_type: Literal["reference", "edit", "extend"] | None = None,
        image: FileInput | None = None,
        first_frame: FileInput | None = None,
        last_frame: FileInput | None = None,
        references: Sequence[FileInput] | None = None,
        videos: Sequence[FileInput] | None = None,
        audios: Sequence[FileInput] | None = None,
        input_video_duration: float | None = None,
        duration: int | None = None,
        aspect_ratio: Literal["adaptive", "21:9", "16:9", "4:3", "1:1", "3:4", "9:16"]
        | None = None,
        resolution: Literal["480p", "720p", "1080p", "4k"] | None = None,
        generate_audio: bool | None = None,
        webhook_url: str | None = None,
        webhook_token: str | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> Seedance2Task:
        """Start a Seedance 2 task; this costs coins (operation ``startSeedance2Task``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin. Local files are uploaded first, which costs coins too.

        Args:
            prompt: What is asked for.
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose answer was lost easiest to find.
            mode: What to make the video from. Default: 'text-to-video', which is the server's.
            model_version: Version of the model. Default: 'standard', which is the server's.
            omni_reference_task_type: What to do with the references.
            image: The image: a path, bytes, a file open for reading bytes, or a public URL.
            first_frame: The first frame: a path, bytes, a file open for reading bytes, or a
                public URL.
            last_frame: The last frame: a path, bytes, a file open for reading bytes, or a public
                URL.
            references: Images to go by, 30 at most, each a path, bytes, a file open for reading
                bytes, or a public URL.
            videos: Videos to go by, 10 at most, each a path, bytes, a file open for reading
                bytes, or a public URL.
            audios: Sounds to go by, 10 at most, each a path, bytes, a file open for reading
                bytes, or a public URL.
            input_video_duration: Length of the given video in seconds, 2 to 45.5.
            duration: Length of the video in seconds. Default: 5, which is the server's.
            aspect_ratio: Shape of the video. Default: '16:9', which is the server's.
            resolution: Size of the video. Default: '720p', which is the server's.
            generate_audio: Whether the video has sound. Default: True, which is the server's.
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
                "model_version": model_version,
                "omni_reference_task_type": omni_reference_task_type,
                "image": image,
                "first_frame": first_frame,
                "last_frame": last_frame,
                "references": references,
                "videos": videos,
                "audios": audios,
                "input_video_duration": input_video_duration,
                "duration": duration,
                "aspect_ratio": aspect_ratio,
                "resolution": resolution,
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
        on_update: Callable[[Seedance2Task], object] | None = None,
        poll: float | None = None,
        **start: Unpack[Seedance2Start],
    ) -> Seedance2Task:
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

# Written by `nox -s generate` from spec/openapi.yaml: edit that, not this.
"""HappyHorse video: what its tasks can do, and the arguments of its start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Required, TypedDict, Unpack

from ...family_table import TASK_FAMILIES
from ...file_arguments import UploadProgress
from ...models import HappyHorseTask
from ...upload_sources import FileInput
from ..caller import AsyncCaller
from ..verbs import AsyncBatches, AsyncDeletes


class HappyHorseStart(TypedDict, total=False):
    """The arguments of `AsyncHappyHorse.create`, which has their description."""

    mode: Required[Literal["t2v", "i2v", "r2v", "video-edit"]]
    name: str | None
    model_version: Literal["1.0", "1.1"] | None
    prompt: str | None
    image: FileInput | None
    reference_images: Sequence[FileInput] | None
    edit_video: FileInput | None
    input_video_seconds: float | None
    duration: int | None
    resolution: Literal["480P", "720P", "1080P"] | None
    ratio: Literal["16:9", "9:16", "1:1", "4:3", "3:4", "4:5", "5:4", "9:21", "21:9"] | None
    audio_setting: Literal["auto", "origin"] | None
    seed: int | None
    watermark: bool | None
    webhook_url: str | None
    webhook_token: str | None
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class AsyncHappyHorse(AsyncBatches[HappyHorseTask], AsyncDeletes[HappyHorseTask]):
    """Videos made or edited by HappyHorse.

    The start is in A2E's reference, which does not describe its answers.
    """

    def __init__(self, caller: AsyncCaller) -> None:
        super().__init__(caller, TASK_FAMILIES["happy_horse"])

    async def create(
        self,
        *,
        mode: Literal["t2v", "i2v", "r2v", "video-edit"],
        name: str | None = None,
        model_version: Literal["1.0", "1.1"] | None = None,
        prompt: str | None = None,
        image: FileInput | None = None,
        reference_images: Sequence[FileInput] | None = None,
        edit_video: FileInput | None = None,
        input_video_seconds: float | None = None,
        duration: int | None = None,
        resolution: Literal["480P", "720P", "1080P"] | None = None,
        ratio: Literal["16:9", "9:16", "1:1", "4:3", "3:4", "4:5", "5:4", "9:21", "21:9"]
        | None = None,
        audio_setting: Literal["auto", "origin"] | None = None,
        seed: int | None = None,
        watermark: bool | None = None,
        webhook_url: str | None = None,
        webhook_token: str | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> HappyHorseTask:
        """Start a HappyHorse task; this costs coins (operation ``startHappyHorseTask``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin. Local files are uploaded first, which costs coins too.

        Args:
            mode: What to make the video from: text, image, references or video.
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose answer was lost easiest to find.
            model_version: Version of the model. Default: '1.0', which is the server's.
            prompt: What is asked for.
            image: The image: a path, bytes, a file open for reading bytes, or a public URL.
            reference_images: Images to go by, each a path, bytes, a file open for reading bytes,
                or a public URL.
            edit_video: The video to edit: a path, bytes, a file open for reading bytes, or a
                public URL.
            input_video_seconds: Length of the given video in seconds.
            duration: Length of the video in seconds, as text. One of 3, 4, 5, 6, 7, 8, 9, 10, 11,
                12, 13, 14, 15. Default: '5', which is the server's.
            resolution: Size of the video. Default: '720P', which is the server's.
            ratio: Shape of the video. Default: '16:9', which is the server's.
            audio_setting: Whether the server chooses the sound or keeps that of the given video.
                Default: 'auto', which is the server's.
            seed: Seed of the random numbers.
            watermark: Whether the video gets a watermark. Default: True, which is the server's.
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
                "mode": mode,
                "name": name,
                "model_version": model_version,
                "prompt": prompt,
                "image": image,
                "reference_images": reference_images,
                "edit_video": edit_video,
                "input_video_seconds": input_video_seconds,
                "duration": duration,
                "resolution": resolution,
                "ratio": ratio,
                "audio_setting": audio_setting,
                "seed": seed,
                "watermark": watermark,
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
        on_update: Callable[[HappyHorseTask], object] | None = None,
        poll: float | None = None,
        **start: Unpack[HappyHorseStart],
    ) -> HappyHorseTask:
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

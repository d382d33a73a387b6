# Written by `nox -s generate` from asynchronous/engines/kling_video.py: edit there, not here.
"""Kling video: what its tasks can do, and the arguments of its start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Required, TypedDict, Unpack

from ...family_table import TASK_FAMILIES
from ...file_arguments import UploadProgress
from ...models import KlingVideoTask
from ...upload_sources import FileInput
from ..caller import Caller
from ..verbs import Batches, Deletes, Renames


class KlingVideoStart(TypedDict, total=False):
    """The arguments of `KlingVideo.create`, which has their description."""

    mode: Required[Literal["text-to-video", "image-to-video", "motion-control"]]
    prompt: Required[str]
    name: str | None
    version: Literal["2.6", "3.0"] | None
    model_version: Literal["standard", "fast"] | None
    resolution: Literal["720p", "1080p"] | None
    quality_mode: Literal["std", "pro", "4k"] | None
    duration: int | None
    image: FileInput | None
    video: FileInput | None
    aspect_ratio: Literal["16:9", "9:16", "1:1"] | None
    sound: bool | None
    end_image: FileInput | None
    character_orientation: Literal["video", "image"] | None
    negative_prompt: str | None
    seed: float | None
    webhook_url: str | None
    webhook_token: str | None
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class KlingVideo(Batches[KlingVideoTask], Deletes[KlingVideoTask], Renames[KlingVideoTask]):
    """Videos made by Kling 2.6 and 3.0.

    The start is in A2E's reference, which does not describe its answers.
    """

    def __init__(self, caller: Caller) -> None:
        super().__init__(caller, TASK_FAMILIES["kling_video"])

    def create(
        self,
        *,
        mode: Literal["text-to-video", "image-to-video", "motion-control"],
        prompt: str,
        name: str | None = None,
        version: Literal["2.6", "3.0"] | None = None,
        model_version: Literal["standard", "fast"] | None = None,
        resolution: Literal["720p", "1080p"] | None = None,
        quality_mode: Literal["std", "pro", "4k"] | None = None,
        duration: int | None = None,
        image: FileInput | None = None,
        video: FileInput | None = None,
        aspect_ratio: Literal["16:9", "9:16", "1:1"] | None = None,
        sound: bool | None = None,
        end_image: FileInput | None = None,
        character_orientation: Literal["video", "image"] | None = None,
        negative_prompt: str | None = None,
        seed: float | None = None,
        webhook_url: str | None = None,
        webhook_token: str | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> KlingVideoTask:
        """Start a Kling video task; this costs coins (operation ``startKlingVideoTask``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin. Local files are uploaded first, which costs coins too.

        Args:
            mode: What to make the video from.
            prompt: What is asked for.
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose answer was lost easiest to find.
            version: Version of Kling. Default: '2.6', which is the server's.
            model_version: Variant of the model. Default: 'standard', which is the server's.
            resolution: Size of the video. Default: '720p', which is the server's.
            quality_mode: Quality of the video. Default: 'std', which is the server's.
            duration: Length of the video in seconds, as text. One of 3, 4, 5, 6, 7, 8, 9, 10, 11,
                12, 13, 14, 15. Default: '5', which is the server's.
            image: The image, or of the first frame: a path, bytes, a file open for reading bytes,
                or a public URL.
            video: The video whose motion is taken: a path, bytes, a file open for reading bytes,
                or a public URL.
            aspect_ratio: Shape of the video. Default: '16:9', which is the server's.
            sound: Whether the video has sound. Default: False, which is the server's.
            end_image: The last frame: a path, bytes, a file open for reading bytes, or a public
                URL.
            character_orientation: Whether the person faces as in the video or as in the image.
                Default: 'video', which is the server's.
            negative_prompt: What is not wanted.
            seed: Seed of the random numbers.
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
        return self._start(
            {
                "mode": mode,
                "prompt": prompt,
                "name": name,
                "version": version,
                "model_version": model_version,
                "resolution": resolution,
                "quality_mode": quality_mode,
                "duration": duration,
                "image": image,
                "video": video,
                "aspect_ratio": aspect_ratio,
                "sound": sound,
                "end_image": end_image,
                "character_orientation": character_orientation,
                "negative_prompt": negative_prompt,
                "seed": seed,
                "webhook_url": webhook_url,
                "webhook_token": webhook_token,
                "resend_if_unknown": resend_if_unknown,
                "on_upload": on_upload,
            }
        )

    def run(
        self,
        *,
        timeout: float = 1800.0,
        on_update: Callable[[KlingVideoTask], object] | None = None,
        poll: float | None = None,
        **start: Unpack[KlingVideoStart],
    ) -> KlingVideoTask:
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
        return self._run(start, timeout, on_update, poll)

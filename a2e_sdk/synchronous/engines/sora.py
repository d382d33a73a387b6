# Written by `nox -s generate` from asynchronous/engines/sora.py: edit there, not here.
"""Sora video: what its tasks can do, and the arguments of its start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Required, TypedDict, Unpack

from ...family_table import TASK_FAMILIES
from ...file_arguments import UploadProgress
from ...models import SoraTask
from ...upload_sources import FileInput
from ..caller import Caller
from ..verbs import Batches, Deletes


class SoraStart(TypedDict, total=False):
    """The arguments of `Sora.create`, which has their description."""

    prompt: Required[str]
    name: str | None
    model_type: Literal["text-to-video", "image-to-video"] | None
    images: Sequence[FileInput] | None
    aspect_ratio: Literal["portrait", "landscape"] | None
    duration_seconds: int | None
    quality: Literal["standard", "high"] | None
    webhook_url: str | None
    webhook_token: str | None
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class Sora(Batches[SoraTask], Deletes[SoraTask]):
    """Videos under the name of Sora 2 Pro, now made by Kling 3.0.

    The start is in A2E's reference, which does not describe its answers.
    """

    def __init__(self, caller: Caller) -> None:
        super().__init__(caller, TASK_FAMILIES["sora"])

    def create(
        self,
        *,
        prompt: str,
        name: str | None = None,
        model_type: Literal["text-to-video", "image-to-video"] | None = None,
        images: Sequence[FileInput] | None = None,
        aspect_ratio: Literal["portrait", "landscape"] | None = None,
        duration_seconds: int | None = None,
        quality: Literal["standard", "high"] | None = None,
        webhook_url: str | None = None,
        webhook_token: str | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> SoraTask:
        """Start a Sora task; this costs coins (operation ``startSoraTask``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin. Local files are uploaded first, which costs coins too.

        Args:
            prompt: What is asked for.
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose answer was lost easiest to find.
            model_type: What to make the video from. Default: 'image-to-video', which is the
                server's.
            images: Images to go by, each a path, bytes, a file open for reading bytes, or a
                public URL.
            aspect_ratio: Shape of the video. Default: 'landscape', which is the server's.
            duration_seconds: Length of the video in seconds, as text. One of 5, 10, 15. Default:
                '5', which is the server's.
            quality: Quality of the video. Default: 'standard', which is the server's.
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
                "prompt": prompt,
                "name": name,
                "model_type": model_type,
                "images": images,
                "aspect_ratio": aspect_ratio,
                "duration_seconds": duration_seconds,
                "quality": quality,
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
        on_update: Callable[[SoraTask], object] | None = None,
        poll: float | None = None,
        **start: Unpack[SoraStart],
    ) -> SoraTask:
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

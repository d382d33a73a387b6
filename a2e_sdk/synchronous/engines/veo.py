# Written by `nox -s generate` from asynchronous/engines/veo.py: edit there, not here.
"""Veo video: what its tasks can do, and the arguments of its start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Required, TypedDict, Unpack

from ...family_table import TASK_FAMILIES
from ...file_arguments import UploadProgress
from ...models import VeoTask
from ...upload_sources import FileInput
from ..caller import Caller
from ..verbs import Batches, Deletes


class VeoStart(TypedDict, total=False):
    """The arguments of `Veo.create`, which has their description."""

    prompt: Required[str]
    name: str | None
    generation_type: (
        Literal["TEXT_2_VIDEO", "FIRST_AND_LAST_FRAMES_2_VIDEO", "REFERENCE_2_VIDEO"] | None
    )
    images: Sequence[FileInput] | None
    model: Literal["veo3", "veo3_fast"] | None
    aspect_ratio: Literal["16:9", "9:16", "Auto"] | None
    watermark: str | None
    seed: float | None
    webhook_url: str | None
    webhook_token: str | None
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class Veo(Batches[VeoTask], Deletes[VeoTask]):
    """Videos made by Veo 3.1.

    The start is in A2E's reference, which does not describe its answers.
    """

    def __init__(self, caller: Caller) -> None:
        super().__init__(caller, TASK_FAMILIES["veo"])

    def create(
        self,
        *,
        prompt: str,
        name: str | None = None,
        generation_type: Literal[
            "TEXT_2_VIDEO", "FIRST_AND_LAST_FRAMES_2_VIDEO", "REFERENCE_2_VIDEO"
        ]
        | None = None,
        images: Sequence[FileInput] | None = None,
        model: Literal["veo3", "veo3_fast"] | None = None,
        aspect_ratio: Literal["16:9", "9:16", "Auto"] | None = None,
        watermark: str | None = None,
        seed: float | None = None,
        webhook_url: str | None = None,
        webhook_token: str | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> VeoTask:
        """Start a Veo task; this costs coins (operation ``startVeoTask``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin. Local files are uploaded first, which costs coins too.

        Args:
            prompt: What is asked for.
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose answer was lost easiest to find.
            generation_type: What to make the video from. Default: 'TEXT_2_VIDEO', which is the
                server's.
            images: The frames, or of images to go by, each a path, bytes, a file open for reading
                bytes, or a public URL.
            model: Model to use. Default: 'veo3_fast', which is the server's.
            aspect_ratio: Shape of the video. Default: 'Auto', which is the server's.
            watermark: Text of a watermark.
            seed: Seed of the random numbers, 10000 to 99999.
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
                "generation_type": generation_type,
                "images": images,
                "model": model,
                "aspect_ratio": aspect_ratio,
                "watermark": watermark,
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
        on_update: Callable[[VeoTask], object] | None = None,
        poll: float | None = None,
        **start: Unpack[VeoStart],
    ) -> VeoTask:
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

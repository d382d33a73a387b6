# Written by `nox -s generate` from asynchronous/engines/gpt_image.py: edit there, not here.
"""GPT image: what its tasks can do, and the arguments of its start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Required, TypedDict, Unpack

from ...family_table import TASK_FAMILIES
from ...file_arguments import UploadProgress
from ...models import GptImageTask
from ...upload_sources import FileInput
from ..caller import Caller
from ..verbs import Batches, Deletes


class GptImageStart(TypedDict, total=False):
    """The arguments of `GptImage.create`, which has their description."""

    prompt: Required[str]
    name: str | None
    input_images: Sequence[FileInput] | None
    model: Literal["gpt-image-1.5", "gpt-image-2"] | None
    aspect_ratio: Literal["auto", "1:1", "9:16", "21:9", "16:9", "4:3", "3:2", "3:4", "2:3"] | None
    quality: Literal["medium", "high"] | None
    resolution: Literal["1K", "2K", "4K"] | None
    force_generate: bool
    webhook_url: str | None
    webhook_token: str | None
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class GptImage(Batches[GptImageTask], Deletes[GptImageTask]):
    """Images made or edited by GPT Image.

    The start is in A2E's reference, which does not describe its answers.
    """

    def __init__(self, caller: Caller) -> None:
        super().__init__(caller, TASK_FAMILIES["gpt_image"])

    def create(
        self,
        *,
        prompt: str,
        name: str | None = None,
        input_images: Sequence[FileInput] | None = None,
        model: Literal["gpt-image-1.5", "gpt-image-2"] | None = None,
        aspect_ratio: Literal["auto", "1:1", "9:16", "21:9", "16:9", "4:3", "3:2", "3:4", "2:3"]
        | None = None,
        quality: Literal["medium", "high"] | None = None,
        resolution: Literal["1K", "2K", "4K"] | None = None,
        force_generate: bool = False,
        webhook_url: str | None = None,
        webhook_token: str | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> GptImageTask:
        """Start a GPT Image task; this costs coins (operation ``startGptImageTask``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin. Local files are uploaded first, which costs coins too.

        Args:
            prompt: What is asked for, 3000 characters at most.
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose answer was lost easiest to find.
            input_images: Images to edit or to go by, 16 at most, each a path, bytes, a file open
                for reading bytes, or a public URL.
            model: Model to use. Default: 'gpt-image-1.5', which is the server's.
            aspect_ratio: Shape of the image. Default: '1:1', which is the server's.
            quality: Quality of the image, for gpt-image-1.5 only. Default: 'medium', which is the
                server's.
            resolution: Size of the image, for gpt-image-2 only. Default: '1K', which is the
                server's.
            force_generate: Go on where the server's moderation would stop. Default False, which
                is sent: the server's own default for API keys differs.
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
                "input_images": input_images,
                "model": model,
                "aspect_ratio": aspect_ratio,
                "quality": quality,
                "resolution": resolution,
                "force_generate": force_generate,
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
        on_update: Callable[[GptImageTask], object] | None = None,
        poll: float | None = None,
        **start: Unpack[GptImageStart],
    ) -> GptImageTask:
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

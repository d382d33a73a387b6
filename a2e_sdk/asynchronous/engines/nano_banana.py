# Written by `nox -s generate` from spec/openapi.yaml: edit that, not this.
"""Nano Banana image: what its tasks can do, and the arguments of its start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Required, TypedDict, Unpack

from ...family_table import TASK_FAMILIES
from ...file_arguments import UploadProgress
from ...models import NanoBananaTask
from ...upload_sources import FileInput
from ..caller import AsyncCaller
from ..verbs import AsyncBatches, AsyncDeletes


class NanoBananaStart(TypedDict, total=False):
    """The arguments of `AsyncNanoBanana.create`, which has their description."""

    prompt: Required[str]
    name: str | None
    model: Literal["nano-banana", "nano-banana-pro", "nano-banana-2", "nano-banana-2-lite"] | None
    input_images: Sequence[FileInput] | None
    aspect_ratio: (
        Literal["auto", "16:9", "1:1", "9:16", "4:3", "3:4", "2:3", "3:2", "4:5", "5:4", "21:9"]
        | None
    )
    image_size: Literal["1K", "2K", "4K"] | None
    google_search: bool | None
    force_generate: bool
    webhook_url: str | None
    webhook_token: str | None
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class AsyncNanoBanana(AsyncBatches[NanoBananaTask], AsyncDeletes[NanoBananaTask]):
    """Images made or edited by Nano Banana.

    The start is in A2E's reference, which does not describe its answers.
    """

    def __init__(self, caller: AsyncCaller) -> None:
        super().__init__(caller, TASK_FAMILIES["nano_banana"])

    async def create(
        self,
        *,
        prompt: str,
        name: str | None = None,
        model: Literal["nano-banana", "nano-banana-pro", "nano-banana-2", "nano-banana-2-lite"]
        | None = None,
        input_images: Sequence[FileInput] | None = None,
        aspect_ratio: Literal[
            "auto", "16:9", "1:1", "9:16", "4:3", "3:4", "2:3", "3:2", "4:5", "5:4", "21:9"
        ]
        | None = None,
        image_size: Literal["1K", "2K", "4K"] | None = None,
        google_search: bool | None = None,
        force_generate: bool = False,
        webhook_url: str | None = None,
        webhook_token: str | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> NanoBananaTask:
        """Start a Nano Banana task; this costs coins (operation ``startNanoBananaTask``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin. Local files are uploaded first, which costs coins too.

        Args:
            prompt: What is asked for.
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose answer was lost easiest to find.
            model: Model to use. Default: 'nano-banana-pro', which is the server's.
            input_images: Images to edit or to go by, each a path, bytes, a file open for reading
                bytes, or a public URL.
            aspect_ratio: Shape of the image. Default: 'auto', which is the server's.
            image_size: Size of the image. Default: '1K', which is the server's.
            google_search: Whether the model may search the web, for nano-banana-2 only. Default:
                False, which is the server's.
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
        return await self._start(
            {
                "prompt": prompt,
                "name": name,
                "model": model,
                "input_images": input_images,
                "aspect_ratio": aspect_ratio,
                "image_size": image_size,
                "google_search": google_search,
                "force_generate": force_generate,
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
        on_update: Callable[[NanoBananaTask], object] | None = None,
        poll: float | None = None,
        **start: Unpack[NanoBananaStart],
    ) -> NanoBananaTask:
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

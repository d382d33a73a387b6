# Written by `nox -s generate` from spec/openapi.yaml: edit that, not this.
"""Text to image: what its tasks can do, and the arguments of its start."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Sequence
from typing import Literal, Required, TypedDict, Unpack

from ...family_table import TASK_FAMILIES
from ...file_arguments import UploadProgress
from ...models import TextToImageTask
from ...upload_sources import FileInput
from ..caller import AsyncCaller
from ..verbs import AsyncBatches, AsyncDeletes


class TextToImageStart(TypedDict, total=False):
    """The arguments of `AsyncTextToImage.create`, which has their description."""

    prompt: Required[str]
    name: str | None
    width: float | None
    height: float | None
    model_type: Literal["a2e", "seedream"] | None
    input_images: Sequence[FileInput] | None
    skip_face_enhance: bool | None
    aspect_ratio: Literal["1:1", "4:3", "3:4", "16:9", "9:16", "2:3", "3:2", "21:9"] | None
    req_key: Literal["high_aes_general_v21_L", "high_aes"] | None
    webhook_url: str | None
    webhook_token: str | None
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class AsyncTextToImage(AsyncBatches[TextToImageTask], AsyncDeletes[TextToImageTask]):
    """Images made from a prompt, and avatars made from them.

    The start is in A2E's reference, which does not describe its answers.
    """

    def __init__(self, caller: AsyncCaller) -> None:
        super().__init__(caller, TASK_FAMILIES["text_to_image"])

    async def create(
        self,
        *,
        prompt: str,
        name: str | None = None,
        width: float | None = None,
        height: float | None = None,
        model_type: Literal["a2e", "seedream"] | None = None,
        input_images: Sequence[FileInput] | None = None,
        skip_face_enhance: bool | None = None,
        aspect_ratio: Literal["1:1", "4:3", "3:4", "16:9", "9:16", "2:3", "3:2", "21:9"]
        | None = None,
        req_key: Literal["high_aes_general_v21_L", "high_aes"] | None = None,
        webhook_url: str | None = None,
        webhook_token: str | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> TextToImageTask:
        """Start a text-to-image task; this costs coins (operation ``startTextToImageTask``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin. Local files are uploaded first, which costs coins too.

        Args:
            prompt: What is asked for.
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose answer was lost easiest to find.
            width: Width of the image in pixels. Default: 1024, which is the server's.
            height: Height of the image in pixels. Default: 1024, which is the server's.
            model_type: Model to use. Default: 'a2e', which is the server's.
            input_images: Images to go by, 2 at most for a2e and 10 for seedream, each a path,
                bytes, a file open for reading bytes, or a public URL.
            skip_face_enhance: Whether to leave out the enhancement of faces. Default: False,
                which is the server's.
            aspect_ratio: Shape of the image, for seedream only.
            req_key: Model of 2025: high_aes_general_v21_L for general images, high_aes for manga.
                With it the task is complete in the answer. Seen in clients, beside the other
                keys.
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
                "width": width,
                "height": height,
                "model_type": model_type,
                "input_images": input_images,
                "skip_face_enhance": skip_face_enhance,
                "aspect_ratio": aspect_ratio,
                "req_key": req_key,
                "webhook_url": webhook_url,
                "webhook_token": webhook_token,
                "resend_if_unknown": resend_if_unknown,
                "on_upload": on_upload,
            }
        )

    async def create_all(
        self,
        *,
        max_images: int,
        prompt: str,
        name: str | None = None,
        width: float | None = None,
        height: float | None = None,
        model_type: Literal["a2e", "seedream"] | None = None,
        input_images: Sequence[FileInput] | None = None,
        skip_face_enhance: bool | None = None,
        aspect_ratio: Literal["1:1", "4:3", "3:4", "16:9", "9:16", "2:3", "3:2", "21:9"]
        | None = None,
        req_key: Literal["high_aes_general_v21_L", "high_aes"] | None = None,
        webhook_url: str | None = None,
        webhook_token: str | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> builtins.list[TextToImageTask]:
        """Start several tasks by one start (operation ``startTextToImageTask``).

        Args:
            max_images: How many, from 1 to 8.
            prompt: What is asked for.
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose answer was lost easiest to find.
            width: Width of the image in pixels. Default: 1024, which is the server's.
            height: Height of the image in pixels. Default: 1024, which is the server's.
            model_type: Model to use. Default: 'a2e', which is the server's.
            input_images: Images to go by, 2 at most for a2e and 10 for seedream, each a path,
                bytes, a file open for reading bytes, or a public URL.
            skip_face_enhance: Whether to leave out the enhancement of faces. Default: False,
                which is the server's.
            aspect_ratio: Shape of the image, for seedream only.
            req_key: Model of 2025: high_aes_general_v21_L for general images, high_aes for manga.
                With it the task is complete in the answer. Seen in clients, beside the other
                keys.
            webhook_url: https URL, at most 2,048 characters, called once when the task ends.
            webhook_token: A secret of at most 256 characters that comes back with that call.
            resend_if_unknown: Start once more when the answer was lost and no task could be
                found in 30 seconds. The first one may yet turn up: it is then paid twice.
            on_upload: Called with the bytes sent and the bytes of all local files together.

        Returns:
            The tasks that the server's answer names.

        Raises:
            ValueError: An argument is not allowed; nothing is sent then.
            TypeError: An argument is of a wrong type; nothing is sent then.
            OSError: A local file can't be read; nothing is sent then.
            InsufficientCreditsError: The account has too few coins.
            ContentRejectedError: The server's moderation refused the content.
            SubmissionUnknownError: The answer was lost, and no task was found in 30 seconds.
            APIError: The task was not started; the class tells why.
        """
        return await self._start_all(
            {
                "max_images": max_images,
                "prompt": prompt,
                "name": name,
                "width": width,
                "height": height,
                "model_type": model_type,
                "input_images": input_images,
                "skip_face_enhance": skip_face_enhance,
                "aspect_ratio": aspect_ratio,
                "req_key": req_key,
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
        on_update: Callable[[TextToImageTask], object] | None = None,
        poll: float | None = None,
        **start: Unpack[TextToImageStart],
    ) -> TextToImageTask:
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

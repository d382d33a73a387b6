# Written by `nox -s generate` from asynchronous/engines/qwen_image.py: edit there, not here.
"""Qwen image: what its tasks can do, and the arguments of its start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Required, TypedDict, Unpack

from ...family_table import TASK_FAMILIES
from ...file_arguments import UploadProgress
from ...models import QwenImageTask
from ...upload_sources import FileInput
from ..caller import Caller
from ..verbs import Batches, Deletes


class QwenImageStart(TypedDict, total=False):
    """The arguments of `QwenImage.create`, which has their description."""

    prompt: Required[str]
    name: str | None
    model: (
        Literal["qwen-image-2.0", "qwen-image-2.0-pro", "qwen-image-3.0", "qwen-image-3.0-pro"]
        | None
    )
    input_images: Sequence[FileInput] | None
    size: (
        Literal[
            "1024*1024",
            "1328*880",
            "880*1328",
            "1152*864",
            "864*1152",
            "1280*720",
            "720*1280",
            "1512*648",
            "2048*2048",
            "2048*1365",
            "1365*2048",
            "2048*1536",
            "1536*2048",
            "2048*1152",
            "1152*2048",
        ]
        | None
    )
    webhook_url: str | None
    webhook_token: str | None
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class QwenImage(Batches[QwenImageTask], Deletes[QwenImageTask]):
    """Images made or edited by Qwen Image.

    The start is in A2E's reference, which does not describe its answers.
    """

    def __init__(self, caller: Caller) -> None:
        super().__init__(caller, TASK_FAMILIES["qwen_image"])

    def create(
        self,
        *,
        prompt: str,
        name: str | None = None,
        model: Literal[
            "qwen-image-2.0", "qwen-image-2.0-pro", "qwen-image-3.0", "qwen-image-3.0-pro"
        ]
        | None = None,
        input_images: Sequence[FileInput] | None = None,
        size: Literal[
            "1024*1024",
            "1328*880",
            "880*1328",
            "1152*864",
            "864*1152",
            "1280*720",
            "720*1280",
            "1512*648",
            "2048*2048",
            "2048*1365",
            "1365*2048",
            "2048*1536",
            "1536*2048",
            "2048*1152",
            "1152*2048",
        ]
        | None = None,
        webhook_url: str | None = None,
        webhook_token: str | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> QwenImageTask:
        """Start a Qwen Image task; this costs coins (operation ``startQwenImageTask``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin. Local files are uploaded first, which costs coins too.

        Args:
            prompt: What is asked for.
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose answer was lost easiest to find.
            model: Model to use. Default: 'qwen-image-2.0', which is the server's.
            input_images: Images to edit or to go by, each a path, bytes, a file open for reading
                bytes, or a public URL.
            size: Width and height of the image in pixels. Default: '1024*1024', which is the
                server's.
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
                "model": model,
                "input_images": input_images,
                "size": size,
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
        on_update: Callable[[QwenImageTask], object] | None = None,
        poll: float | None = None,
        **start: Unpack[QwenImageStart],
    ) -> QwenImageTask:
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

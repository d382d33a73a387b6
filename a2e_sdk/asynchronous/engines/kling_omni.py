# Written by `nox -s generate` from spec/openapi.yaml: edit that, not this.
"""Kling Omni: what its tasks can do, and the arguments of its start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, TypedDict, Unpack

from ...family_table import TASK_FAMILIES
from ...file_arguments import UploadProgress
from ...models import KlingOmniTask
from ...upload_sources import FileInput
from ..caller import AsyncCaller
from ..verbs import AsyncBatches, AsyncDeletes, AsyncRenames


class KlingOmniStart(TypedDict, total=False):
    """The arguments of `AsyncKlingOmni.create`, which has their description."""

    name: str | None
    prompt: str | None
    image_list: Sequence[FileInput] | None
    mode: Literal["std", "pro"] | None
    duration: int | None
    aspect_ratio: Literal["16:9", "9:16", "1:1"] | None
    sound: bool | None
    multi_shot: bool | None
    shot_type: Literal["intelligence", "customize"] | None
    multi_prompt: Sequence[Mapping[str, Any]] | None
    webhook_url: str | None
    webhook_token: str | None
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class AsyncKlingOmni(
    AsyncBatches[KlingOmniTask], AsyncDeletes[KlingOmniTask], AsyncRenames[KlingOmniTask]
):
    """Videos made by Kling Omni.

    The start is in A2E's reference, which does not describe its answers.
    """

    def __init__(self, caller: AsyncCaller) -> None:
        super().__init__(caller, TASK_FAMILIES["kling_omni"])

    async def create(
        self,
        *,
        name: str | None = None,
        prompt: str | None = None,
        image_list: Sequence[FileInput] | None = None,
        mode: Literal["std", "pro"] | None = None,
        duration: int | None = None,
        aspect_ratio: Literal["16:9", "9:16", "1:1"] | None = None,
        sound: bool | None = None,
        multi_shot: bool | None = None,
        shot_type: Literal["intelligence", "customize"] | None = None,
        multi_prompt: Sequence[Mapping[str, Any]] | None = None,
        webhook_url: str | None = None,
        webhook_token: str | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> KlingOmniTask:
        """Start a Kling Omni task; this costs coins (operation ``startKlingOmniTask``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin. Local files are uploaded first, which costs coins too.

        Args:
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose answer was lost easiest to find.
            prompt: What is asked for.
            image_list: Images to go by, 7 at most, jpg or png of 10 MB at most, each a path,
                bytes, a file open for reading bytes, or a public URL.
            mode: Quality of the video. Default: 'std', which is the server's.
            duration: Length of the video in seconds, 3 to 15, as text. Default: '5', which is the
                server's.
            aspect_ratio: Shape of the video. Default: '16:9', which is the server's.
            sound: Whether the video has sound. Default: False, which is the server's.
            multi_shot: Whether the video has several shots. Default: False, which is the
                server's.
            shot_type: Who divides it into shots: the server (intelligence) or `multi_prompt`
                (customize).
            multi_prompt: The shots. Keys: prompt, duration.
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
                "name": name,
                "prompt": prompt,
                "image_list": image_list,
                "mode": mode,
                "duration": duration,
                "aspect_ratio": aspect_ratio,
                "sound": sound,
                "multi_shot": multi_shot,
                "shot_type": shot_type,
                "multi_prompt": multi_prompt,
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
        on_update: Callable[[KlingOmniTask], object] | None = None,
        poll: float | None = None,
        **start: Unpack[KlingOmniStart],
    ) -> KlingOmniTask:
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

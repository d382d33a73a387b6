# Written by `nox -s generate` from asynchronous/engines/wan_30.py: edit there, not here.
"""Wan 3.0 video: what its tasks can do, and the arguments of its start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, Required, TypedDict, Unpack

from ...family_table import TASK_FAMILIES
from ...file_arguments import UploadProgress
from ...models import Wan30Task
from ..caller import Caller
from ..tasks import Tasks


class Wan30Start(TypedDict, total=False):
    """The arguments of `Wan30.create`, which has their description."""

    model: Required[Literal["wan3.0-video", "wan3.0-video-prime"]]
    input: Required[Mapping[str, Any]]
    parameters: Required[Mapping[str, Any]]
    mode: Literal["text-to-video", "first-frame", "first-last-frames", "reference"] | None
    name: str | None
    webhook_url: str | None
    webhook_token: str | None
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class Wan30(Tasks[Wan30Task]):
    """Videos made by Wan 3.0.

    The start is in A2E's reference, which does not describe its answers.
    """

    def __init__(self, caller: Caller) -> None:
        super().__init__(caller, TASK_FAMILIES["wan_30"])

    def create(
        self,
        *,
        model: Literal["wan3.0-video", "wan3.0-video-prime"],
        input: Mapping[str, Any],
        parameters: Mapping[str, Any],
        mode: Literal["text-to-video", "first-frame", "first-last-frames", "reference"]
        | None = None,
        name: str | None = None,
        webhook_url: str | None = None,
        webhook_token: str | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> Wan30Task:
        """Start a Wan 3.0 task; this costs coins (operation ``startWan30Task``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin. Local files are uploaded first, which costs coins too.

        Args:
            model: Model to use. Default: 'wan3.0-video', which is the server's.
            input: What the video is made from. Keys: prompt, media.
            parameters: How the video is made. Keys: resolution, ratio, duration, audio,
                prompt_extend, seed, watermark.
            mode: What to make the video from. Default: 'text-to-video', which is the server's.
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose answer was lost easiest to find.
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
                "model": model,
                "input": input,
                "parameters": parameters,
                "mode": mode,
                "name": name,
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
        on_update: Callable[[Wan30Task], object] | None = None,
        poll: float | None = None,
        **start: Unpack[Wan30Start],
    ) -> Wan30Task:
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

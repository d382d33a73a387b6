# Written by `nox -s generate` from asynchronous/engines/wan_26_reference.py: edit there, not here.
"""Wan 2.6 video from references: what its tasks can do, and the arguments of its start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Required, TypedDict, Unpack

from ...family_table import TASK_FAMILIES
from ...file_arguments import UploadProgress
from ...models import Wan26ReferenceTask
from ...upload_sources import FileInput
from ..caller import Caller
from ..tasks import Reads


class Wan26ReferenceStart(TypedDict, total=False):
    """The arguments of `Wan26Reference.create`, which has their description."""

    prompt: Required[str]
    references: Required[Sequence[FileInput]]
    name: str | None
    model: str | None
    duration: int | None
    resolution: str | None
    aspect_ratio: str | None
    shot_type: str | None
    sound: bool | None
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class Wan26Reference(Reads[Wan26ReferenceTask]):
    """Videos made by Wan 2.6 from references.

    The start is seen in other clients only.
    """

    def __init__(self, caller: Caller) -> None:
        super().__init__(caller, TASK_FAMILIES["wan_26_reference"])

    def create(
        self,
        *,
        prompt: str,
        references: Sequence[FileInput],
        name: str | None = None,
        model: str | None = None,
        duration: int | None = None,
        resolution: str | None = None,
        aspect_ratio: str | None = None,
        shot_type: str | None = None,
        sound: bool | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> Wan26ReferenceTask:
        """Start a Wan 2.6 reference task; this costs coins (operation ``startWan26ReferenceTask``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin. Local files are uploaded first, which costs coins too.

        Args:
            prompt: What is asked for.
            references: Files to go by; one image was seen, each a path, bytes, a file open for
                reading bytes, or a public URL.
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose answer was lost easiest to find.
            model: Model to use.
            duration: Length of the video in seconds, as text; 5 and 10 were seen.
            resolution: Size of the video; 720p and 1080p were seen.
            aspect_ratio: Shape of the video, for example `16:9`.
            shot_type: Kind of shot; single was seen.
            sound: Whether the video has sound.
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
                "references": references,
                "name": name,
                "model": model,
                "duration": duration,
                "resolution": resolution,
                "aspect_ratio": aspect_ratio,
                "shot_type": shot_type,
                "sound": sound,
                "resend_if_unknown": resend_if_unknown,
                "on_upload": on_upload,
            }
        )

    def run(
        self,
        *,
        timeout: float = 1800.0,
        on_update: Callable[[Wan26ReferenceTask], object] | None = None,
        poll: float | None = None,
        **start: Unpack[Wan26ReferenceStart],
    ) -> Wan26ReferenceTask:
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

# Written by `nox -s generate` from asynchronous/engines/wan_25.py: edit there, not here.
"""Wan 2.5 to 2.7 video: what its tasks can do, and the arguments of its start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, Required, TypedDict, Unpack

from ...family_table import TASK_FAMILIES
from ...file_arguments import UploadProgress
from ...models import Wan25Task
from ...upload_sources import FileInput
from ..caller import Caller
from ..verbs import Batches, Deletes


class Wan25Start(TypedDict, total=False):
    """The arguments of `Wan25.create`, which has their description."""

    prompt: Required[str]
    name: str | None
    image: FileInput | None
    negative_prompt: str | None
    duration: int | None
    resolution: Literal["480p", "720p", "1080p"] | None
    ratio: Literal["16:9", "9:16", "1:1", "4:3", "3:4"] | None
    enable_prompt_expansion: bool | None
    multi_shots: bool | None
    model: Literal["wan2.5-i2v-preview", "wan2.6-i2v", "wan2.6-i2v-flash", "wan2.7-i2v"] | None
    task_type: (
        Literal[
            "text_to_video",
            "first_frame",
            "first_last_frame",
            "reference_image",
            "video_extend",
            "video_edit",
        ]
        | None
    )
    last_frame: FileInput | None
    first_clip: FileInput | None
    edit_video: FileInput | None
    reference_images: Sequence[FileInput] | None
    reference_media: Sequence[Mapping[str, Any]] | None
    seed: float | None
    sound: bool | None
    audio: FileInput | None
    webhook_url: str | None
    webhook_token: str | None
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class Wan25(Batches[Wan25Task], Deletes[Wan25Task]):
    """Videos made by Wan 2.5, 2.6 and 2.7.

    The start is in A2E's reference, which does not describe its answers.
    """

    def __init__(self, caller: Caller) -> None:
        super().__init__(caller, TASK_FAMILIES["wan_25"])

    def create(
        self,
        *,
        prompt: str,
        name: str | None = None,
        image: FileInput | None = None,
        negative_prompt: str | None = None,
        duration: int | None = None,
        resolution: Literal["480p", "720p", "1080p"] | None = None,
        ratio: Literal["16:9", "9:16", "1:1", "4:3", "3:4"] | None = None,
        enable_prompt_expansion: bool | None = None,
        multi_shots: bool | None = None,
        model: Literal["wan2.5-i2v-preview", "wan2.6-i2v", "wan2.6-i2v-flash", "wan2.7-i2v"]
        | None = None,
        task_type: Literal[
            "text_to_video",
            "first_frame",
            "first_last_frame",
            "reference_image",
            "video_extend",
            "video_edit",
        ]
        | None = None,
        last_frame: FileInput | None = None,
        first_clip: FileInput | None = None,
        edit_video: FileInput | None = None,
        reference_images: Sequence[FileInput] | None = None,
        reference_media: Sequence[Mapping[str, Any]] | None = None,
        seed: float | None = None,
        sound: bool | None = None,
        audio: FileInput | None = None,
        webhook_url: str | None = None,
        webhook_token: str | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> Wan25Task:
        """Start a Wan 2.5 task; this costs coins (operation ``startWan25Task``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin. Local files are uploaded first, which costs coins too.

        Args:
            prompt: What is asked for.
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose answer was lost easiest to find.
            image: The image, or of the first frame: a path, bytes, a file open for reading bytes,
                or a public URL.
            negative_prompt: What is not wanted.
            duration: Length of the video in seconds, as text. One of 2, 3, 4, 5, 6, 7, 8, 9, 10,
                11, 12, 13, 14, 15. Default: '5', which is the server's.
            resolution: Size of the video. Default: '720p', which is the server's.
            ratio: Shape of the video. Default: '16:9', which is the server's.
            enable_prompt_expansion: Whether the server may extend the prompt. Default: False,
                which is the server's.
            multi_shots: Whether the video may have several shots. Default: False, which is the
                server's.
            model: Model to use. Default: 'wan2.5-i2v-preview', which is the server's.
            task_type: What to make the video from, for Wan 2.7 only. Default: 'first_frame',
                which is the server's.
            last_frame: The last frame: a path, bytes, a file open for reading bytes, or a public
                URL.
            first_clip: The clip to extend: a path, bytes, a file open for reading bytes, or a
                public URL.
            edit_video: The video to edit: a path, bytes, a file open for reading bytes, or a
                public URL.
            reference_images: Images to go by, each a path, bytes, a file open for reading bytes,
                or a public URL.
            reference_media: References to go by, 1 to 5.
            seed: Seed of the random numbers, 0 to 2147483647.
            sound: Whether the video has sound. Default: True, which is the server's.
            audio: The sound, wav or mp3 of 3 to 30 seconds and 15 MB at most: a path, bytes, a
                file open for reading bytes, or a public URL.
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
                "image": image,
                "negative_prompt": negative_prompt,
                "duration": duration,
                "resolution": resolution,
                "ratio": ratio,
                "enable_prompt_expansion": enable_prompt_expansion,
                "multi_shots": multi_shots,
                "model": model,
                "task_type": task_type,
                "last_frame": last_frame,
                "first_clip": first_clip,
                "edit_video": edit_video,
                "reference_images": reference_images,
                "reference_media": reference_media,
                "seed": seed,
                "sound": sound,
                "audio": audio,
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
        on_update: Callable[[Wan25Task], object] | None = None,
        poll: float | None = None,
        **start: Unpack[Wan25Start],
    ) -> Wan25Task:
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

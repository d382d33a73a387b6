# Written by `nox -s generate` from asynchronous/engines/image_to_video.py: edit there, not here.
"""Image to video: what its tasks can do, and the arguments of its start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Required, TypedDict, Unpack

from ...family_table import TASK_FAMILIES
from ...file_arguments import UploadProgress
from ...models import ImageToVideoTask
from ...upload_sources import FileInput
from ..caller import Caller
from ..verbs import Batches, Deletes


class ImageToVideoStart(TypedDict, total=False):
    """The arguments of `ImageToVideo.create`, which has their description."""

    image: Required[FileInput]
    name: str | None
    prompt: str | None
    negative_prompt: str | None
    lora: str | None
    model_type: Literal["GENERAL", "FLF2V"] | None
    model_version: Literal["a2e", "a2e-v2", "a2e-v2-flash"] | None
    end_image: FileInput | None
    extend_prompt: bool | None
    number_of_images: int | None
    video_time: Literal[5, 10, 15, 20] | None
    skip_face_enhance: bool | None
    mask_face: bool | None
    webhook_url: str | None
    webhook_token: str | None
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class ImageToVideo(Batches[ImageToVideoTask], Deletes[ImageToVideoTask]):
    """Videos made from an image, or from a first and a last one.

    The start is described by A2E, answer included.
    """

    def __init__(self, caller: Caller) -> None:
        super().__init__(caller, TASK_FAMILIES["image_to_video"])

    def create(
        self,
        *,
        image: FileInput,
        name: str | None = None,
        prompt: str | None = None,
        negative_prompt: str | None = None,
        lora: str | None = None,
        model_type: Literal["GENERAL", "FLF2V"] | None = None,
        model_version: Literal["a2e", "a2e-v2", "a2e-v2-flash"] | None = None,
        end_image: FileInput | None = None,
        extend_prompt: bool | None = None,
        number_of_images: int | None = None,
        video_time: Literal[5, 10, 15, 20] | None = None,
        skip_face_enhance: bool | None = None,
        mask_face: bool | None = None,
        webhook_url: str | None = None,
        webhook_token: str | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> ImageToVideoTask:
        """Start an image-to-video task; this costs coins (operation ``startImageToVideoTask``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin. Local files are uploaded first, which costs coins too.

        Args:
            image: The image: a path, bytes, a file open for reading bytes, or a public URL.
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose answer was lost easiest to find.
            prompt: What is asked for.
            negative_prompt: What is not wanted.
            lora: LoRA to use; the prompts may then be left out.
            model_type: Whether to start from one image, or from a first and a last frame (FLF2V).
                Default: 'GENERAL', which is the server's.
            model_version: Version of the model. Prices differ, and the server's default depends
                on the account's plan: `account.quote` shows the price before you start.
            end_image: The last frame, needed for FLF2V: a path, bytes, a file open for reading
                bytes, or a public URL.
            extend_prompt: Whether the server may extend the prompt. Default: True, which is the
                server's.
            number_of_images: How many to make, 1 to 8. Default: 1, which is the server's.
            video_time: Length of the video in seconds. Default: 5, which is the server's.
            skip_face_enhance: Whether to leave out the enhancement of faces. Default: False,
                which is the server's.
            mask_face: Whether to mask faces.
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
                "image": image,
                "name": name,
                "prompt": prompt,
                "negative_prompt": negative_prompt,
                "lora": lora,
                "model_type": model_type,
                "model_version": model_version,
                "end_image": end_image,
                "extend_prompt": extend_prompt,
                "number_of_images": number_of_images,
                "video_time": video_time,
                "skip_face_enhance": skip_face_enhance,
                "mask_face": mask_face,
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
        on_update: Callable[[ImageToVideoTask], object] | None = None,
        poll: float | None = None,
        **start: Unpack[ImageToVideoStart],
    ) -> ImageToVideoTask:
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

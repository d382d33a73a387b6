"""Face swap: tasks, reusable face images and quick previews.

This module owns the arguments of this section's operations; what every task can do is in
``tasks``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Required, TypedDict, Unpack

from a2e_api.api.face_swap import (
    add_face_swap_image,
    add_face_swap_preview,
)
from a2e_api.models import (
    AddFaceSwapImageRequest,
    AddFaceSwapPreviewRequest,
)
from a2e_api.operations import OPERATIONS
from a2e_api.types import as_is
from a2e_sdk import errors
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.files.uploads import AsyncUploader
from a2e_sdk._async.pagination import AsyncPaginator
from a2e_sdk._async.records import call_for_records, call_operation
from a2e_sdk._async.tasks.operations import AsyncDelete, AsyncGetMany, AsyncRunning
from a2e_sdk._async.unpaginated import unpaginated_list
from a2e_sdk._checks.validation import is_usable_id, require_id
from a2e_sdk._files.media_types import MediaKind
from a2e_sdk._files.options import FileArgument, UploadProgress
from a2e_sdk._files.sources import FileInput
from a2e_sdk._wire.family_table import FACE_SWAP
from a2e_sdk._wire.records import records_of
from a2e_sdk._wire.to_model.face_swap import (
    face_swap_image,
    face_swap_preview,
)
from a2e_sdk.models import FaceSwapImage, FaceSwapPreview, FaceSwapTask

_IMAGE = (MediaKind.IMAGE,)
_PICTURE = (MediaKind.VIDEO, MediaKind.IMAGE)


class AsyncFaceSwap:
    """Face swap: put a face into a video or an image.

    Attributes:
        tasks: Start and manage face swaps.
        images: Keep faces for reuse.
        previews: Take a quick look before a swap.
    """

    def __init__(self, api: AsyncAPIClient) -> None:
        self.tasks = AsyncFaceSwapTasks(api)
        self.images = AsyncFaceSwapImages(api)
        self.previews = AsyncFaceSwapPreviews(api)


class FaceSwapStart(TypedDict, total=False):
    """The arguments of `AsyncFaceSwapTasks.create`, which has their description."""

    face: Required[FileInput]
    video: Required[FileInput]
    name: str | None
    cover: FileInput | None
    model_version: Literal["v1", "v2"] | None
    webhook_url: str | None
    webhook_token: str | None
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class AsyncFaceSwapTasks(
    AsyncGetMany[FaceSwapTask], AsyncRunning[FaceSwapTask], AsyncDelete[FaceSwapTask]
):
    """The account's face swaps."""

    def __init__(self, api: AsyncAPIClient) -> None:
        super().__init__(api, FACE_SWAP)

    async def create(
        self,
        *,
        face: FileInput,
        video: FileInput,
        name: str | None = None,
        cover: FileInput | None = None,
        model_version: Literal["v1", "v2"] | None = None,
        webhook_url: str | None = None,
        webhook_token: str | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> FaceSwapTask:
        """Start a face swap; this costs coins (operation ``addFaceSwapTask``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin (429, 503 with Retry-After). Where its answer was lost,
        the task is looked for among the newest records, and returned as if nothing had happened.

        Args:
            face: The image with the face: a path, bytes, a file open for reading bytes, or a URL
                (public, without redirects and spaces). Local files are uploaded, which costs
                coins too.
            video: The video, or image, to put it into; likewise.
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose answer was lost easiest to find.
            cover: A cover image; likewise. Default: none.
            model_version: ``"v1"`` or ``"v2"`` (images only). Default: the server's choice.
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
                "face": face,
                "video": video,
                "name": name,
                "cover": cover,
                "model_version": model_version,
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
        on_update: Callable[[FaceSwapTask], object] | None = None,
        poll: float | None = None,
        **start: Unpack[FaceSwapStart],
    ) -> FaceSwapTask:
        """Start a face swap and wait until it has ended: `create`, then `wait`.

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


class AsyncFaceSwapImages:
    """Faces that are kept on the server for reuse."""

    def __init__(self, api: AsyncAPIClient) -> None:
        self._api = api

    async def add(
        self, face: FileInput, *, on_upload: UploadProgress | None = None
    ) -> FaceSwapImage:
        """Keep a face on the server (operation ``addFaceSwapImage``).

        Args:
            face: The image with the face: a path, bytes, a file open for reading bytes, or a URL.
            on_upload: Called with the bytes sent and the bytes of a local file.

        Returns:
            The image as it is kept; use its ``face_url`` to start swaps.

        Raises:
            ValueError: It is not such a URL, or not an image.
            OSError: The local file can't be read.
            APIError: The call failed.
        """
        argument = FileArgument(face, "face", _IMAGE)
        uploader = AsyncUploader(self._api)
        (face_url,) = await uploader.addresses_of((argument,), on_progress=on_upload)
        body = AddFaceSwapImageRequest(face_url=face_url)
        request = add_face_swap_image.build_request(body=body)
        response = await self._api.call_async(request, as_is)
        images = [
            face_swap_image(record)
            for record in records_of(response.parsed, OPERATIONS[request.operation])
        ]
        if not images:
            raise _nothing_came_back(request.operation, response.status_code)
        # The server may answer with the whole collection: ours is the newest of this address.
        same = [image for image in images if image.face_url == face_url] or images
        return max(same, key=lambda image: (image.created_at is not None, image.created_at))

    def list(self) -> AsyncPaginator[FaceSwapImage]:
        """List the faces that are kept (operation ``listFaceSwapImages``).

        The server gives them all at once.

        Returns:
            A listing to iterate; it asks the server when it is iterated, each time anew.
        """
        return unpaginated_list(self._api, "list_face_swap_images", face_swap_image)

    async def delete(self, image: str | FaceSwapImage) -> None:
        """Delete a face that is kept (operation ``deleteFaceSwapImage``).

        Args:
            image: The image, or its id (24 hexadecimal digits).

        Raises:
            ValueError: It is no id.
            BadRequestError: The server knows no such image.
            APIError: The call failed in another way.
        """
        await call_operation(self._api, "delete_face_swap_image", id=require_id(image))


class AsyncFaceSwapPreviews:
    """Quick looks at a face swap, before it is started."""

    def __init__(self, api: AsyncAPIClient) -> None:
        self._api = api

    async def create(
        self, *, face: FileInput, video: FileInput, on_upload: UploadProgress | None = None
    ) -> FaceSwapPreview:
        """Start a preview (operation ``addFaceSwapPreview``).

        Args:
            face: The image with the face: a path, bytes, a file open for reading bytes, or a URL.
            video: The video, or image, to put it into; likewise.
            on_upload: Called with the bytes sent and the bytes of all local files together.

        Returns:
            The preview as the server accepted it; read it again with `get`.

        Raises:
            ValueError: An argument is not such a URL, or not such a file.
            OSError: A local file can't be read.
            APIError: The call failed.
        """
        files = (FileArgument(face, "face", _IMAGE), FileArgument(video, "video", _PICTURE))
        uploader = AsyncUploader(self._api)
        face_url, video_url = await uploader.addresses_of(files, on_progress=on_upload)
        body = AddFaceSwapPreviewRequest(face_url=face_url, video_url=video_url)
        request = add_face_swap_preview.build_request(body=body)
        response = await self._api.call_async(request, as_is)
        for record in records_of(response.parsed, OPERATIONS[request.operation]):
            preview = face_swap_preview(record)
            if is_usable_id(preview.id):
                return preview
        raise _nothing_came_back(request.operation, response.status_code)

    async def get(self, preview: str | FaceSwapPreview) -> FaceSwapPreview:
        """Read a preview as it is now (operation ``getFaceSwapPreviewStatus``).

        Args:
            preview: The preview, or its id (24 hexadecimal digits).

        Returns:
            The preview with the fields that the server gives of it: status, result and failure.

        Raises:
            ValueError: It is no id.
            NotFoundError: The server knows no such preview.
            APIError: The call failed in another way.
        """
        identifier = require_id(preview)
        operation = "get_face_swap_preview_status"
        for record in await call_for_records(self._api, operation, id=identifier):
            preview = face_swap_preview(record, identifier)
            if preview.id == identifier:
                return preview
        raise errors.NotFoundError(
            f"there is no preview {identifier}", operation=operation, http_status=200
        )


def _nothing_came_back(operation: str, status: int) -> errors.UnexpectedResponseError:
    return errors.UnexpectedResponseError(
        "the server accepted the call but returned no record",
        operation=operation,
        http_status=status,
    )

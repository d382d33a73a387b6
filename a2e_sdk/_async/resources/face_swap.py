"""Face swap: tasks, reusable face images and quick previews.

This module owns the images and previews. The class of the tasks is generated, in
``engines.face_swap``.
"""

from __future__ import annotations

from a2e_api.operations import OPERATIONS
from a2e_api.types import as_is
from a2e_sdk import errors
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.files.uploads import AsyncUploader
from a2e_sdk._async.pagination import AsyncPaginator
from a2e_sdk._async.records import call_for_records, call_operation
from a2e_sdk._async.unpaginated import unpaginated_list
from a2e_sdk._checks.validation import is_usable_id, require_id
from a2e_sdk._files.media_types import MediaKind
from a2e_sdk._files.options import FileArgument, UploadProgress
from a2e_sdk._files.sources import FileInput
from a2e_sdk._wire.records import records_of
from a2e_sdk._wire.to_model.face_swap import (
    face_swap_image,
    face_swap_preview,
)
from a2e_sdk.models import FaceSwapImage, FaceSwapPreview

from .engines.face_swap import AsyncFaceSwapTasks

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
        # Imported here: swaps need neither, and each model costs a millisecond to make.
        from a2e_api.api.face_swap import add_face_swap_image
        from a2e_api.models import AddFaceSwapImageRequest

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
        # The server may respond with the whole collection: ours is the newest of this address.
        same = [image for image in images if image.face_url == face_url] or images
        return max(same, key=lambda image: (image.created_at is not None, image.created_at))

    def list(self) -> AsyncPaginator[FaceSwapImage]:
        """List the faces that are kept (operation ``listFaceSwapImages``).

        The server gives them all at once.

        Returns:
            A listing to iterate; it asks the server when it is iterated, each time anew.
        """
        return unpaginated_list(self._api, "list_face_swap_images", FaceSwapImage, face_swap_image)

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
        from a2e_api.api.face_swap import add_face_swap_preview
        from a2e_api.models import AddFaceSwapPreviewRequest

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

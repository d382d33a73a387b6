"""Storage: files at public addresses, and watermarks on them.

This module owns the arguments of these operations; how a file is uploaded is in ``_async.files``.
"""

from __future__ import annotations

from a2e_api.api.storage import add_transferred_file
from a2e_api.api.watermarks import start_watermark
from a2e_api.models import (
    AddTransferredFileRequest,
    StartWatermarkRequest,
    StartWatermarkRequestWatermarkType,
)
from a2e_api.types import UNSET
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.files.uploads import AsyncUploader
from a2e_sdk._checks.validation import require_sendable, require_url
from a2e_sdk._files.media_types import MediaKind
from a2e_sdk._files.options import FileArgument, UploadProgress
from a2e_sdk._files.sources import FileInput, is_url
from a2e_sdk._wire.records import response_data, url_in

_PICTURE = (MediaKind.IMAGE, MediaKind.VIDEO)
_IMAGE = (MediaKind.IMAGE,)


class AsyncStorage:
    """Files at public addresses."""

    def __init__(self, api: AsyncAPIClient) -> None:
        self._api = api

    async def transfer(self, url: str) -> str:
        """Copy what is behind a URL to A2E's storage (operation ``addTransferredFile``).

        This is for addresses that A2E's servers reach, but not well enough for a task. It is never
        sent twice. The operation is named by A2E, and was seen in clients.

        Args:
            url: A public http or https URL, without redirects and spaces.

        Returns:
            The URL of the copy.

        Raises:
            TypeError: It is no str.
            ValueError: It is no URL that A2E can fetch; nothing is sent then.
            UnexpectedResponseError: The response holds no URL.
            APIError: The call failed in another way.
        """
        private = self._api.configuration.address.is_private
        body = AddTransferredFileRequest(url=require_url(url, "url", allow_private=private))
        request = add_transferred_file.build_request(body=body)
        response = await self._api.call_async(request, add_transferred_file.parse)
        copy = response_data(response, request.operation)
        return url_in(getattr(copy, "url", None), request.operation)

    async def upload(self, file: FileInput, *, on_upload: UploadProgress | None = None) -> str:
        """Upload a file, for use in several tasks; this costs coins (operation ``addUploadUrl``).

        Arguments that take files upload them by themselves. How long A2E keeps a file is not
        documented; the place is named after three days.

        Args:
            file: A path, bytes, or a file open for reading bytes: an image, a video or audio. Or
                the address of an object, such as ``s3://bucket/me.jpg``.
            on_upload: Called with the bytes sent and the bytes of the file.

        Returns:
            The public URL of the file.

        Raises:
            TypeError: It is none of these.
            ValueError: It is a URL, is empty, or of another type; nothing is sent then.
            OSError: The file can't be read; nothing is sent then.
            InsufficientCreditsError: The account has too few coins.
            APIError: The upload failed.
        """
        if isinstance(file, str) and is_url(file):
            raise ValueError("file is a URL already; a2e.storage.transfer(url) copies it.")
        uploader = AsyncUploader(self._api)
        return await uploader.address_of(
            file, "file", accepts=tuple(MediaKind), on_progress=on_upload
        )

    async def watermark(
        self,
        media: FileInput,
        *,
        text: str | None = None,
        image: FileInput | None = None,
        on_upload: UploadProgress | None = None,
    ) -> str:
        """Put a watermark on an image or a video (operation ``startWatermark``).

        The result is there when this returns. It is never sent twice. The operation was seen in
        clients only; whether it costs coins is not known.

        Args:
            media: The image or video: a path, bytes, a file open for reading bytes, or a URL
                (public, without redirects and spaces). Local files are uploaded, which costs
                coins.
            text: The text of the watermark. Give either this or ``image``.
            image: The image that is the watermark; a file as ``media``.
            on_upload: Called with the bytes sent and the bytes of all local files together.

        Returns:
            The URL of the watermarked file.

        Raises:
            TypeError: An argument is of a wrong type; nothing is sent then.
            ValueError: Both or none of ``text`` and ``image`` are given, the text is blank, or a
                file is not allowed; nothing is sent then.
            OSError: A local file can't be read; nothing is sent then.
            UnexpectedResponseError: The response holds no URL.
            APIError: The call failed in another way.
        """
        if (text is None) == (image is None):
            raise ValueError("give exactly one of text and image.")
        if text is not None:
            if not isinstance(text, str):
                raise TypeError(f"text must be a str, not {type(text).__name__}.")
            if not text.strip():
                raise ValueError("text must not be blank.")
            require_sendable(text, "text")
        files = [FileArgument(media, "media", _PICTURE)]
        if image is not None:
            files.append(FileArgument(image, "image", _IMAGE))
        uploader = AsyncUploader(self._api)
        media_url, *image_url = await uploader.addresses_of(files, on_progress=on_upload)
        kinds = StartWatermarkRequestWatermarkType
        body = StartWatermarkRequest(
            media_url=media_url,
            watermark_type=kinds.IMAGE if image_url else kinds.TEXT,
            text=UNSET if text is None else text,
            watermark_image_url=image_url[0] if image_url else UNSET,
        )
        request = start_watermark.build_request(body=body)
        response = await self._api.call_async(request, start_watermark.parse)
        made = response_data(response, request.operation)
        return url_in(getattr(made, "result_url", None), request.operation)

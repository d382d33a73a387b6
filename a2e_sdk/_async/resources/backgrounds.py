"""Backgrounds: images that can be put behind an avatar.

This module owns the calls of this section; which key a video's background goes out under is decided
in ``_wire.avatar_video_arguments``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, cast

from a2e_api.api.backgrounds import (
    add_background,
)
from a2e_api.models import AddBackgroundRequest
from a2e_api.operations import OPERATIONS
from a2e_api.types import as_is
from a2e_sdk import errors
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.files.uploads import AsyncUploader
from a2e_sdk._async.pagination import AsyncPaginator
from a2e_sdk._async.records import call_operation
from a2e_sdk._async.unpaginated import unpaginated_list
from a2e_sdk._checks.validation import require_id, require_one_of, require_text
from a2e_sdk._files.media_types import MediaKind
from a2e_sdk._files.options import UploadProgress
from a2e_sdk._files.sources import FileInput
from a2e_sdk._wire.records import data_of, records_of
from a2e_sdk._wire.to_model.backgrounds import background as friendly_background
from a2e_sdk.models import Background


class AsyncBackgrounds:
    """Backgrounds of the service and of the account.

    Listing and adding are in A2E's reference, their responses are known from clients.
    """

    def __init__(self, api: AsyncAPIClient) -> None:
        self._api = api

    def list(
        self, *, kind: Literal["default", "custom"] | None = None
    ) -> AsyncPaginator[Background]:
        """List the backgrounds (operation ``listBackgrounds``).

        The server gives them all at once.

        Args:
            kind: ``"default"`` for those of the service, ``"custom"`` for yours. Default: both.

        Returns:
            A listing to iterate; it asks the server when it is iterated, each time anew.

        Raises:
            ValueError: It is another kind.
        """
        if kind is not None:
            require_one_of(kind, "kind", ("default", "custom"))

        def is_wanted(background: Background) -> bool:
            return kind is None or background.kind == kind

        return unpaginated_list(
            self._api, "list_backgrounds", Background, friendly_background, keep=is_wanted
        )

    async def get(self, background: str | Background) -> Background:
        """Find a background among all that there are (operation ``listBackgrounds``).

        Args:
            background: The background, or its id (24 hexadecimal digits).

        Returns:
            The background as it is now.

        Raises:
            ValueError: It is no id.
            NotFoundError: The server lists no such background.
            APIError: The call failed in another way.
        """
        identifier = require_id(background, "background")
        for one in await self.list().to_list():
            if one.id == identifier:
                return one
        raise errors.NotFoundError(
            f"there is no background {identifier}", operation="list_backgrounds", http_status=200
        )

    async def add(
        self,
        image: FileInput,
        *,
        name: str | None = None,
        on_upload: UploadProgress | None = None,
    ) -> Background:
        """Keep an image as a background (operation ``addBackground``).

        Args:
            image: The image: a path, bytes, a file open for reading bytes, or a URL (public,
                without redirects and spaces). A local file is uploaded, which costs coins.
            name: What to call it, 1 to 200 characters; only seen in one client. Default: none.
            on_upload: Called with the bytes sent and the bytes of a local file.

        Returns:
            The background as it is kept.

        Raises:
            ValueError: An argument is not allowed; nothing is sent then.
            OSError: The local file can't be read.
            APIError: The call failed. It is not sent again where its response was lost: look at
                `list` before you add the image once more.
        """
        if name is not None:
            require_text(name, "name", maximum=200)
        img_url = await AsyncUploader(self._api).address_of(
            image, "image", accepts=(MediaKind.IMAGE,), on_progress=on_upload
        )
        body = AddBackgroundRequest(img_url=img_url)
        if name is not None:
            body.name = name
        request = add_background.build_request(body=body)
        response = await self._api.call_async(request, as_is)
        for record in records_of(response.parsed, OPERATIONS[request.operation]):
            background = friendly_background(record)
            if background.id:
                return _own(background)
        raise _no_background(request.operation, response.status_code)

    async def delete(self, background: str | Background) -> None:
        """Delete a background of yours (operation ``deleteBackground``).

        That the server takes the id in this way is known from clients, not from its reference.

        Args:
            background: The background, or its id (24 hexadecimal digits).

        Raises:
            ValueError: It is no id, or a background of the service; nothing is sent then.
            APIError: The call failed, or the server knows no such background.
        """
        if isinstance(background, Background) and background.kind == "default":
            raise ValueError("a background of the service can't be deleted.")
        identifier = require_id(background, "background")
        await call_operation(self._api, "delete_background", id=identifier)

    async def random(self) -> Background:
        """Get a background by chance (operation ``getRandomBackground``).

        No reference describes the response; a record of a background, a list of them and a bare
        address are understood.

        Returns:
            The background; its ``id`` is empty where the server gave an address only.

        Raises:
            UnexpectedResponseError: The response is of another shape.
            APIError: The call failed in another way.
        """
        operation = OPERATIONS["get_random_background"]
        data: Any = data_of(await call_operation(self._api, operation.id), operation)
        if isinstance(data, list) and data:
            data = cast(Any, data[0])
        if isinstance(data, str) and "://" in data:
            return Background(id="", image_url=data)
        if isinstance(data, Mapping):
            found = friendly_background(cast(dict[str, Any], data))
            if found.id or found.image_url:
                return found
        raise _no_background(operation.id, 200)


def _own(background: Background) -> Background:
    """Return a background that was just added, which is ours although no response says so."""
    import attrs

    return background if background.kind else attrs.evolve(background, kind="custom")


def _no_background(operation: str, status: int) -> errors.UnexpectedResponseError:
    return errors.UnexpectedResponseError(
        "the server accepted the call but returned no background",
        operation=operation,
        http_status=status,
    )

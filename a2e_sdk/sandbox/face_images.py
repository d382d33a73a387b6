"""The collection of faces that can be used again.

Owns the three operations of ``userFaceSwapImage``. They are records without a life of their own, so
this is no family of tasks.
"""

from __future__ import annotations

from typing import Any

from .answers import RefusedError, success
from .clock import wire_time
from .collection import Collection
from .messages import SandboxReply
from .routing import Call, Route
from .state import SandboxState
from .validation import BodyField, checked_body, checked_id, web_url

__all__ = ["FaceImages"]

_PATH = "/api/v1/userFaceSwapImage"
_FIELDS = (BodyField("face_url", web_url, required=True),)


class FaceImages:
    """The saved faces and what can be asked of them.

    Args:
        state: what it shares with the rest of the sandbox.
    """

    def __init__(self, state: SandboxState) -> None:
        self._state = state
        self._images: Collection[dict[str, Any]] = Collection()

    def routes(self) -> list[Route]:
        """Return the three routes."""
        return [
            Route("add_face_swap_image", "POST", f"{_PATH}/add", self._add),
            Route("list_face_swap_images", "GET", f"{_PATH}/records", self._list),
            Route("delete_face_swap_image", "DELETE", f"{_PATH}/{{_id}}", self._delete),
        ]

    def _add(self, call: Call) -> SandboxReply:
        inputs = checked_body(call.request.body, _FIELDS)
        image_id = self._state.identifiers.object_id(call.now)
        at = wire_time(call.now)
        row = {"face_url": inputs["face_url"], "_id": image_id, "createdAt": at, "updatedAt": at}
        self._images.add(image_id, row)
        # The reference's example answers one addition with the whole collection.
        return self._list(call)

    def _list(self, _call: Call) -> SandboxReply:
        return success(list(self._images))

    def _delete(self, call: Call) -> SandboxReply:
        if not self._images.remove(checked_id(call.parameters["_id"], "path")):
            raise RefusedError("Record not found")
        return success({})

"""The collection of faces that can be used again.

This module owns the three operations of ``userFaceSwapImage``. They are records without a life of
their own, so this is no family of tasks.
"""

from __future__ import annotations

from a2e_sdk.sandbox.protocol.responses import RefusedError
from a2e_sdk.sandbox.protocol.routing import Call, OperationHandler
from a2e_sdk.sandbox.state.clock import wire_time
from a2e_sdk.sandbox.state.collection import Collection
from a2e_sdk.sandbox.state.server_state import SandboxState
from a2e_sdk.sandbox.tasks.family import Row

__all__ = ["FaceImages"]


class FaceImages:
    """The saved faces and what can be asked of them.

    Args:
        state: what it shares with the rest of the sandbox.

    Attributes:
        images: the faces.
    """

    def __init__(self, state: SandboxState) -> None:
        self._state = state
        self.images: Collection[Row] = Collection()

    def handlers(self) -> dict[str, OperationHandler]:
        """Return the handlers of the three operations, by their ids."""
        return {
            "add_face_swap_image": self._add,
            "list_face_swap_images": self._list,
            "delete_face_swap_image": self._delete,
        }

    def _add(self, call: Call) -> list[Row]:
        image_id = self._state.identifiers.object_id(call.now)
        at = wire_time(call.now)
        row = {"face_url": call.body["face_url"], "_id": image_id, "createdAt": at, "updatedAt": at}
        self.images.add(image_id, row)
        # In the reference's example one addition returns the whole collection.
        return self._list(call)

    def _list(self, _call: Call) -> list[Row]:
        return list(self.images)

    def _delete(self, call: Call) -> Row:
        if not self.images.remove(call.identifier):
            raise RefusedError("Record not found")
        return {}

"""Backgrounds and custom avatars: records that are kept and never change by themselves.

This module owns the two collections. What custom avatars look like is not documented: they keep
what they are given.
"""

from __future__ import annotations

from a2e_sdk.sandbox.protocol.responses import RefusedError
from a2e_sdk.sandbox.protocol.routing import Call, OperationHandler
from a2e_sdk.sandbox.state.catalogue import BACKGROUNDS
from a2e_sdk.sandbox.state.clock import wire_time
from a2e_sdk.sandbox.state.collection import Collection
from a2e_sdk.sandbox.state.server_state import SandboxState
from a2e_sdk.sandbox.tasks.family import Row

__all__ = ["Backgrounds", "CustomAvatars"]


class _Records:
    def __init__(self, state: SandboxState) -> None:
        self._state = state
        self.records: Collection[Row] = Collection()

    def _keep(self, call: Call, fields: Row) -> Row:
        identifier = self._state.identifiers.object_id(call.now)
        row = fields | {"_id": identifier}
        self.records.add(identifier, row)
        return row

    def _list(self, _call: Call) -> list[Row]:
        return list(self.records)

    def _delete(self, call: Call) -> Row:
        if not self.records.remove(call.identifier):
            raise RefusedError("Record not found", 404)
        return {}


class Backgrounds(_Records):
    """Backgrounds of everybody and of the user."""

    def handlers(self) -> dict[str, OperationHandler]:
        """Return the handler of each operation, by its id."""
        return {
            "list_backgrounds": lambda call: [*self._list(call), *map(dict, BACKGROUNDS)],
            "list_custom_backgrounds": self._list,
            "add_background": self._add,
            "delete_background": self._delete,
            "get_random_background": lambda _: dict(BACKGROUNDS[0]),
        }

    def _add(self, call: Call) -> Row:
        name = call.body.get("name", "")
        fields = {"type": "custom", "name": name, "img_url": call.body["img_url"]}
        return self._keep(call, fields)


class CustomAvatars(_Records):
    """The user's custom avatars."""

    def handlers(self) -> dict[str, OperationHandler]:
        """Return the handler of each operation, by its id."""
        return {
            "add_custom_avatar": self._add,
            "list_custom_avatars": self._list,
            "delete_custom_avatar": self._delete,
            "list_custom_avatar_tags": lambda _: [],
            "update_custom_avatar": self._update,
        }

    def _add(self, call: Call) -> Row:
        return self._keep(call, {**call.body, "createdAt": wire_time(call.now)})

    def _update(self, call: Call) -> Row:
        row = self.records.get(call.identifier)
        if row is None:
            raise RefusedError("Record not found", 404)
        row.update(call.body, _id=row["_id"])
        return dict(row)

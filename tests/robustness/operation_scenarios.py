"""Every operation of the generated client, as one scenario through ``client.api``.

This module owns the arguments: a dozen written by hand, which reach what is on the server, and the
smallest valid ones of all other operations, made from their schemas.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from a2e_api.operations import OPERATIONS, Operation
from driver import Driver
from robustness.scenarios import FACE, FINISHED_ID, OTHER_ID, VIDEO, Scenario, Scene
from schema_values import minimal

#: What a dozen operations are given, under its names on the wire; it is there on a scene's server.
_BY_HAND: Mapping[str, Callable[[Scene | None], dict[str, Any]]] = {
    "add_face_swap_image": lambda s: {"face_url": FACE},
    "list_face_swap_images": lambda s: {},
    "delete_face_swap_image": lambda s: {"_id": s.image.id if s else OTHER_ID},
    "add_face_swap_preview": lambda s: {"face_url": FACE, "video_url": VIDEO},
    "get_face_swap_preview_status": lambda s: {"_id": s.preview.id if s else OTHER_ID},
    "add_face_swap_task": lambda s: {"name": "raw", "face_url": FACE, "video_url": VIDEO},
    "list_running_face_swap_tasks": lambda s: {},
    "list_face_swap_tasks": lambda s: {"pageNum": 1, "pageSize": 2},
    "get_face_swap_task": lambda s: {"_id": FINISHED_ID},
    "delete_face_swap_task": lambda s: {"_id": FINISHED_ID},
    "get_many_face_swap_tasks": lambda s: {"ids": [FINISHED_ID, OTHER_ID]},
    "add_upload_url": lambda s: {
        "key": "0123456789abcdef.png",
        "contentType": "image/png",
        "contentLength": 300,
    },
}
BY_HAND = frozenset(_BY_HAND)


def arguments_of(
    operation: Operation, scene: Scene | None = None, *, identifier: str = OTHER_ID
) -> dict[str, Any]:
    """Return valid arguments of an operation of the generated client.

    Args:
        operation: The operation.
        scene: Where it is called; None for anywhere.
        identifier: What a path names, for those that are not written by hand.
    """
    if operation.id in _BY_HAND:
        return request_arguments(operation.id, _BY_HAND[operation.id](scene))
    described = operation.input
    values = dict(minimal(described["body"])) if operation.body else {}
    for name, parameter in described["query"].items():
        if parameter["required"]:
            values[name] = minimal(parameter["schema"])
    return request_arguments(operation.id, values | dict.fromkeys(described["path"], identifier))


def request_arguments(operation: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of a generated ``build_request``.

    Args:
        operation: The operation's id.
        values: Values by the server's keys; ``id`` stands for ``_id`` too.
    """
    from a2e_api import models
    from a2e_api.operations import OPERATIONS

    description = OPERATIONS[operation]
    arguments: dict[str, Any] = {}
    rest = dict(values)
    for wire, name in description.parameters.items():
        key = wire if wire in rest else name
        if key in rest:
            arguments[name] = rest.pop(key)
    if description.body:
        body = getattr(models, description.body)
        names = {wire: name for name, wire in body._wire_names.items()}
        arguments["body"] = body(**{names.get(key, key): value for key, value in rest.items()})
    elif rest:
        raise TypeError(f"{operation} takes no {min(rest)!r}.")
    return arguments


def call(driver: Driver, client: Any, operation: Operation, arguments: dict[str, Any]) -> Any:
    """Do an operation by the function of the generated client that fits the driver's mode."""
    if driver.mode == "sync":
        return operation.module.sync(client=client.api, **arguments)
    return driver.run(operation.module.asyncio(client=client.api, **arguments))


def _generated(operation: Operation) -> Scenario:
    def act(scene: Scene) -> Any:
        return call(scene.driver, scene.client, operation, arguments_of(operation, scene))

    needs = {"delete_face_swap_image": ("image",), "get_face_swap_preview_status": ("preview",)}
    return Scenario(
        f"api {operation.id}",
        act,
        needs=needs.get(operation.id, ()),
        wrapped=False,
        thorough=operation.id in BY_HAND,
    )


GENERATED = [_generated(operation) for operation in OPERATIONS.values()]

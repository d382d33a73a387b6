"""Every operation of the generated client, as one deed through ``client.api``.

This module owns the arguments: a dozen written by hand, which reach what is on the server, and the
smallest valid ones of all other operations, made from their schemas.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import partial
from typing import Any

import a2e_api.api
from a2e_api import models as wire
from a2e_api.operations import OPERATIONS, Operation
from a2e_sdk.families import request_arguments
from robustness.deeds import FACE, FINISHED_ID, OTHER_ID, VIDEO, Deed, Scene
from schema_values import minimal

_TASK = {"name": "raw", "face_url": FACE, "video_url": VIDEO}

#: Those of a dozen operations, which find what is on the server of a scene.
BY_HAND: dict[str, Callable[[Scene | None], dict[str, Any]]] = {
    "add_face_swap_image": lambda s: {"body": wire.AddFaceSwapImageRequest(face_url=FACE)},
    "list_face_swap_images": lambda s: {},
    "delete_face_swap_image": lambda s: {"id": s.image.id if s else OTHER_ID},
    "add_face_swap_preview": lambda s: {
        "body": wire.AddFaceSwapPreviewRequest(face_url=FACE, video_url=VIDEO)
    },
    "get_face_swap_preview_status": lambda s: {"id": s.preview.id if s else OTHER_ID},
    "add_face_swap_task": lambda s: {"body": wire.AddFaceSwapTaskRequest(**_TASK)},
    "list_running_face_swap_tasks": lambda s: {},
    "list_face_swap_tasks": lambda s: {"page_num": 1, "page_size": 2},
    "get_face_swap_task": lambda s: {"id": FINISHED_ID},
    "delete_face_swap_task": lambda s: {"id": FINISHED_ID},
    "get_many_face_swap_tasks": lambda s: {
        "body": wire.GetManyFaceSwapTasksRequest(ids=[FINISHED_ID, OTHER_ID])
    },
    "add_upload_url": lambda s: {
        "body": wire.AddUploadUrlRequest(
            key="0123456789abcdef.png", content_type="image/png", content_length=300
        )
    },
}


def smallest_arguments(
    operation: Operation, _: Scene | None = None, *, identifier: str = OTHER_ID
) -> dict[str, Any]:
    """Return the smallest valid arguments; their ids are of nothing that anybody knows.

    Args:
        operation: The operation.
        identifier: What its path names.
    """
    described = operation.input
    values = dict(minimal(described["body"])) if operation.body else {}
    for name, parameter in described["query"].items():
        if parameter["required"]:
            values[name] = minimal(parameter["schema"])
    return request_arguments(operation.id, values | dict.fromkeys(described["path"], identifier))


#: The arguments of each operation of the generated client.
ARGUMENTS: dict[str, Callable[[Scene | None], dict[str, Any]]] = {
    operation.id: BY_HAND.get(operation.id, partial(smallest_arguments, operation))
    for operation in OPERATIONS.values()
}


def operation_modules() -> dict[str, Any]:
    """Return the module of every operation of the generated client, as its files are."""
    found = pkgutil.walk_packages(a2e_api.api.__path__, "a2e_api.api.")
    return {
        module.name.rpartition(".")[2]: importlib.import_module(module.name)
        for module in found
        if not module.ispkg
    }


def _generated(name: str, module: Any) -> Deed:
    def act(scene: Scene) -> Any:
        arguments = ARGUMENTS[name](scene)
        if scene.driver.mode == "sync":
            return module.sync(client=scene.client.api, **arguments)
        return scene.driver.run(module.asyncio(client=scene.client.api, **arguments))

    needs = {"delete_face_swap_image": ("image",), "get_face_swap_preview_status": ("preview",)}
    return Deed(
        f"api {name}", act, needs=needs.get(name, ()), wrapped=False, thorough=name in BY_HAND
    )


GENERATED = [_generated(name, module) for name, module in operation_modules().items()]

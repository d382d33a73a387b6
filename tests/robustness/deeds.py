"""Everything a user can ask of the API, each as one deed that either client can do.

This module owns the list of deeds: the methods of the facade, and every operation of the generated
client through ``client.api``. What goes wrong meanwhile, and what may come of it, is not its
business.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import attrs

import a2e_api.api
from a2e_api import models as wire
from a2e_sdk import errors
from a2e_sdk.sandbox import Sandbox, SandboxReply, SandboxRequest
from a2e_sdk.starting import Submission
from driver import Driver

KEY = "sk_robustness_0123456789abcdef"
FACE = "https://example.com/face.png"
VIDEO = "https://example.com/clip.mp4"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(300)
FINISHED_ID = "6674f1765699df7e9d25311a"
OTHER_ID = "6662e9c62246edced67000f7"

#: Seconds for each phase of an attempt, and how often a call is sent again.
PHASE_SECONDS = 10.0
RETRIES = 2
#: What one call may last: every attempt to its time-out, with the longest pauses between them.
CALL_SECONDS = (RETRIES + 1) * PHASE_SECONDS + RETRIES * 8.0
WAIT_SECONDS = 30.0


#: No deed needs more requests than this; one that sends more would go on for ever.
MANY_REQUESTS = 500


class ObservedSandbox(Sandbox):
    """A sandbox that remembers the last body it answered each operation with, and ends a flood."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.bodies: dict[str, bytes] = {}

    def handle(self, request: SandboxRequest) -> SandboxReply:
        reply = super().handle(request)
        if self.requests.total > MANY_REQUESTS:
            raise AssertionError(f"more than {MANY_REQUESTS} requests")
        if len(self.requests) and self.requests[-1].operation is not None:
            self.bodies[self.requests[-1].operation] = reply.body
        return reply


@attrs.define
class Scene:
    """A client, its server, and what there is on it before the deed."""

    driver: Driver
    client: Any
    sandbox: ObservedSandbox
    folder: Path
    finished: Any = None
    running: Any = None
    image: Any = None
    preview: Any = None

    def prepare(self, things: Collection[str]) -> None:
        """Put the things that a deed needs on the server."""
        swap, run = self.client.face_swap, self.driver.run
        if "running" in things:
            self.running = run(swap.tasks.create(face=FACE, video=VIDEO, name="mine"))
        if "finished" in things:
            started = run(swap.tasks.create(face=FACE, video=VIDEO, name="mine"))
            self.sandbox.clock.advance(10)
            self.finished = run(swap.tasks.get(started))
        if "image" in things:
            self.image = run(swap.images.add(FACE))
        if "preview" in things:
            self.preview = run(swap.previews.create(face=FACE, video=VIDEO))
        self.sandbox.requests.clear()
        self.sandbox.bodies.clear()


@attrs.frozen
class Deed:
    """One thing to do.

    Args:
        name: Its name in the table.
        act: Does it and returns what came of it.
        seconds: How long it may last by the turned clock.
        needs: What has to be there before.
    """

    name: str
    act: Callable[[Scene], Any]
    seconds: float = CALL_SECONDS
    needs: tuple[str, ...] = ()


def _run(method: Callable[[Any], Any]) -> Callable[[Scene], Any]:
    return lambda scene: scene.driver.run(method(scene))


def _lost_start(scene: Scene) -> errors.SubmissionUnknownError:
    error = errors.SubmissionUnknownError("the answer was lost")
    error.submission = Submission(
        family="face_swap",
        name="mine",
        unique_name=False,
        inputs={"face_url": FACE, "video_url": VIDEO},
    )
    return error


def _download(scene: Scene) -> Any:
    target = scene.folder / "out.mp4"
    target.unlink(missing_ok=True)
    return scene.driver.run(scene.client.download(scene.finished, target, existing="overwrite"))


# A wait ends by its deadline, give or take one request; a start that was lost is searched for
# during 30 seconds, and its last look may itself take two calls.
_WAIT = WAIT_SECONDS + CALL_SECONDS
_START = CALL_SECONDS + 30.0 + 2 * CALL_SECONDS

FACADE = [
    Deed("tasks.list", lambda s: s.driver.items(s.client.face_swap.tasks.list(page_size=2)), 120.0),
    Deed("tasks.page", _run(lambda s: s.client.face_swap.tasks.page(1, page_size=2))),
    Deed("tasks.get", _run(lambda s: s.client.face_swap.tasks.get(FINISHED_ID))),
    Deed(
        "tasks.get_many",
        _run(lambda s: s.client.face_swap.tasks.get_many([FINISHED_ID, OTHER_ID])),
    ),
    Deed("tasks.running", _run(lambda s: s.client.face_swap.tasks.running())),
    Deed(
        "tasks.create",
        _run(lambda s: s.client.face_swap.tasks.create(face=FACE, video=VIDEO)),
        _START,
    ),
    Deed(
        "tasks.create (upload)",
        _run(lambda s: s.client.face_swap.tasks.create(face=PICTURE, video=VIDEO)),
        2 * CALL_SECONDS + _START,
    ),
    Deed(
        "tasks.run",
        _run(lambda s: s.client.face_swap.tasks.run(face=FACE, video=VIDEO, timeout=WAIT_SECONDS)),
        _START + _WAIT,
    ),
    Deed(
        "tasks.delete",
        _run(lambda s: s.client.face_swap.tasks.delete(FINISHED_ID)),
        2 * CALL_SECONDS,
    ),
    Deed(
        "tasks.wait",
        _run(lambda s: s.client.face_swap.tasks.wait(s.running, timeout=WAIT_SECONDS)),
        _WAIT,
        needs=("running",),
    ),
    Deed(
        "tasks.wait_many",
        lambda s: s.driver.items(
            s.client.face_swap.tasks.wait_many([s.running, OTHER_ID], timeout=WAIT_SECONDS)
        ),
        _WAIT,
        needs=("running",),
    ),
    Deed(
        "tasks.find_started",
        _run(lambda s: s.client.face_swap.tasks.find_started(_lost_start(s))),
        120.0,
        needs=("running",),
    ),
    Deed("images.add", _run(lambda s: s.client.face_swap.images.add(FACE))),
    Deed("images.list", lambda s: s.driver.items(s.client.face_swap.images.list())),
    Deed(
        "images.delete", _run(lambda s: s.client.face_swap.images.delete(s.image)), needs=("image",)
    ),
    Deed(
        "previews.create",
        _run(lambda s: s.client.face_swap.previews.create(face=FACE, video=VIDEO)),
    ),
    Deed(
        "previews.get",
        _run(lambda s: s.client.face_swap.previews.get(s.preview)),
        needs=("preview",),
    ),
    Deed("download", _download, 3 * CALL_SECONDS, needs=("finished",)),
]

_TASK = {"name": "raw", "face_url": FACE, "video_url": VIDEO}

#: The arguments of each operation of the generated client.
ARGUMENTS: dict[str, Callable[[Scene | None], dict[str, Any]]] = {
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


def operation_modules() -> dict[str, Any]:
    """Return the module of every operation of the generated client."""
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
    return Deed(f"api {name}", act, needs=needs.get(name, ()))


GENERATED = [_generated(name, module) for name, module in operation_modules().items()]
DEEDS = [*FACADE, *GENERATED]

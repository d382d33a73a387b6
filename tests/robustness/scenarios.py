"""Everything a user can ask of the API, each as one scenario that either client can do.

This module owns what a scenario is, where it is done, and the scenarios around face swap. Those of the other
sections are in ``section_scenarios``, those of the generated client in ``operation_scenarios``. What goes
wrong meanwhile, and what may come of it, is not their business.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import Any

import attrs

from a2e_sdk import errors
from a2e_sdk._http.retry import Effect, effect_of
from a2e_sdk.models.submission import Submission
from a2e_sdk.sandbox import Connection, Sandbox, SandboxReply, SandboxRequest
from a2e_sdk.sandbox.request_handling import RequestHandling
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


#: No scenario needs more requests than this; one that sends more would go on for ever.
MANY_REQUESTS = 500


@attrs.frozen
class _ObservedHandling(RequestHandling):
    """Counts how often each operation that changes anything was carried out."""

    changes: Counter[str] = attrs.field(kw_only=True)

    def _respond(self, request: SandboxRequest, found: Any, now: datetime, number: int) -> Any:
        handled = super()._respond(request, found, now, number)
        if isinstance(found, tuple) and handled.reply.body.startswith(b'{"code":0'):
            operation = found[0].operation
            if effect_of(operation, request.method) is not Effect.READ:
                self.changes[operation] += 1
        return handled


class ObservedSandbox(Sandbox):
    """A sandbox that remembers what it did and answered, and ends a flood.

    Attributes:
        replies: The last reply to each operation, with what was spoilt about it.
        attempts: How often each path was asked for, also where the request never arrived.
        changes: How often each operation that changes anything was carried out.
    """

    def __init__(self, **options: Any) -> None:
        self.replies: dict[str, SandboxReply] = {}
        self.attempts: Counter[str] = Counter()
        self.changes: Counter[str] = Counter()
        super().__init__(**options)

    def handle(self, request: SandboxRequest) -> SandboxReply:
        self.attempts[request.path] += 1
        reply = super().handle(request)
        if self.attempts.total() > MANY_REQUESTS:
            raise AssertionError(f"more than {MANY_REQUESTS} requests")
        arrived = reply.connection is not Connection.UNREACHED and len(self.requests)
        if arrived and self.requests[-1].operation is not None:
            self.replies[self.requests[-1].operation] = reply
        return reply

    def forget(self) -> None:
        """Forget what was observed, and the faults; tasks and files stay."""
        self.faults.clear()
        self.requests.clear()
        self.replies.clear()
        self.attempts.clear()
        self.changes.clear()

    def _new_handling(self) -> RequestHandling:
        usual = super()._new_handling()
        return _ObservedHandling(
            usual.state, usual.find, usual.faults, usual.log, changes=self.changes
        )


@attrs.define
class Scene:
    """A client, its server, and what there is on it before the scenario."""

    driver: Driver
    client: Any
    sandbox: ObservedSandbox
    folder: Path
    finished: Any = None
    running: Any = None
    image: Any = None
    preview: Any = None

    def prepare(self, things: Collection[str]) -> None:
        """Put the things that a scenario needs on the server."""
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
        if "pictures" in things:
            for _ in range(2):
                run(self.client.nano_banana.create(prompt="a cat"))
        self.sandbox.forget()


@attrs.frozen
class Scenario:
    """One thing to do.

    Args:
        name: Its name in the table.
        act: Does it and returns what came of it.
        seconds: How long it may last by the turned clock.
        needs: What has to be there before.
        gives: What its value is an instance of.
        promise: Tells, after it ended with an error of ours or with a value (None), what it broke
            that it promises beyond what all scenarios do.
        wrapped: Whether the facade does it, which promises more than the generated client.
        thorough: Whether it meets every fault there is, or only one of each kind.
        composed: Whether thorough scenarios of their own do what it does step by step, as
            ``tasks.create`` and ``tasks.wait`` do of ``tasks.run``: it meets a sample of the faults.
    """

    name: str
    act: Callable[[Scene], Any]
    seconds: float = CALL_SECONDS
    needs: tuple[str, ...] = ()
    gives: type = object
    promise: Callable[[Scene, errors.A2EError | None], str | None] = lambda _, __: None
    wrapped: bool = True
    thorough: bool = True
    composed: bool = False


def calling(method: Callable[[Any], Any]) -> Callable[[Scene], Any]:
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
WAIT = WAIT_SECONDS + CALL_SECONDS
START = CALL_SECONDS + 30.0 + 2 * CALL_SECONDS

FACE_SWAP = [
    Scenario(
        "tasks.list", lambda s: s.driver.items(s.client.face_swap.tasks.list(page_size=2)), 120.0
    ),
    Scenario("tasks.page", calling(lambda s: s.client.face_swap.tasks.page(1, page_size=2))),
    Scenario("tasks.get", calling(lambda s: s.client.face_swap.tasks.get(FINISHED_ID))),
    Scenario(
        "tasks.get_many",
        calling(lambda s: s.client.face_swap.tasks.get_many([FINISHED_ID, OTHER_ID])),
    ),
    Scenario("tasks.running", calling(lambda s: s.client.face_swap.tasks.running())),
    Scenario(
        "tasks.create",
        calling(lambda s: s.client.face_swap.tasks.create(face=FACE, video=VIDEO)),
        START,
    ),
    Scenario(
        "tasks.create (upload)",
        calling(lambda s: s.client.face_swap.tasks.create(face=PICTURE, video=VIDEO)),
        2 * CALL_SECONDS + START,
    ),
    Scenario(
        "tasks.run",
        calling(
            lambda s: s.client.face_swap.tasks.run(face=FACE, video=VIDEO, timeout=WAIT_SECONDS)
        ),
        START + WAIT,
        composed=True,
    ),
    Scenario(
        "tasks.delete",
        calling(lambda s: s.client.face_swap.tasks.delete(FINISHED_ID)),
        2 * CALL_SECONDS,
    ),
    Scenario(
        "tasks.wait",
        calling(lambda s: s.client.face_swap.tasks.wait(s.running, timeout=WAIT_SECONDS)),
        WAIT,
        needs=("running",),
    ),
    Scenario(
        "tasks.wait_many",
        lambda s: s.driver.items(
            s.client.face_swap.tasks.wait_many([s.running, OTHER_ID], timeout=WAIT_SECONDS)
        ),
        WAIT,
        needs=("running",),
        composed=True,
    ),
    Scenario(
        "tasks.find_started",
        calling(lambda s: s.client.face_swap.tasks.find_started(_lost_start(s))),
        120.0,
        needs=("running",),
    ),
    Scenario("images.add", calling(lambda s: s.client.face_swap.images.add(FACE))),
    Scenario("images.list", lambda s: s.driver.items(s.client.face_swap.images.list())),
    Scenario(
        "images.delete",
        calling(lambda s: s.client.face_swap.images.delete(s.image)),
        needs=("image",),
    ),
    Scenario(
        "previews.create",
        calling(lambda s: s.client.face_swap.previews.create(face=FACE, video=VIDEO)),
    ),
    Scenario(
        "previews.get",
        calling(lambda s: s.client.face_swap.previews.get(s.preview)),
        needs=("preview",),
    ),
    Scenario("download", _download, 3 * CALL_SECONDS, needs=("finished",)),
]

"""Runs of the verification against a sandbox, whose responses may be changed on the way."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from a2e_api.operations import OPERATIONS
from a2e_sdk import A2E
from a2e_sdk._http.messages import HttpRequest, HttpResponse
from a2e_sdk._verify.plan import chosen, make_plan
from a2e_sdk._verify.results import Result
from a2e_sdk._verify.run import Verification
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk.sandbox.testing import SandboxForTests, TurningClock
from a2e_sdk.sandbox.transport import SandboxTransport

MEDIA = {
    "image": "https://example.com/private-face.jpg",
    "video": "https://example.com/private-clip.mp4",
    "audio": "https://example.com/private-voice.mp3",
}

#: Changes a response; the operation that it is of is chosen by the test.
Change = Callable[[HttpResponse], HttpResponse]


class ChangingTransport(SandboxTransport):
    """Changes the responses of some operations."""

    def __init__(self, sandbox: SandboxForTests, changes: Mapping[str, Change]) -> None:
        super().__init__(sandbox)
        self._changes = changes

    def send_request(self, request: HttpRequest) -> HttpResponse:
        response = super().send_request(request)
        entry = self.sandbox.requests[-1]
        change = self._changes.get(entry.operation or "")
        return response if change is None else change(response)


def client_of(sandbox: SandboxForTests, changes: Mapping[str, Change] | None = None) -> A2E:
    client = A2E(region="sandbox", http_client=ChangingTransport(sandbox, changes or {}))
    client.api.clock = TurningClock(sandbox.clock)
    return client


def verification(
    sandbox: SandboxForTests,
    *patterns: str,
    spend: float | None = None,
    write: bool = False,
    changes: Mapping[str, Change] | None = None,
    media: Mapping[str, str] = MEDIA,
) -> Verification:
    plan = make_plan(
        OPERATIONS,
        TASK_FAMILIES,
        chosen(OPERATIONS, patterns),
        spend=spend is not None,
        write=write,
    )
    return Verification(client_of(sandbox, changes), plan, budget=spend or 0.0, media=media)


def results_of(sandbox: SandboxForTests, *patterns: str, **options: Any) -> dict[str, Result]:
    return {one.operation: one for one in verification(sandbox, *patterns, **options).run()}


def sandbox_with_content() -> SandboxForTests:
    """A sandbox with a task of each family, and records of the account's own."""
    sandbox = SandboxForTests()
    results_of(sandbox, "start_*", "add_face_swap_task", spend=1e6)
    a2e = sandbox.client()
    a2e.backgrounds.add(MEDIA["image"], name="my private background")
    a2e.face_swap.images.add(MEDIA["image"])
    speech = a2e.speech.create("a private text", voice="5a4d0b0c50f0000000000101")
    avatar = a2e.avatars.list().to_list()[0]
    a2e.avatar_videos.create(avatar=avatar, audio=speech.url, title="my private video")
    a2e.avatars.trainings.create(name="my private avatar", image=MEDIA["image"], gender="female")
    a2e.voices.clones.create(name="my private voice", samples=[MEDIA["audio"]])
    sandbox.clock.advance(60)
    return sandbox


def changed_json(change: Callable[[Any], Any]) -> Change:
    """A change of the decoded body; what it returns takes its place, unless that is None."""

    def apply(response: HttpResponse) -> HttpResponse:
        body = json.loads(response.body)
        made = change(body)
        return attrs.evolve(response, body=json.dumps(body if made is None else made).encode())

    return apply

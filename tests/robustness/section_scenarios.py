"""What a user can ask of the sections beside face swap: a scenario for each shape of a method.

The engines are alike but for a row of data, so a few stand for all of them. This module owns what
these scenarios promise beyond the others: that a live session is left, whatever goes wrong.
"""

from __future__ import annotations

import inspect
import json
from typing import Any

from a2e_api.operations import OPERATIONS
from a2e_sdk import errors
from a2e_sdk.models import (
    Avatar,
    AvatarVideo,
    Coins,
    NanoBananaTask,
    Quote,
    Speech,
    VoiceClone,
    Wan25Task,
    Wan30Task,
)
from a2e_sdk.sandbox import Connection, SandboxReply
from a2e_sdk.sandbox.state.catalogue import AVATARS, STREAMING_AVATARS, VOICES
from robustness.scenarios import (
    CALL_SECONDS,
    FACE,
    PHASE_SECONDS,
    START,
    WAIT,
    WAIT_SECONDS,
    Scenario,
    Scene,
    calling,
)

AUDIO = "https://example.com/voice.mp3"
AVATAR_ID = AVATARS[0]["_id"]
VOICE_ID = VOICES[0][0]
STREAMING_AVATAR_ID = STREAMING_AVATARS[0]["_id"]


def _clone(scene: Scene) -> Any:
    clones, run = scene.client.voices.clones, scene.driver.run
    return run(clones.wait(run(clones.create(samples=[AUDIO])), timeout=WAIT_SECONDS))


def _train(scene: Scene) -> Any:
    trainings, run = scene.client.avatars.trainings, scene.driver.run
    return run(trainings.avatar_of(run(trainings.run(image=FACE, timeout=WAIT_SECONDS))))


def _background(scene: Scene) -> Any:
    backgrounds = scene.client.backgrounds
    added = scene.driver.run(backgrounds.add(FACE, name="mine"))
    return [added, *scene.driver.items(backgrounds.list(kind="custom"))]


def _live(scene: Scene) -> Any:
    session = scene.client.streaming_avatar.session(STREAMING_AVATAR_ID, expires_in=600)
    if scene.driver.mode == "sync":
        with session as live:
            return live.ask("Who are you?")

    async def use() -> Any:
        async with session as live:
            asked = live.ask("Who are you?")
            assert inspect.isawaitable(asked)
            return await asked

    return scene.driver.run(use())


def _was_left(scene: Scene, error: errors.A2EError | None) -> str | None:
    """Tell whether a session that began, as far as its answer told, was never tried to be left."""
    sandbox = scene.sandbox
    session = _success(scene, "start_streaming_session").get("data")
    channel = session.get("channel") if isinstance(session, dict) else None
    leaves = sandbox.attempts[OPERATIONS["leave_streaming_session"].path]
    if channel and isinstance(channel, str) and not leaves:
        return "the session was not left"
    billed = sandbox.changes["start_streaming_session"] > sandbox.changes["leave_streaming_session"]
    if billed and error is None and not _success(scene, "leave_streaming_session"):
        return "nobody was told that the session goes on"
    return None


def _success(scene: Scene, operation: str) -> dict[str, Any]:
    """Return the envelope that the client was given last; empty where it claims no success."""
    reply = scene.sandbox.replies.get(operation)
    if reply is None or reply.status != 200 or not _arrives(reply):
        return {}
    try:
        text = reply.body.decode(json.detect_encoding(reply.body), "replace")
        envelope = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    # The client takes no code, and an array, for a success as well.
    envelope = {"data": envelope} if isinstance(envelope, list) else envelope
    if not isinstance(envelope, dict) or envelope.get("code", 0) not in (0, "0", True):
        return {}
    return {"code": 0, **envelope}


def _arrives(reply: SandboxReply) -> bool:
    """Tell whether a client can read a reply to its end."""
    length = reply.headers.get("content-length", str(len(reply.body)))
    return (
        reply.connection is Connection.ANSWER
        and reply.delay <= PHASE_SECONDS
        and reply.cut_after is None
        and "content-encoding" not in reply.headers
        and length == str(len(reply.body))
    )


def _is_unknown_if_lost(scene: Scene, error: errors.A2EError | None) -> str | None:
    """Tell whether the loss of a start for which there is no list was called anything else."""
    if not scene.sandbox.changes["start_wan_30_task"] or error is None:
        return None
    if isinstance(error, errors.SubmissionUnknownError) and not error.looked:
        return None
    return f"a lost start ended in {type(error).__name__}"


_SPEECH = {"avatar": AVATAR_ID, "voice": VOICE_ID, "timeout": WAIT_SECONDS}

SECTIONS = [
    Scenario(
        "wan_25.run",
        calling(lambda s: s.client.wan_25.run(prompt="a cat", timeout=WAIT_SECONDS)),
        START + WAIT,
        gives=Wan25Task,
        composed=True,
    ),
    Scenario(
        "wan_30.create",
        calling(
            lambda s: s.client.wan_30.create(
                model="wan3.0-video", input={"prompt": "a cat"}, parameters={}
            )
        ),
        gives=Wan30Task,
        promise=_is_unknown_if_lost,
    ),
    Scenario(
        "text_to_image.create_all",
        calling(lambda s: s.client.text_to_image.create_all(max_images=2, prompt="a cat")),
        START,
        gives=list,
    ),
    Scenario(
        "nano_banana.list",
        lambda s: s.driver.items(s.client.nano_banana.list(page_size=2)),
        120.0,
        needs=("pictures",),
    ),
    Scenario(
        "nano_banana.create",
        calling(lambda s: s.client.nano_banana.create(prompt="a cat")),
        START,
        gives=NanoBananaTask,
    ),
    Scenario(
        "avatar_videos.run",
        calling(
            lambda s: s.client.avatar_videos.run(
                avatar=AVATAR_ID, custom=False, audio=AUDIO, timeout=WAIT_SECONDS
            )
        ),
        START + WAIT,
        gives=AvatarVideo,
        composed=True,
    ),
    Scenario(
        "avatar_videos.speak",
        calling(lambda s: s.client.avatar_videos.speak("Hello", **_SPEECH)),
        # The avatar is looked up among two kinds, and the speech is made.
        3 * CALL_SECONDS + START + WAIT,
        gives=AvatarVideo,
        composed=True,
    ),
    Scenario("clones.create, wait", _clone, START + WAIT, gives=VoiceClone, composed=True),
    Scenario(
        "trainings.run, avatar_of",
        _train,
        START + WAIT + 2 * CALL_SECONDS,
        gives=Avatar,
        composed=True,
    ),
    Scenario("voices.list", lambda s: s.driver.items(s.client.voices.list())),
    Scenario("avatars.list", lambda s: s.driver.items(s.client.avatars.list())),
    Scenario(
        "speech.create",
        calling(lambda s: s.client.speech.create("Hello", voice=VOICE_ID)),
        gives=Speech,
    ),
    Scenario("account.coins", calling(lambda s: s.client.account.coins()), gives=Coins),
    Scenario(
        "account.credits",
        lambda s: s.driver.items(s.client.account.credits(page_size=1)),
        120.0,
        needs=("pictures",),
    ),
    Scenario(
        "account.quote",
        calling(lambda s: s.client.account.quote("wan_25", prompt="a cat")),
        gives=Quote,
    ),
    Scenario("backgrounds.add, list", _background, 2 * CALL_SECONDS),
    # Leaving is tried three times, with pauses between.
    Scenario("streaming session", _live, 5 * CALL_SECONDS + 16.0, promise=_was_left),
    Scenario("storage.transfer", calling(lambda s: s.client.storage.transfer(AUDIO)), gives=str),
]

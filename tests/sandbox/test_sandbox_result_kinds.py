"""Which kind of file each family gives: the end of its link, its media type and its bytes agree."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from a2e_api.operations import OPERATIONS
from a2e_sdk._files.media_types import MediaKind, media_type_of
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk.sandbox import Sandbox, SandboxRequest
from a2e_sdk.sandbox.services import FAMILIES
from a2e_sdk.sandbox.state.clock import ManualClock
from a2e_sdk.sandbox.tasks.engines import sandbox_engine
from a2e_sdk.sandbox.tasks.family import Action, ListShape, SandboxFamily
from a2e_sdk.sandbox.tasks.rows import RecordRow
from sandbox.conftest import Api
from sandbox.spec_requests import good_request

pytestmark = pytest.mark.once

IMAGE, VIDEO, SOUND = MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO

#: What a family gives when it is started with the inputs that follow.
KINDS: dict[str, list[tuple[dict[str, str], MediaKind | None]]] = {
    "userFaceSwapTask": [
        ({"video_url": "https://example.com/a.mp4"}, VIDEO),
        ({"video_url": "https://example.com/a.JPG?size=1"}, IMAGE),
        ({"video_url": "https://example.com/a.png#top"}, IMAGE),
        ({"video_url": "https://example.com/a.webp"}, IMAGE),
        ({"video_url": "https://example.com/nameless"}, VIDEO),
    ],
    "userFaceSwapPreview": [
        ({"video_url": "https://example.com/a.mp4"}, IMAGE),
        ({"video_url": "https://example.com/a.png"}, IMAGE),
    ],
    "head_swap": [
        ({"target_image_url": "https://example.com/a.mp4"}, VIDEO),
        ({"target_image_url": "https://example.com/a.jpeg"}, IMAGE),
    ],
    "upscale": [
        ({"source_url": "https://example.com/a.mov"}, VIDEO),
        ({"source_url": "https://example.com/a.png"}, IMAGE),
    ],
    "dubbing": [
        ({"source_url": "https://example.com/a.mp4"}, VIDEO),
        ({"source_url": "https://example.com/a.mp3"}, SOUND),
        ({"source_url": "https://example.com/a.wav"}, SOUND),
    ],
    "voice_clones": [({}, None)],
    **{
        name: [({}, IMAGE)]
        for name in (
            *("virtual_try_on", "product_avatar", "image_edit", "photobook", "text_to_image"),
            *("nano_banana", "gpt_image", "flux_2", "qwen_image", "kling_image"),
        )
    },
}
VIDEOS: list[tuple[dict[str, str], MediaKind | None]] = [({}, VIDEO)]
CASES = [
    (family, inputs, kind)
    for family in FAMILIES
    for inputs, kind in KINDS.get(
        family.name,
        # A family that says image in its name gives none by chance.
        [({}, IMAGE)] if "_image" in family.name else VIDEOS,
    )
]


def links(row: Any) -> list[str]:
    """Return the links to results, wherever a record has them."""
    found: list[str] = []
    for value in row.values():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str) and "/files/" in item:
                found.append(item)
    return found


@pytest.mark.parametrize(
    ("family", "inputs", "kind"),
    CASES,
    ids=[f"{family.name}-{number}" for number, (family, *_) in enumerate(CASES)],
)
def test_a_result_is_of_its_kind(
    family: SandboxFamily, inputs: dict[str, str], kind: MediaKind | None
) -> None:
    clock = ManualClock()
    sandbox = Sandbox(clock=clock)
    api = Api(sandbox)
    starts = (Action.START, Action.START_IN_ARRAY)
    start = next(name for name, action in family.operations.items() if action in starts)
    request = good_request(start, {})
    data = api.send(OPERATIONS[start].method, request.target, encoded(request.body | inputs)).data
    task_id = (data[0] if isinstance(data, list) else data)["_id"]
    clock.advance(60)
    row = sandbox._services.tasks(family.name).find(task_id, clock.now())
    assert row is not None
    urls = links(row)
    assert bool(urls) == (kind is not None)
    for url in urls:
        reply = sandbox.handle(SandboxRequest.from_target("GET", url, {}))
        assert reply.status == 200
        path = url.partition("?")[0]
        by_bytes = media_type_of(reply.body[:64], None, list(MediaKind))
        by_name = media_type_of(b"", path, list(MediaKind))
        assert by_bytes is not None
        assert by_bytes == by_name
        assert by_bytes.kind is kind
        assert by_bytes.content_type == reply.headers["content-type"]


@pytest.mark.parametrize(
    ("fields", "suffix", "key", "price"),
    [
        ({"title": "Moon video"}, ".mp4", "result_url", 50),
        ({"title": "moon shot"}, ".mp4", "result_url", 50),
        ({"title": "Moon image"}, ".jpg", "result_url", 15),
        ({"title": "image to video"}, ".mp4", "result_url", 50),
        ({"title": "moon", "results": ("result_url", "image_urls")}, ".jpg", "image_urls", 15),
        ({"title": "moon", "results": ("image_urls", "video_url")}, ".mp4", "result_url", 50),
    ],
)
def test_an_engine_without_an_entry_of_its_own_has_defaults(
    fields: dict[str, Any], suffix: str, key: str, price: int
) -> None:
    row = TaskFamily(name="moon", model="MoonTask", start="start_sora_task", **fields)
    family = sandbox_engine(row)
    kind = family.kind_of({})
    assert kind is not None
    assert isinstance(family.row, RecordRow)
    assert (kind.suffix, family.row.result, family.price) == (suffix, key, price)
    assert family.shape is ListShape.ROWS
    assert sandbox_engine(evolve(row, page_argument=None)).shape is ListShape.BARE


def encoded(value: Any) -> bytes:
    import json

    return json.dumps(value).encode()


def test_an_image_is_whole_before_the_noise_begins() -> None:
    from a2e_sdk.sandbox.files.served_files import JPEG, ResultFile

    content = ResultFile("x", "a" * 24, JPEG).served(65_536, 1).read(0, 65_536)
    segments, rest = [], content[2:]
    assert content.startswith(b"\xff\xd8")
    while rest[:2] != b"\xff\xd9":
        assert rest[0] == 0xFF
        size = int.from_bytes(rest[2:4], "big")
        segments.append(rest[1])
        rest = rest[2 + size :]
        if segments[-1] == 0xDA:
            rest = rest[rest.index(b"\xff\xd9") :]
    assert segments == [0xE0, 0xDB, 0xC0, 0xC4, 0xC4, 0xDA]
    assert 60_000 < len(rest) < len(content)

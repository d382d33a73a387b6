"""The pictures of docs/pictures show the page as it is; --update-pictures writes them anew."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from watched_page import SWAP, TOKEN, Open

from a2e_sdk import A2E
from a2e_sdk.sandbox import Fault, ManualClock, Sandbox
from a2e_sdk.sandbox.http_server import SandboxServer
from api_paths import path_of

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
PICTURES = {
    "requests-light": ("requests?request=6", 1100, 640),
    "money-light": ("money", 1100, 720),
    "tasks-dark": ("tasks", 1100, 400),
    "faults-dark": ("faults", 1100, 720),
    "phone-light": ("requests", 390, 700),
}
#: Mean difference of brightness, of 255, between pictures made small: what other fonts make of the
#: same page is below it, another view is above.
LIMIT = 5.0

DIFFERENCE = """
async ([first, second]) => {
  const pixels = async (data) => {
    const picture = await createImageBitmap(await (await fetch("data:image/png;base64," + data)).blob());
    const canvas = new OffscreenCanvas(64, 40);
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, 64, 40);
    return [picture.width, picture.height, context.getImageData(0, 0, 64, 40).data];
  };
  const [one, other] = [await pixels(first), await pixels(second)];
  if (one[0] !== other[0] || one[1] !== other[1]) return 255;
  return one[2].reduce((sum, value, place) => sum + Math.abs(value - other[2][place]), 0) / one[2].length;
}
"""


@pytest.fixture
def sandbox() -> Sandbox:
    """A sandbox at one moment of one day, so that every picture of it is the same."""
    clock = ManualClock(datetime(2026, 3, 14, 9, 26, 53, 589000, tzinfo=UTC))
    return Sandbox(
        clock=clock, seed_records=False, processing_after=20, completed_after=90, coins=5_000
    )


@pytest.fixture
def story(sandbox: Sandbox, server: SandboxServer) -> None:
    """What a program did: a retry, a refusal, and a start repeated after its response was lost."""

    def later(seconds: float) -> None:
        sandbox.clock.advance(seconds)  # type: ignore[attr-defined]

    with A2E(TOKEN, base_url=server.url, max_retries=1) as client:
        client.account.coins()
        later(0.4)
        sandbox.faults.add(Fault.rate_limited(retry_after=0), operation="add_face_swap_task")
        first = client.face_swap.tasks.create(**SWAP, name="anniversary")
        later(31)
    start = server.url + path_of("add_face_swap_task")
    body = {"name": "birthday", "face_url": SWAP["face"], "video_url": "https://example.com/b.mp4"}
    with httpx.Client(headers={"authorization": f"Bearer {TOKEN}"}) as script:
        script.post(start, json={"name": "birthday", "video_url": "clip.mp4"})
        later(2.1)
        sandbox.faults.add(Fault.drop_after_read())
        with pytest.raises(httpx.RemoteProtocolError):
            script.post(start, json=body)
        later(1.5)
        script.post(start, json=body | {"name": "birthday again"})
    with A2E(TOKEN, base_url=server.url) as client:
        for seconds in (12, 31, 15):
            later(seconds)
            client.face_swap.tasks.get(first.id)
        for name in ("portrait", "trailer", "greeting"):
            later(9)
            video = f"https://example.com/{name}.mp4"
            client.face_swap.tasks.create(face=SWAP["face"], video=video, name=name)
    sandbox.faults.add(Fault.http(502), operation="get_coins", times=3)
    sandbox.faults.add(Fault.stall(2), share=0.05, times=None)


@pytest.fixture
def difference(chromium: Any) -> Iterator[Any]:
    """Returns how much two pictures differ, from 0 to 255."""
    context = chromium.new_context()
    page = context.new_page()
    yield lambda *pictures: page.evaluate(
        DIFFERENCE, [base64.b64encode(picture).decode() for picture in pictures]
    )
    context.close()


@pytest.mark.parametrize("name", PICTURES)
def test_the_picture_of_the_documentation_is_the_page(
    name: str,
    open_page: Open,
    story: None,
    difference: Any,
    request: pytest.FixtureRequest,
    expect: Any,
) -> None:
    address, width, height = PICTURES[name]
    page = open_page(address, width=width, height=height, scheme=name.rpartition("-")[2])
    expect(page.locator("#paid-twice")).to_be_visible()
    expect(page.locator("#tab-requests .badge")).to_have_text("12")
    if "?" not in address and address == "faults":
        expect(page.locator("#fault-python")).not_to_be_empty()
    page.wait_for_timeout(300)
    picture = page.screenshot(animations="disabled", caret="hide")
    kept = FOLDER / f"sandbox-{name}.png"
    if request.config.getoption("--update-pictures"):
        kept.write_bytes(picture)
    assert kept.is_file(), "write it: nox -s browser -- --update-pictures"
    assert difference(picture, kept.read_bytes()) < LIMIT


def test_another_view_is_another_picture(difference: Any) -> None:
    pictures = {name: (FOLDER / f"sandbox-{name}.png").read_bytes() for name in PICTURES}
    assert difference(pictures["requests-light"], pictures["requests-light"]) == 0
    assert difference(pictures["requests-light"], pictures["money-light"]) > LIMIT
    assert difference(pictures["requests-light"], pictures["faults-dark"]) > LIMIT

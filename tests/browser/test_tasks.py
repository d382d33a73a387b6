"""The view Tasks, and the clock in the header."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from watched_page import SWAP, Open, wait_until

from a2e_sdk import A2E
from a2e_sdk.sandbox import Sandbox


def lane(page: Any, name: str) -> Any:
    return page.locator(f"#lane-{name} .card")


@pytest.mark.parametrize("button", ["+10 s", "+1 min", "+1 h"])
def test_the_clock_moves_a_task_to_done(
    button: str, open_page: Open, client: A2E, expect: Any
) -> None:
    page = open_page("tasks")
    task = client.face_swap.tasks.create(**SWAP, name="birthday")
    expect(lane(page, "queued")).to_contain_text("birthday")
    page.get_by_role("button", name=button).click()
    expect(lane(page, "done")).to_contain_text("succeeded")
    expect(lane(page, "queued")).to_have_count(0)
    assert client.face_swap.tasks.get(task.id).status == "succeeded"


def test_a_clock_that_runs_moves_it_by_itself(open_page: Open, client: A2E, expect: Any) -> None:
    page = open_page("tasks")
    expect(page.locator("#paused")).to_be_visible()
    client.face_swap.tasks.create(**SWAP, name="birthday")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#paused")).to_be_hidden()
    expect(lane(page, "running")).to_contain_text("birthday")
    expect(lane(page, "done")).to_contain_text("succeeded")
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("#paused")).to_be_visible()


def test_a_failed_task_says_why(
    open_page: Open, client: A2E, sandbox: Sandbox, expect: Any
) -> None:
    sandbox.fail_next("no face found")
    task = client.face_swap.tasks.create(**SWAP, name="birthday")
    page = open_page("tasks")
    page.get_by_role("button", name="+10 s").click()
    lane(page, "done").click()
    detail = page.locator("#task-detail")
    expect(detail).to_contain_text("no face found")
    expect(detail).to_contain_text(task.id)
    assert f"task={task.id}" in page.url
    detail.get_by_role("button", name="#1").click()
    expect(page.locator("#request-detail h2")).to_contain_text("#1 add_face_swap_task")


def test_a_deleted_task_is_marked(open_page: Open, client: A2E, expect: Any) -> None:
    task = client.face_swap.tasks.create(**SWAP, name="birthday")
    page = open_page("tasks")
    expect(lane(page, "queued")).to_have_count(1)
    client.face_swap.tasks.delete(task.id)
    expect(lane(page, "done")).to_contain_text("deleted")


def test_looking_at_a_result_takes_no_fault_and_no_place_in_the_log(
    open_page: Open, client: A2E, sandbox: Sandbox, expect: Any
) -> None:
    from a2e_sdk.sandbox import Fault

    task = client.face_swap.tasks.create(**SWAP, name="birthday")
    sandbox.clock.advance(10)  # type: ignore[attr-defined]
    sandbox.faults.add(Fault.http(502))
    page = open_page(f"tasks?task={task.id}")
    expect(page.locator("#task-detail figure")).to_have_count(1)
    wait_until(page, "#task-detail video", "element.networkState !== 2")
    assert len(sandbox.faults) == 1
    assert sandbox.requests.total == 1


def image(client: A2E) -> Any:
    return client.text_to_image.create(prompt="a calm sea")


def video(client: A2E) -> Any:
    return client.wan_25.create(prompt="a calm sea")


def sound(client: A2E) -> Any:
    return client.dubbing.create(source="https://example.com/speech.mp3", target_lang="fr-FR")


@pytest.mark.parametrize(
    ("start", "tag", "decoded"),
    [
        (image, "img", "naturalWidth > 0"),
        (video, "video", "videoWidth > 0"),
        (sound, "audio", "duration > 0"),
    ],
)
def test_a_result_is_decoded(
    open_page: Open,
    client: A2E,
    sandbox: Sandbox,
    start: Callable[[A2E], Any],
    tag: str,
    decoded: str,
) -> None:
    task = start(client)
    sandbox.clock.advance(60)  # type: ignore[attr-defined]
    page = open_page(f"tasks?task={task.id}")
    wait_until(page, f"#task-detail {tag}", f"element.{decoded}")

"""The judge: which starts asked, and paid, for the same as another one did."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from a2e_sdk.sandbox import Fault, ManualClock, RepeatedStart, Sandbox, SandboxForTests, Start
from a2e_sdk.sandbox.control.dispatch import Control
from a2e_sdk.sandbox.http_server import serve
from a2e_sdk.sandbox.protocol.messages import SandboxRequest
from api_paths import path_of

FACE = "https://example.com/face.jpg"
VIDEO = "https://example.com/video.mp4"


def ids(groups: list[RepeatedStart]) -> list[list[tuple[str, ...]]]:
    return [[start.task_ids for start in group.starts] for group in groups]


def test_nothing_was_paid_twice_while_every_start_asks_for_something_else() -> None:
    sandbox = SandboxForTests()
    client = sandbox.client()
    client.wan_25.create(prompt="one", name="same")
    client.wan_25.create(prompt="two", name="same")
    client.wan_26_image.create(prompt="one", name="same")
    assert sandbox.starts == 3
    assert sandbox.repeated_starts() == sandbox.paid_twice() == []


def test_a_name_a_title_and_a_webhook_make_no_other_start() -> None:
    sandbox = SandboxForTests()
    client = sandbox.client()
    hook = {"webhook_url": "https://example.com/hook", "webhook_token": "t"}
    first = client.wan_25.create(prompt="one", name="a")
    sandbox.clock.advance(10)
    again = client.wan_25.create(prompt="one", name="b", **hook)
    client.wan_25.create(prompt="two", name="a")
    [group] = sandbox.paid_twice()
    assert group.operation == "start_wan_25_task"
    [one, two] = group.starts
    assert (one.task_ids, one.coins, one.refunded) == ((first.id,), 50, 0)
    assert (two.task_ids, two.coins, two.refunded) == ((again.id,), 50, 0)
    assert (two.at - one.at).total_seconds() == 10


def test_a_third_start_joins_the_group() -> None:
    sandbox = SandboxForTests()
    client = sandbox.client()
    made = [client.wan_25.create(prompt="one").id for _ in range(3)]
    assert ids(sandbox.repeated_starts()) == [[(task_id,) for task_id in made]]


def test_a_lost_response_that_is_sent_again_is_found() -> None:
    sandbox = SandboxForTests()
    sandbox.faults.add(Fault.drop_after_read(), operation="start_wan_25_task")
    request = SandboxRequest(
        "POST",
        path_of("start_wan_25_task"),
        headers={"authorization": "Bearer x", "content-type": "application/json"},
        body=json.dumps({"prompt": "one"}).encode(),
    )
    for _ in range(2):
        sandbox.handle(request)
    assert len(sandbox.paid_twice()) == 1


def test_coins_that_came_back_were_not_paid_twice() -> None:
    sandbox = SandboxForTests()
    client = sandbox.client()
    first = client.wan_25.create(prompt="one")
    client.wan_25.create(prompt="one")
    client.wan_25.delete(first.id)
    [group] = sandbox.repeated_starts()
    assert [(start.coins, start.refunded) for start in group.starts] == [(50, 50), (50, 0)]
    assert sandbox.paid_twice() == []
    third = client.wan_25.create(prompt="one")
    sandbox.clock.advance(3)
    # Without a refund: the record of a task outlives it.
    client.wan_25.delete(third.id)
    assert len(sandbox.paid_twice()) == 1


def test_a_failed_task_that_was_refunded_may_be_started_again() -> None:
    sandbox = SandboxForTests(refund_failed=True)
    client = sandbox.client()
    sandbox.fail_next("too dark")
    client.wan_25.create(prompt="one")
    sandbox.clock.advance(3)
    client.wan_25.create(prompt="one")
    assert len(sandbox.repeated_starts()) == 1
    assert sandbox.paid_twice() == []


def test_what_is_free_is_repeated_but_not_paid() -> None:
    sandbox = SandboxForTests(prices={"start_wan_25_task": 0})
    client = sandbox.client()
    client.wan_25.create(prompt="one")
    client.wan_25.create(prompt="one")
    assert len(sandbox.repeated_starts()) == 1
    assert sandbox.paid_twice() == []


def test_a_start_of_several_tasks_is_one(tmp_path: Path) -> None:
    sandbox = SandboxForTests()
    client = sandbox.client()
    made = [
        client.text_to_image.create_all(
            prompt="one", name="x", width=1024, height=768, max_images=2
        )
        for _ in range(2)
    ]
    assert ids(sandbox.paid_twice()) == [[tuple(task.id for task in tasks) for tasks in made]]
    assert sandbox.starts == 2


def test_the_same_bytes_are_the_same_wherever_they_were_uploaded(tmp_path: Path) -> None:
    sandbox = SandboxForTests()
    client = sandbox.client()
    for name, content in (("a", b"\xff\xd8 one"), ("b", b"\xff\xd8 one"), ("c", b"\xff\xd8 two")):
        file = tmp_path / f"{name}.jpg"
        file.write_bytes(content)
        client.face_swap.tasks.create(face=file, video=VIDEO, name=name)
    assert len(sandbox.uploads) == 3
    [group] = sandbox.paid_twice()
    assert len(group.starts) == 2


def test_two_links_to_one_result_are_the_same() -> None:
    sandbox = SandboxForTests(link_lifetime=60)
    client = sandbox.client()
    image = client.wan_27_image.run(prompt="one")
    sandbox.clock.advance(30)
    fresh = client.wan_27_image.get(image.id)
    first, second = image.result_url, fresh.result_url
    assert first != second
    for url in (first, second):
        client.upscale.create(source=url)
    assert [group.operation for group in sandbox.paid_twice()] == ["start_upscale_task"]


def test_voices_of_two_avatars_are_not_the_same() -> None:
    sandbox = Sandbox(clock=ManualClock(), seed_records=False)
    headers = {"authorization": "Bearer x", "content-type": "application/json"}

    def post(path: str, body: dict[str, Any]) -> Any:
        request = SandboxRequest("POST", path, {}, headers, json.dumps(body).encode())
        return json.loads(sandbox.handle(request).body)["data"]

    trainings = [
        post(
            path_of("start_avatar_training"),
            {"name": "me", "gender": "female", "video_url": f"https://example.com/{n}.mp4"},
        )["_id"]
        for n in range(2)
    ]
    from a2e_api.operations import OPERATIONS

    for training in trainings:
        assert post(OPERATIONS["start_voice_clone_from_video"].path, {"_id": training})
    assert sandbox.repeated_starts() == []
    post(OPERATIONS["start_voice_clone_from_video"].path, {"_id": trainings[0]})
    assert len(sandbox.paid_twice()) == 1


def test_speech_is_judged_too() -> None:
    sandbox = SandboxForTests()
    client = sandbox.client()
    for text in ("hello", "hello", "good-bye"):
        client.speech.create(text, voice="5" * 24)
    assert [group.operation for group in sandbox.paid_twice()] == ["add_speech"]


def test_a_reset_forgets_the_starts() -> None:
    sandbox = SandboxForTests()
    for _ in range(2):
        sandbox.client().wan_25.create(prompt="one")
    sandbox.reset()
    assert (sandbox.starts, sandbox.repeated_starts()) == (0, [])


def test_the_verdict_over_http() -> None:
    sandbox = Sandbox(seed_records=False)
    with (
        serve(sandbox) as server,
        httpx.Client(
            base_url=server.url, headers={"Authorization": "Bearer x"}, trust_env=False
        ) as client,
    ):
        for prompt in ("one", "one", "two", "two", "three"):
            client.post(path_of("start_wan_25_task"), json={"prompt": prompt}).raise_for_status()
        verdict = client.get("/__sandbox__/starts/paid-twice").json()
        assert (verdict["starts"], verdict["total"], len(verdict["groups"])) == (5, 2, 2)
        start = verdict["groups"][0]["starts"][1]
        assert start.keys() == {"task_ids", "coins", "refunded", "at", "request"}
        assert (start["coins"], start["refunded"]) == (50, 0)
        page = client.get("/__sandbox__/starts/repeated?after=1&limit=1").json()
        assert page["groups"] == verdict["groups"][1:]
        assert client.get("/__sandbox__/starts/repeated?limit=x").status_code == 400


@pytest.mark.parametrize("paid", [(50, 0), (50, 49)])
def test_a_part_of_the_coins_that_is_left_counts(paid: tuple[int, int]) -> None:
    at = ManualClock().now()
    coins, refunded = paid
    whole, part = Start(("a",), 50, at), Start(("b",), coins, at, refunded)
    assert RepeatedStart("x", (whole, part)).is_paid_twice
    assert not RepeatedStart("x", (whole, Start(("b",), 50, at, 50))).is_paid_twice


def test_the_control_endpoints_set_and_show_limits_refunds_and_coins() -> None:
    sandbox = Sandbox(coins=10)
    control = Control(sandbox)

    def ask(method: str, path: str, body: Any = None) -> tuple[int, Any]:
        headers = {"content-type": "application/json"}
        content = b"" if body is None else json.dumps(body).encode()
        request = SandboxRequest(method, f"/__sandbox__{path}", {}, headers, content)
        reply = control.handle(request)
        return reply.status, json.loads(reply.body)

    assert ask("POST", "/coins", {"amount": 5}) == (201, {"balance": 15})
    assert ask("GET", "/coins")[1]["entries"][0]["reason"] == "purchase"
    assert ask("PUT", "/refunds", {"failed": True}) == (200, {"failed": True})
    assert sandbox.refund_failed is True
    shown = {"max_running": 2, "busy_code": 429, "retry_after": None, "running": 0}
    assert ask("PUT", "/limits", {"max_running": 2}) == (200, shown)
    assert ask("GET", "/state")[1]["limits"] == shown
    assert ask("PUT", "/limits", {"max_running": None}) == (200, shown | {"max_running": None})
    for wrong, said in (
        ({}, "max_running is required"),
        ({"max_running": -1}, "null for no limit"),
        ({"max_running": 1, "busy_code": 500}, "one of"),
        ({"max_running": 1, "busy_code": []}, "one of"),
        ({"max_running": 1, "retry_after": -1}, "null for none"),
    ):
        status, refusal = ask("PUT", "/limits", wrong)
        assert status == 400
        assert said in refusal["error"]


def test_a_share_of_the_requests_meets_a_fault_evenly() -> None:
    sandbox = SandboxForTests()
    sandbox.faults.add(Fault.http(502), operation="start_wan_25_task", times=None, share=0.25)
    headers = {"authorization": "Bearer x", "content-type": "application/json"}
    request = SandboxRequest(
        "POST", path_of("start_wan_25_task"), {}, headers, b'{"prompt": "a calm sea"}'
    )
    met = [sandbox.handle(request).status == 502 for _ in range(40)]
    assert met == [False, False, False, True] * 10
    with pytest.raises(ValueError, match="share"):
        sandbox.faults.add(Fault.http(502), share=1.5)

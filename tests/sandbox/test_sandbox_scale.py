"""Long runs: a page costs its rows and no more, memory is bounded, and the judge keeps up."""

from __future__ import annotations

import gc
import json
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from a2e_api.operations import OPERATIONS
from a2e_sdk.sandbox import Fault, ManualClock, Sandbox, SandboxReply, SandboxRequest
from a2e_sdk.sandbox.sections import account
from a2e_sdk.sandbox.state import starts
from a2e_sdk.sandbox.tasks.family import Row, TaskView

pytestmark = pytest.mark.once

HEADERS = {"authorization": "Bearer sk_test", "content-type": "application/json"}
MANY = 1_000
WAN = OPERATIONS["start_wan_25_task"].path


def send(sandbox: Sandbox, operation: str, query: str = "", body: Any = None) -> SandboxReply:
    known = OPERATIONS[operation]
    content = b"" if body is None else json.dumps(body).encode()
    return sandbox.handle(
        SandboxRequest.from_target(known.method, known.path + query, HEADERS, content)
    )


def data(reply: SandboxReply) -> Any:
    envelope = json.loads(reply.body)
    assert envelope["code"] == 0, envelope
    return envelope["data"]


class Rows:
    """Counts the records that a family writes."""

    def __init__(self, sandbox: Sandbox, family: str) -> None:
        tasks = sandbox._services.tasks(family)
        self.written = 0
        write = tasks.family.row

        def counted(view: TaskView) -> Row:
            self.written += 1
            return write(view)

        tasks.family = evolve(tasks.family, row=counted)


def filled(family: str, operation: str, body: Any) -> tuple[Sandbox, Rows]:
    sandbox = Sandbox(seed_records=False, clock=ManualClock(), completed_after=30)
    for number in range(MANY):
        data(send(sandbox, operation, body=body | {"name": f"n {number}"}))
    return sandbox, Rows(sandbox, family)


def test_a_page_writes_its_own_records_alone() -> None:
    sandbox, rows = filled("wan_25", "start_wan_25_task", {"prompt": "x"})
    page = data(send(sandbox, "list_wan_25_tasks", "?pageNum=3&pageSize=20"))
    assert (page["count"], page["rows"][0]["name"], rows.written) == (MANY, "n 959", 20)


@pytest.mark.parametrize("wanted", ["completed", "initialized", "processing"])
def test_a_page_of_one_status_writes_its_own_records_alone(wanted: str) -> None:
    body = {"prompt": "x"}
    sandbox, rows = filled("nano_banana", "start_nano_banana_task", body)
    sandbox.clock.advance({"initialized": 0, "processing": 2, "completed": 30}[wanted])
    for word in ("initialized", "processing", "completed"):
        query = f"?pageNum=1&pageSize=20&status={word}"
        page = data(send(sandbox, "list_nano_banana_tasks", query))
        assert page["total"] == (MANY if word == wanted else 0)
    assert rows.written == 20


def test_the_running_list_leaves_ended_tasks_alone() -> None:
    body = {"face_url": "https://example.com/f.jpg", "video_url": "https://example.com/v.mp4"}
    sandbox, rows = filled("userFaceSwapTask", "add_face_swap_task", body)
    sandbox.clock.advance(30)
    for number in range(3):
        data(send(sandbox, "add_face_swap_task", body=body | {"name": f"late {number}"}))
    rows.written = 0
    assert len(data(send(sandbox, "list_running_face_swap_tasks"))) == 3
    assert rows.written == 3


def test_the_list_of_avatar_videos_writes_one_page() -> None:
    body = {"title": "x", "anchor_id": "5" * 24, "anchor_type": 0, "resolution": 1080}
    body |= {"audioSrc": "https://example.com/a.mp3"}
    sandbox, rows = filled("avatar_videos", "start_avatar_video", body)
    page = data(send(sandbox, "list_avatar_videos", "?current=2&pageSize=20"))
    assert (page["total"], len(page["data"]), rows.written) == (MANY, 20, 20)


def test_a_page_of_the_history_writes_its_own_rows_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox, _ = filled("wan_25", "start_wan_25_task", {"prompt": "x"})
    written = []
    monkeypatch.setattr(
        account, "_entry_row", lambda place, _entry: written.append(place) or {"_id": str(place)}
    )
    for query in ("?pageNum=2&pageSize=20", "?pageNum=2&pageSize=20&is_consumption=true"):
        page = data(send(sandbox, "list_credits", query))
        assert (page["count"], page["rows"][0]["_id"]) == (MANY, str(MANY - 21))
    assert len(written) == 40


def test_a_task_costs_less_than_two_thousand_bytes() -> None:
    sandbox = Sandbox(seed_records=False, clock=ManualClock(), coins=10**9, log_limit=10)
    send(sandbox, "start_wan_25_task", body={"prompt": "warm"})
    gc.collect()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for number in range(500):
            body = {"prompt": f"a calm sea in the evening, number {number}", "name": f"{number}"}
            send(sandbox, "start_wan_25_task", body=body)
        gc.collect()
        after = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert (after - before) / 500 < 2_000


def test_the_index_of_running_tasks_is_empty_when_all_have_ended() -> None:
    sandbox, _ = filled("wan_25", "start_wan_25_task", {"prompt": "x"})
    assert sandbox.running == MANY
    sandbox.clock.advance(30)
    assert sandbox.running == 0
    assert sandbox._state.running._queue == []


def test_the_judge_looks_at_repeated_starts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox = Sandbox(seed_records=False, clock=ManualClock(), coins=10**9)
    for number in range(MANY):
        send(sandbox, "start_wan_25_task", body={"prompt": f"{number}"})
    for number in range(3):
        send(sandbox, "start_wan_25_task", body={"prompt": f"{number}"})
    looked_at: list[object] = []
    original: Callable[..., Any] = starts._with_refunds
    monkeypatch.setattr(
        starts,
        "_with_refunds",
        lambda start, refunds: looked_at.append(start) or original(start, refunds),
    )
    assert len(sandbox.paid_twice()) == 3
    assert len(looked_at) == 6


def test_the_judge_finds_every_start_that_was_paid_twice_and_no_other() -> None:
    """A client that sends every lost start again, among 5 % of faults of five kinds."""
    sandbox = Sandbox(seed_records=False, clock=ManualClock(), coins=10**9)
    faults = (
        Fault.http(502),
        Fault.http(502, takes_effect=True),
        Fault.drop_before(),
        Fault.drop_after_read(),
        Fault.rate_limited(1),
    )
    for fault in faults:
        sandbox.faults.add(fault, "start_wan_25_task", times=None, share=0.01)
    sent_again = paid_again = 0
    for number in range(3_000):
        for _ in range(10):
            paid = len(sandbox.coins)
            reply = send(sandbox, "start_wan_25_task", body={"prompt": f"{number}"})
            if reply.status == 200 and reply.connection == "answer":
                break
            sent_again += 1
            paid_again += len(sandbox.coins) > paid
    assert sent_again > 140
    assert 50 < paid_again < sent_again
    assert sandbox.starts == 3_000 + paid_again
    groups = sandbox.paid_twice()
    assert sum(len(group.starts) - 1 for group in groups) == paid_again

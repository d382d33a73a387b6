"""Coins: the budget, prices that a person confirms, and keys that are paid for once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anyio
import pytest
from agents import MODES, VIDEO, agent_of, call, desk_of, refused, sent
from mcp_types import ElicitResult

from a2e_sdk._mcp import server, starting
from a2e_sdk._mcp.server import server_of
from a2e_sdk.sandbox import Fault, ManualClock, Sandbox
from mcp import Client

YES = ElicitResult(action="accept", content={"confirm": True})
NOT_A_YES = {
    "declined": ElicitResult(action="decline"),
    "cancelled": ElicitResult(action="cancel"),
    "accepted without content": ElicitResult(action="accept"),
    "accepted with no": ElicitResult(action="accept", content={"confirm": False}),
    "a word": ElicitResult(action="accept", content={"confirm": "true"}),
    "a number": ElicitResult(action="accept", content={"confirm": 1}),
    "another field": ElicitResult(action="accept", content={"yes": True}),
    "declined with yes": ElicitResult(action="decline", content={"confirm": True}),
}


def start(key: str = "intro", **more: Any) -> dict[str, Any]:
    return {"engine": "wan-25", "key": key, "arguments": {**VIDEO, **more}}


@pytest.mark.parametrize("mode", MODES)
def test_a_price_above_the_limit_is_confirmed_by_a_person(tmp_path: Path, mode: str) -> None:
    asked: list[str] = []

    def answer(message: str) -> ElicitResult:
        asked.append(message)
        return YES

    async def agent() -> None:
        sandbox = Sandbox()
        async with agent_of(sandbox, tmp_path, mode=mode, answer=answer, ask_above=1) as client:
            price = await call(client, "quote", engine="wan-25", arguments=VIDEO)
            assert price["user_must_confirm"] is True
            started = await call(client, "start", **start())
            assert sandbox.starts == 1
            assert len(asked) == 1
            assert f"{price['coins']:g} coins" in asked[0]
            # What was started is told of without another question.
            assert (await call(client, "start", **start()))["task_id"] == started["task_id"]
            assert (sandbox.starts, len(asked)) == (1, 1)

    anyio.run(agent)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", NOT_A_YES)
def test_anything_but_a_yes_is_a_no(tmp_path: Path, mode: str, name: str) -> None:
    async def agent() -> None:
        sandbox = Sandbox()
        given = NOT_A_YES[name]
        async with agent_of(
            sandbox, tmp_path, mode=mode, answer=lambda _: given, ask_above=1
        ) as client:
            said = await refused(client, "start", **start())
            assert said["error"] == "price_refused"
            assert sandbox.starts == 0

    anyio.run(agent)


@pytest.mark.parametrize("mode", MODES)
def test_a_client_that_cannot_ask_is_refused_and_told_what_a_person_can_do(
    tmp_path: Path, mode: str
) -> None:
    async def agent() -> None:
        sandbox = Sandbox()
        async with agent_of(sandbox, tmp_path, mode=mode, ask_above=1) as client:
            said = await refused(client, "start", **start())
            assert "--ask-above" in said["next"]
            assert sandbox.starts == 0
        async with agent_of(sandbox, tmp_path, mode=mode, ask_above=10_000) as client:
            await call(client, "start", **start())
            assert sandbox.starts == 1

    anyio.run(agent)


def test_a_yes_is_for_one_call_and_one_price(tmp_path: Path) -> None:
    """A state that is given back twice, or with other arguments, is asked anew."""

    async def agent() -> None:
        sandbox = Sandbox()

        async def never(_context: Any, _params: Any) -> ElicitResult:
            raise AssertionError

        async with (
            desk_of(sandbox, tmp_path, ask_above=1) as desk,
            Client(server_of(desk), elicitation_callback=never) as client,
        ):
            if client:
                call_tool = client.session.call_tool
                first = await call_tool("start", start(), allow_input_required=True)
                answers = {"price": YES}
                for arguments in (start("another"), start(prompt="something else")):
                    other = await call_tool(
                        "start",
                        arguments,
                        input_responses=answers,
                        request_state=first.request_state,
                        allow_input_required=True,
                    )
                    assert other.result_type == "input_required"
                forged = await call_tool(
                    "start",
                    start(),
                    input_responses=answers,
                    request_state="forged",
                    allow_input_required=True,
                )
                assert forged.result_type == "input_required"
                sandbox.set_price("start_wan_25_task", 999)
                dearer = await call_tool(
                    "start",
                    start(),
                    input_responses=answers,
                    request_state=forged.request_state,
                    allow_input_required=True,
                )
                assert dearer.result_type == "input_required"
                assert sandbox.starts == 0

    anyio.run(agent)


def test_the_budget_is_not_exceeded(tmp_path: Path) -> None:
    async def agent() -> None:
        sandbox = Sandbox()
        async with agent_of(sandbox, tmp_path, budget=120) as client:
            for number in range(2):
                await call(client, "start", **start(f"k{number}"))
            said = await refused(client, "start", **start("k2"))
            assert said["error"] == "BudgetExceededError"
            assert "budget" in said["next"]
            assert sandbox.starts == 2
            left = await call(client, "balance")
            assert left["spent"] <= left["budget"] == 120

    anyio.run(agent)


def test_max_coins_is_kept_to(tmp_path: Path) -> None:
    async def agent() -> None:
        sandbox = Sandbox()
        async with agent_of(sandbox, tmp_path) as client:
            said = await refused(client, "start", **start(), max_coins=1)
            assert "max_coins" in said["message"]
            assert sandbox.starts == 0

    anyio.run(agent)


def test_a_key_with_other_arguments_is_refused_with_both(tmp_path: Path) -> None:
    async def agent() -> None:
        sandbox = Sandbox()
        async with agent_of(sandbox, tmp_path) as client:
            await call(client, "start", **start())
            said = await refused(client, "start", **start(prompt="a rough sea"))
            assert said["error"] == "KeyConflictError"
            assert "a calm sea" in said["message"]
            assert "a rough sea" in said["message"]
            assert sandbox.starts == 1

    anyio.run(agent)


@pytest.mark.parametrize("engine", ["wan-25", "speech"])
def test_a_call_that_is_cut_and_repeated_is_paid_once(tmp_path: Path, engine: str) -> None:
    arguments = {"text": "Hello."} if engine == "speech" else VIDEO
    operation = "add_speech" if engine == "speech" else "start_wan_25_task"
    given = {"engine": engine, "key": "cut", "arguments": arguments}

    async def agent() -> None:
        sandbox = Sandbox(latency=0.3)
        async with agent_of(sandbox, tmp_path) as client:
            for _ in range(3):
                with anyio.move_on_after(0.5):
                    await client.call_tool("start", given)
            first = await call(client, "start", **given)
            assert sandbox.requests.count(operation) == 1
            assert (await call(client, "check", key="cut"))["status"] != "unknown"
        # Another process, the same journal.
        async with agent_of(sandbox, tmp_path) as client:
            again = await call(client, "start", **given)
            assert again["result_urls"] == first["result_urls"]
            assert sandbox.requests.count(operation) == 1

    anyio.run(agent)


def test_a_speech_whose_response_was_lost_is_found_or_stays_unknown(tmp_path: Path) -> None:
    given = {"engine": "speech", "key": "lost", "arguments": {"text": "Hello."}}

    async def agent() -> None:
        sandbox = Sandbox()
        sandbox.faults.add(Fault.drop_after_read(), operation="add_speech")
        async with agent_of(sandbox, tmp_path) as client:
            assert (await refused(client, "start", **given))["error"] == "APIConnectionError"
            lost = (await call(client, "find_lost_start"))["lost"]
            assert [row["key"] for row in lost] == ["lost"]
            result = await client.call_tool("start", given)
            paid = [entry for entry in sandbox.coins if entry.amount < 0]
            assert sandbox.requests.count("add_speech") == 1
            assert len(paid) <= 1
            if result.is_error:
                assert result.structured_content["error"] == "SubmissionUnknownError"

    anyio.run(agent)


def test_a_shutdown_while_a_start_is_under_way_loses_nothing(tmp_path: Path) -> None:
    async def agent() -> None:
        sandbox = Sandbox(clock=ManualClock())
        sandbox.faults.add(Fault.drop_after_read(), operation="start_wan_25_task")
        async with desk_of(sandbox, tmp_path) as desk, Client(server_of(desk)) as client:
            with anyio.move_on_after(1.0):
                await client.call_tool("start", start())
        assert sandbox.starts == 1
        async with agent_of(sandbox, tmp_path) as client:
            found = (await call(client, "find_lost_start"))["lost"]
            again = await call(client, "start", **start())
            assert sandbox.starts == 1
            assert again["task_id"]
            assert not found or found[0]["task_id"] == again["task_id"]

    anyio.run(agent)


def test_a_server_that_is_slow_ends_no_call_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "LONGEST_CALL", 0.5)
    monkeypatch.setattr(starting, "PRICE_SECONDS", 0.5)

    async def agent() -> None:
        async with agent_of(Sandbox(latency=2), tmp_path) as client:
            begun = anyio.current_time()
            assert (await refused(client, "balance"))["error"] == "APITimeoutError"
            assert (await refused(client, "start", **start()))["error"] == "APITimeoutError"
            assert anyio.current_time() - begun < 2

    anyio.run(agent)


def test_a_start_that_is_slow_goes_on_and_is_joined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "START_SECONDS", 0.2)

    async def agent() -> None:
        sandbox = Sandbox(latency=0.5)
        async with agent_of(sandbox, tmp_path) as client:
            said = await refused(client, "start", **start())
            assert said["error"] == "not_ready"
            monkeypatch.undo()
            await anyio.sleep(1)
            assert (await call(client, "start", **start()))["task_id"]
            assert sent(sandbox).count("start_wan_25_task") == 1

    anyio.run(agent)


@pytest.mark.parametrize(
    ("operation", "tool", "given"),
    [
        ("add_speech", "start", {"engine": "speech", "key": "k", "arguments": {"text": "Hello."}}),
        ("add_upload_url", "upload", {"file": "me.jpg"}),
        ("start_wan_25_task", "start", start()),
    ],
    ids=["speech", "upload", "task"],
)
def test_a_price_that_rises_while_a_person_decides_is_not_paid(
    tmp_path: Path, operation: str, tool: str, given: dict[str, Any]
) -> None:
    sandbox = Sandbox()
    sandbox.set_price(operation, 5)

    def answer(_message: str) -> ElicitResult:
        sandbox.set_price(operation, 400)
        return YES

    async def agent() -> None:
        async with agent_of(sandbox, tmp_path, mode="legacy", answer=answer, ask_above=1) as client:
            (tmp_path / "files" / "me.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(200))
            said = await refused(client, tool, **given)
            assert said["error"] == "BudgetExceededError"
            assert not list(sandbox.coins)
            assert (await call(client, "balance"))["spent"] == 0

    anyio.run(agent)


@pytest.mark.parametrize("price", [-100, {"coins": "-5"}, {"quote": {"coins": -1}}])
def test_a_negative_price_is_none(tmp_path: Path, price: object) -> None:
    """As a price it would be added to what is left of the budget."""

    async def agent() -> None:
        sandbox = Sandbox()
        told = Fault.json({"code": 0, "data": price})
        sandbox.faults.add(told, operation="get_quote", times=2)
        async with agent_of(sandbox, tmp_path, budget=10) as client:
            arguments = {"text": "Hello."}
            quoted = await call(client, "quote", engine="speech", arguments=arguments)
            assert quoted["coins"] is None
            given = {"engine": "speech", "key": "k", "arguments": arguments}
            assert (await refused(client, "start", **given))["error"] == "price_refused"
            assert (await call(client, "balance"))["left_of_budget"] == 10

    anyio.run(agent)


def test_a_file_that_is_exchanged_while_a_person_decides_is_not_uploaded(tmp_path: Path) -> None:
    """The price and the address that is kept are those of the content that was shown."""
    sandbox = Sandbox()
    file = tmp_path / "files" / "me.jpg"

    def answer(_message: str) -> ElicitResult:
        file.write_bytes(b"\xff\xd8\xff\xe0" + b"another" * 90)
        return YES

    async def agent() -> None:
        async with agent_of(sandbox, tmp_path, mode="legacy", answer=answer, ask_above=0) as client:
            file.write_bytes(b"\xff\xd8\xff\xe0" + bytes(200))
            said = await refused(client, "upload", file="me.jpg")
            assert "changed" in said["message"]
            assert "add_upload_url" not in sent(sandbox)

    anyio.run(agent)

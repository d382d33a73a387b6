"""What an agent reads next: each result and refusal names the step that helps."""

from __future__ import annotations

import json
from pathlib import Path

import anyio
import pytest
from agents import MODES, VIDEO, agent_of, call, refused, sent, tool_context_of
from mcp_types import ElicitResult

from a2e_sdk._mcp.engines import arguments_schema, engine_named, engines
from a2e_sdk._mcp.server import server_of
from a2e_sdk.sandbox import Fault, ManualClock, Sandbox
from mcp import Client

START = {"engine": "wan-25", "key": "intro", "arguments": VIDEO}


def test_a_task_whose_start_was_lost_is_not_told_of_as_wrong_arguments(tmp_path: Path) -> None:
    async def agent() -> None:
        sandbox = Sandbox(clock=ManualClock())
        sandbox.faults.add(Fault.drop_after_read(), operation="start_wan_25_task")
        unread = sandbox.faults.add(Fault.drop_before(), "list_wan_25_tasks", times=None)
        async with (
            tool_context_of(sandbox, tmp_path) as shared,
            Client(server_of(shared)) as client,
        ):
            with anyio.move_on_after(1.0):
                await client.call_tool("start", START)
        assert sandbox.starts == 1
        async with agent_of(sandbox, tmp_path) as client:
            for tool in ("check", "download"):
                said = await refused(client, tool, key="intro")
                assert said["error"] == "outcome_unknown"
                assert "another key" in said["next"]
                assert "find_lost_start" in said["next"]
            sandbox.faults.remove(unread)
            [lost] = (await call(client, "find_lost_start"))["lost"]
            found = await call(client, "check", engine="wan-25", task_id=lost["task_id"])
            assert "check" in lost["next"]
            assert (await call(client, "start", **START))["task_id"] == found["task_id"]
            assert sandbox.starts == 1

    anyio.run(agent)


def test_a_key_that_nothing_was_started_with_may_be_used(tmp_path: Path) -> None:
    async def agent() -> None:
        async with agent_of(Sandbox(), tmp_path) as client:
            said = await refused(client, "check", key="intro")
            assert said["error"] == "unknown_key"
            assert "list_tasks" in said["next"]

    anyio.run(agent)


def test_a_start_that_is_repeated_after_its_end_names_download(tmp_path: Path) -> None:
    async def agent() -> None:
        clock = ManualClock()
        async with agent_of(Sandbox(clock=clock), tmp_path) as client:
            assert "check" in (await call(client, "start", **START))["next"]
            clock.advance(60)
            again = await call(client, "start", **START)
            assert again["status"] == "succeeded"
            assert again["next"] == (await call(client, "check", key="intro"))["next"]

    anyio.run(agent)


@pytest.mark.parametrize("mode", MODES)
def test_nobody_is_asked_to_confirm_what_the_budget_refuses(tmp_path: Path, mode: str) -> None:
    asked: list[str] = []

    def answer(message: str) -> ElicitResult:
        asked.append(message)
        return ElicitResult(action="accept", content={"confirm": True})

    async def agent() -> None:
        sandbox = Sandbox()
        async with agent_of(
            sandbox, tmp_path, mode=mode, answer=answer, ask_above=1, budget=10
        ) as client:
            price = await call(client, "quote", engine="wan-25", arguments=VIDEO)
            assert "budget" in price["next"]
            said = await refused(client, "start", **START)
            assert said["error"] == "BudgetExceededError"
            assert asked == []
            assert sandbox.starts == 0

    anyio.run(agent)


def test_a_server_that_is_read_only_names_no_step_that_it_does_not_have(tmp_path: Path) -> None:
    async def agent() -> None:
        async with agent_of(Sandbox(), tmp_path, read_only=True, budget=None) as client:
            price = await call(client, "quote", engine="wan-25", arguments=VIDEO)
            about = await call(client, "describe_engine", engine="wan-25")
            for said in (price["next"], about["next"], client.instructions):
                assert "read-only" in said
                assert "key of your own" not in said

    anyio.run(agent)


def test_a_download_that_is_repeated_finds_its_file_and_spares_others(tmp_path: Path) -> None:
    async def agent() -> None:
        clock = ManualClock()
        sandbox = Sandbox(clock=clock)
        async with agent_of(sandbox, tmp_path) as client:
            await call(client, "start", **START)
            clock.advance(60)
            first = await call(client, "download", key="intro", file="out.mp4")
            again = await call(client, "download", key="intro", file="out.mp4")
            assert (first["already_there"], again["already_there"]) == (False, True)
            assert first["files"] == again["files"]
            other = tmp_path / "files" / "other.mp4"
            other.write_bytes(b"another's")
            said = await refused(client, "download", key="intro", file="other.mp4")
            assert "overwritten" in said["next"]
            assert other.read_bytes() == b"another's"
            assert sorted(path.name for path in (tmp_path / "files").rglob("*")) == [
                "other.mp4",
                "out.mp4",
            ]

    anyio.run(agent)


def test_engines_are_described_without_the_words_of_python() -> None:
    for engine in engines():
        text = json.dumps(arguments_schema(engine))
        for word in ("open for reading", "a path, bytes", "paths, bytes", "a2e."):
            assert word not in text, engine.name


def test_captions_may_be_the_object_that_their_description_names() -> None:
    captions = arguments_schema(engine_named("avatar-videos"))["properties"]["captions"]
    assert "An object with" in captions["description"]
    assert captions["type"] == ["string", "object"]


def test_an_engine_tells_what_it_needs_before_it_is_described(tmp_path: Path) -> None:
    async def agent() -> None:
        sandbox = Sandbox()
        async with agent_of(sandbox, tmp_path) as client:
            rows = (await call(client, "find_engines"))["engines"]
            needs = {row["engine"]: row["needs"] for row in rows}
            assert needs["wan-25"] == ["prompt"]
            assert needs["hailuo"] == ["prompt", "images"]
            assert sent(sandbox) == []

    anyio.run(agent)

"""What each tool says of itself is true: proven by the operations that it sends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anyio
import pytest
from agents import KEY, VIDEO, agent_of, call, sent

from a2e_api.operations import OPERATIONS
from a2e_sdk._http.retry import is_paid
from a2e_sdk._mcp.tools import BY_NAME, TOOLS
from a2e_sdk.sandbox import ManualClock, Sandbox

JPEG = b"\xff\xd8\xff\xe0" + bytes(200)


async def prepared(client: Any, clock: ManualClock, folder: Path) -> dict[str, dict[str, Any]]:
    """Start a task, and return arguments for every tool."""
    started = await call(client, "start", engine="wan-25", key="first", arguments=VIDEO)
    clock.advance(10)
    (folder / "files" / "me.jpg").write_bytes(JPEG)
    task = {"task_id": started["task_id"], "engine": "wan-25"}
    return {
        "find_engines": {"about": "video"},
        "describe_engine": {"engine": "wan-25"},
        "list_avatars": {},
        "list_voices": {"country": "en", "region": "US"},
        "quote": {"engine": "wan-25", "arguments": VIDEO},
        "start": {"engine": "wan-25", "key": "second", "arguments": VIDEO},
        "check": {**task, "wait_seconds": 1},
        "list_tasks": {"engine": "wan-25"},
        "download": task,
        "upload": {"file": "me.jpg"},
        "balance": {},
        "find_lost_start": {},
    }


@pytest.mark.parametrize("name", [tool.name for tool in TOOLS])
def test_the_hints_of_a_tool_are_what_it_does(name: str, tmp_path: Path) -> None:
    async def agent() -> None:
        clock = ManualClock()
        sandbox = Sandbox(clock=clock)
        async with agent_of(sandbox, tmp_path) as client:
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            hints = tools[name].annotations
            arguments = (await prepared(client, clock, tmp_path))[name]
            before, journal, files = len(sent(sandbox)), _journal(tmp_path), _files(tmp_path)
            coins = _coins(sandbox)
            await call(client, name, **arguments)
            operations = sent(sandbox)[before:]
            # A file goes to and comes from a signed link, which is no operation of the document.
            effects = {OPERATIONS[one].effect for one in operations if one in OPERATIONS}
            paid = [one for one in operations if is_paid(one)]
            changed = bool(paid) or _files(tmp_path) != files
            assert hints.read_only_hint is (not changed)
            if hints.read_only_hint:
                assert effects <= {"read"}
                assert _journal(tmp_path) == journal
            assert hints.destructive_hint is bool(paid)
            assert "delete" not in effects
            assert (_coins(sandbox) != coins) is bool(paid)
            # Without a lost start there is nothing to ask A2E for.
            assert hints.open_world_hint is (bool(operations) or name == "find_lost_start")
            before, files = len(sent(sandbox)), _files(tmp_path)
            await call(client, name, **arguments)
            again = [one for one in sent(sandbox)[before:] if is_paid(one)]
            if hints.idempotent_hint:
                assert again == []
                assert _files(tmp_path) == files

    anyio.run(agent)


def _coins(sandbox: Sandbox) -> int:
    return sum(entry.amount for entry in sandbox.coins)


def _journal(folder: Path) -> bytes:
    return (folder / "journal.db").read_bytes()


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in (folder / "files").rglob("*"))


def test_every_tool_has_a_schema_with_limits_a_title_and_a_description() -> None:
    for tool in TOOLS:
        assert tool.title
        assert 20 < len(tool.description) < 400
        assert ("COST" in tool.description) is tool.pays
        assert tool.input_schema["additionalProperties"] is False
        for name, schema in tool.properties.items():
            if schema["type"] == "string":
                assert "maxLength" in schema or "enum" in schema, (tool.name, name)
            if schema["type"] in ("integer", "number"):
                assert "maximum" in schema, (tool.name, name)


def test_results_are_what_the_output_schemas_say(tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")

    async def agent() -> None:
        clock = ManualClock()
        sandbox = Sandbox(clock=clock)
        async with agent_of(sandbox, tmp_path) as client:
            for name, arguments in (await prepared(client, clock, tmp_path)).items():
                result = await call(client, name, **arguments)
                jsonschema.validate(result, BY_NAME[name].output_schema)
                assert set(result) <= set(BY_NAME[name].output), name
                assert KEY not in str(result)

    anyio.run(agent)


def test_a_server_that_is_read_only_has_no_tool_that_pays_and_refuses_them(tmp_path: Path) -> None:
    from agents import refused

    async def agent() -> None:
        sandbox = Sandbox()
        async with agent_of(sandbox, tmp_path, read_only=True, budget=None) as client:
            names = {tool.name for tool in (await client.list_tools()).tools}
            assert names == {tool.name for tool in TOOLS if not tool.pays}
            for name in ("start", "upload"):
                said = await refused(client, name, engine="wan-25", key="k", arguments=VIDEO)
                assert "read-only" in said["message"]
            assert not [one for one in sent(sandbox) if is_paid(one)]

    anyio.run(agent)

"""`a2e mcp` as a client starts it: a process, spoken to over its standard input and output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest

from a2e_sdk._mcp.stdio import refusal_of
from mcp import Client, StdioServerParameters


def parameters(folder: Path, *options: str, **environment: str) -> StdioServerParameters:
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME") if name in os.environ}
    arguments = ["-m", "a2e_sdk", "mcp", "--files", str(folder), *options]
    return StdioServerParameters(
        command=sys.executable, args=arguments, env={**kept, **environment}
    )


async def call(client: Client, tool: str, /, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    assert json.loads(result.content[0].text) == result.structured_content
    return dict(result.structured_content)


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_an_agent_makes_a_talking_video_of_a_text_with_this_server_alone(
    tmp_path: Path, mode: str
) -> None:
    async def agent() -> None:
        async with Client(
            parameters(tmp_path, "--region", "sandbox", "--budget", "500"), mode=mode
        ) as client:
            engines = await call(client, "find_engines", about="talking video of a text")
            assert engines["engines"][0]["engine"] in ("speech", "avatar-videos")
            avatar = (await call(client, "list_avatars", limit=1))["avatars"][0]["avatar"]
            voice = (await call(client, "list_voices", limit=1))["voices"][0]["voice"]
            spoken = {"text": "Hello from A2E.", "voice": voice}
            price = await call(client, "quote", engine="speech", arguments=spoken)
            speech = await call(client, "start", engine="speech", key="hello-1", arguments=spoken)
            assert speech["coins"] == price["coins"]
            again = await call(client, "start", engine="speech", key="hello-1", arguments=spoken)
            assert again["result_urls"] == speech["result_urls"]
            shown = {"avatar": avatar, "audio": speech["result_urls"][0]}
            video = await call(
                client, "start", engine="avatar-videos", key="hello-2", arguments=shown
            )
            checked = await call(client, "check", key="hello-2", wait_seconds=20)
            assert (checked["task_id"], checked["status"]) == (video["task_id"], "succeeded")
            result = await client.call_tool("download", {"key": "hello-2"})
            [link] = [block for block in result.content if block.type == "resource_link"]
            saved = tmp_path / result.structured_content["files"][0]["file"]
            assert link.uri == saved.as_uri()
            assert saved.stat().st_size == link.size > 0
            left = await call(client, "balance")
            assert left["spent"] == speech["coins"] + video["coins"] > 0
            assert left["left_of_budget"] == 500 - left["spent"]

    anyio.run(agent)


@pytest.mark.parametrize(
    "text",
    ['"\\ud800"', "9" * 5_000, "[" * 400 + "]" * 400],
    ids=["half of a pair", "digits", "levels"],
)
def test_a_request_that_can_not_be_read_gets_a_response(text: str) -> None:
    request = (
        '{"jsonrpc": "2.0", "id": %s, "method": "tools/call", "params": {"name": "balance", '
        '"arguments": {"a": %s}}}'
    )
    for number in (7, "seven"):
        refused = refusal_of(request % (json.dumps(number), text))
        assert refused is not None
        assert refused.id == number
        assert refused.error.code == -32700


@pytest.mark.parametrize(
    "line",
    [
        '{"jsonrpc": "2.0", "id": 1, "method": "ping"}',
        '{"jsonrpc": "2.0", "id": 1, "result": {"a": "\\ud800"}}',
        '{"jsonrpc": "2.0", "method": "x", "params": {"a": "\\ud800"}}',
        '{"jsonrpc": "2.0", "id": true, "method": "x", "params": {"a": "\\ud800"}}',
        '{"jsonrpc": "2.0", "id": "\\ud800", "method": "x"}',
        *("", "garbage", "[]", "null", "[" * 100_000),
    ],
    ids=lambda line: ascii(line)[:60],
)
def test_nothing_else_gets_one(line: str) -> None:
    assert refusal_of(line) is None


def test_a_client_does_not_wait_for_what_was_not_read(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "a2e_sdk", "mcp", "--region", "sandbox"]
    hello = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    }
    lines = [
        json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}),
        '{"jsonrpc": "2.0", "id": 2, "method": "tools/list", "params": {"cursor": "\\ud800"}}',
        '{"jsonrpc": "2.0", "id": 3, "method": "ping"}',
    ]
    done = subprocess.run(
        [*command, "--files", str(tmp_path)],
        input="\n".join([*lines, ""]),
        capture_output=True,
        text=True,
        timeout=60,
    )
    responses = {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert responses[2]["error"]["code"] == -32700, done.stderr
    assert {1, 2} <= set(responses)

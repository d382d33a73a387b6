"""docs/agents.md tells the truth: its configurations start servers, its table has every tool."""

from __future__ import annotations

import json
import os
import re
import shlex
from pathlib import Path
from typing import Any

import anyio
import pytest
from test_processes import http_server
from test_stdio import parameters

from a2e_sdk._mcp.tools import TOOLS
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import serve
from mcp import Client

PAGE = (Path(__file__).parents[2] / "docs" / "agents.md").read_text("utf-8")
SERVERS = [
    json.loads(text)["mcpServers"]["a2e"]
    for text in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
]


@pytest.mark.parametrize("server", SERVERS, ids=lambda one: " ".join(one["args"]))
def test_a_configuration_starts_a_server(server: dict[str, Any], tmp_path: Path) -> None:
    assert (server["command"], server["args"][0]) == ("a2e", "mcp")

    async def agent(base_url: str) -> None:
        address = {} if "sandbox" in server["args"] else {"A2E_BASE_URL": base_url}
        state = {"XDG_STATE_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
        started = parameters(
            tmp_path, *server["args"][1:], **address, **state, **server.get("env", {})
        )
        async with Client(started) as client:
            assert {tool.name for tool in (await client.list_tools()).tools} == {
                tool.name for tool in TOOLS
            }
            assert not (await client.call_tool("balance", {})).is_error

    kept = os.getcwd()
    os.chdir(tmp_path)
    try:
        with serve(Sandbox()) as stand_in:
            anyio.run(agent, stand_in.url)
    finally:
        os.chdir(kept)


def test_its_command_serves(tmp_path: Path) -> None:
    [line] = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    words = shlex.split(line)
    assert words[:2] == ["a2e", "mcp"]
    assert "--http" in words
    with http_server(tmp_path, *(word for word in words[2:] if word != "--http")) as url:
        assert url.endswith("/mcp")


def test_the_table_has_every_tool_and_what_it_costs() -> None:
    rows = re.findall(r"^\| (`.+`) \| .* \| (free|\*\*costs\*\*) \|$", PAGE, re.MULTILINE)
    told = {name: cost for names, cost in rows for name in re.findall(r"`(\w+)`", names)}
    assert told == {tool.name: "**costs**" if tool.pays else "free" for tool in TOOLS}

"""What the tests of the server for agents share: a server on a sandbox that they can look into."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from mcp_types import ElicitResult

from a2e_sdk import AsyncA2E
from a2e_sdk._mcp.folder import Folder
from a2e_sdk._mcp.server import server_of
from a2e_sdk._mcp.tool_context import ToolContext
from a2e_sdk._mcp.work import Work
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport
from mcp import Client

KEY = "sk_a2e_this_is_the_key_of_the_test"
MODES = ("legacy", "auto")
VIDEO: dict[str, Any] = {"prompt": "a calm sea", "duration": 5, "resolution": "720p"}


@asynccontextmanager
async def tool_context_of(
    sandbox: Sandbox, folder: Path, **settings: Any
) -> AsyncGenerator[ToolContext, None]:
    budget = settings.pop("budget", 1_000)
    client = AsyncA2E(
        KEY,
        base_url="http://127.0.0.1:1",
        http_client=SandboxTransport(sandbox),
        journal=folder / "journal.db",
        budget=budget,
        max_retries=0,
    )
    async with client, Work(grace=0.5) as work:
        yield ToolContext(client=client, folder=Folder(folder / "files"), work=work, **settings)


@asynccontextmanager
async def agent_of(
    sandbox: Sandbox,
    folder: Path,
    *,
    mode: str = "auto",
    answer: Callable[[str], ElicitResult] | None = None,
    **settings: Any,
) -> AsyncGenerator[Client, None]:
    async def answered(_context: Any, params: Any) -> ElicitResult:
        assert answer is not None
        return answer(params.message)

    async with tool_context_of(sandbox, folder, **settings) as shared:
        elicitation = None if answer is None else answered
        async with Client(server_of(shared), mode=mode, elicitation_callback=elicitation) as client:
            yield client


async def call(client: Client, tool: str, /, **arguments: Any) -> dict[str, Any]:
    """Call a tool that succeeds."""
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    assert json.loads(result.content[0].text) == result.structured_content
    return dict(result.structured_content)


async def refused(client: Client, tool: str, /, **arguments: Any) -> dict[str, Any]:
    """Call a tool that fails, and return what it says."""
    result = await client.call_tool(tool, arguments)
    assert result.is_error, result.structured_content
    text = result.content[0].text
    assert KEY not in text
    assert "Traceback" not in text
    assert "\n" not in text
    assert result.structured_content["next"]
    return dict(result.structured_content)


def sent(sandbox: Sandbox) -> list[str]:
    return [request.operation for request in sandbox.requests if request.operation]

"""`a2e mcp` as a process: signals, closed streams, HTTP, what is refused before it serves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from agents import VIDEO, call, refused
from test_stdio import parameters

from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import serve
from mcp import Client

COMMAND = [sys.executable, "-m", "a2e_sdk", "mcp"]
TOKEN = "a-token-of-this-test"
START = {"engine": "wan-25", "key": "k", "arguments": VIDEO}


@contextmanager
def running(folder: Path, *options: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    command = [*COMMAND, "--files", str(folder), *options]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env={**os.environ, **environment}
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def said_hello(process: subprocess.Popen[str]) -> dict[str, Any]:
    request = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(request) + "\n")
    process.stdin.flush()
    return dict(json.loads(process.stdout.readline()))


@pytest.mark.parametrize(
    ("end", "code"),
    [("close", 0), (signal.SIGINT, 130), (signal.SIGTERM, 143)],
    ids=["closed", "Ctrl-C", "SIGTERM"],
)
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_it_ends_at_once(tmp_path: Path, end: str | signal.Signals, code: int) -> None:
    with running(tmp_path, "--region", "sandbox") as process:
        assert "result" in said_hello(process)
        begun = time.monotonic()
        assert process.stdin is not None
        if isinstance(end, str):
            process.stdin.close()
            process.stdin = None
        else:
            process.send_signal(end)
        out, err = process.communicate(timeout=20)
        assert process.returncode == code, err
        assert time.monotonic() - begun < 5
        assert "Traceback" not in err
        assert all(json.loads(line)["jsonrpc"] for line in out.splitlines())


@pytest.mark.parametrize(
    ("options", "environment", "code", "text"),
    [
        (["--base-url", "http://127.0.0.1:1"], {"A2E_API_KEY": "k"}, 2, "--budget is missing"),
        (["--region", "global", "--budget", "5"], {}, 3, "No API key"),
        (["--region", "sandbox", "--budget", "5", "--read-only"], {}, 2, "not both"),
        (["--region", "sandbox", "--ask-above", "-1"], {}, 2, "--ask-above"),
        (["--region", "sandbox", "--http", "--host", "0.0.0.0"], {}, 2, "--allow-remote"),
        (
            ["--region", "sandbox", "--http", "--host", "0.0.0.0", "--allow-remote"],
            {},
            2,
            "A2E_MCP_TOKEN",
        ),
        (["--region", "sandbox", "--http"], {"A2E_MCP_TOKEN": "short"}, 2, "at least 16"),
    ],
)
def test_what_is_refused_before_it_serves(
    tmp_path: Path, options: list[str], environment: dict[str, str], code: int, text: str
) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("A2E_")}
    command = [*COMMAND, "--files", str(tmp_path / "files"), *options]
    done = subprocess.run(
        command,
        env={**kept, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert text in done.stderr


def test_without_the_package_it_says_how_to_get_it(tmp_path: Path) -> None:
    program = "import sys; sys.modules['mcp'] = None; from a2e_sdk.cli import main; sys.argv[1:] = ['mcp', '--region', 'sandbox']; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "pip install 'a2e-sdk[cli,mcp]'" in done.stderr


def test_a_server_that_is_killed_while_it_starts_a_task_pays_once(tmp_path: Path) -> None:
    sandbox = Sandbox(latency=0.4)
    with serve(sandbox) as stand_in:
        options = (
            "--base-url",
            stand_in.url,
            "--budget",
            "500",
            "--journal",
            str(tmp_path / "j.db"),
        )
        with running(tmp_path / "files", *options, A2E_API_KEY="any_key") as process:
            said_hello(process)
            assert process.stdin is not None
            request = {
                "jsonrpc": "2.0",
                "id": 2,
                "method": "tools/call",
                "params": {"name": "start", "arguments": START},
            }
            note = {"jsonrpc": "2.0", "method": "notifications/initialized"}
            process.stdin.write(json.dumps(note) + "\n" + json.dumps(request) + "\n")
            process.stdin.flush()
            deadline = time.monotonic() + 20
            while not sandbox.requests.count("start_wan_25_task") and time.monotonic() < deadline:
                time.sleep(0.02)
            process.kill()

        async def agent() -> None:
            given = parameters(tmp_path / "files", *options, A2E_API_KEY="any_key")
            async with Client(given) as client:
                again = await call(client, "start", **START)
                assert (await call(client, "check", key="k"))["task_id"] == again["task_id"]

        anyio.run(agent)
        assert sandbox.starts == 1


@contextmanager
def http_server(folder: Path, *options: str, **environment: str) -> Iterator[str]:
    with running(folder, "--http", "--port", "0", *options, **environment) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        assert "Agents reach A2E at http://127.0.0.1:" in line, line
        yield line.split(" at ")[1].split(" ")[0]


def test_two_agents_at_once_share_one_budget_over_http(tmp_path: Path) -> None:
    outcomes: list[bool] = []

    async def one(url: str, name: str) -> None:
        async with Client(url) as client:
            for number in range(3):
                key = f"{name}-{number}"
                result = await client.call_tool("start", {**START, "key": key})
                outcomes.append(not result.is_error)
            assert (await refused(client, "start", **{**START, "key": name}))["error"]

    async def agents(url: str) -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(one, url, "a")
            group.start_soon(one, url, "b")
        async with Client(url, mode="legacy") as client:
            left = await call(client, "balance")
            assert left["spent"] <= left["budget"]

    with http_server(tmp_path, "--region", "sandbox", "--budget", "120") as url:
        anyio.run(agents, url)
    assert outcomes.count(True) == 2


def test_pages_of_a_browser_and_other_names_are_refused(tmp_path: Path) -> None:
    ping = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    accept = {"Accept": "application/json, text/event-stream"}
    with http_server(tmp_path, "--region", "sandbox") as url:
        for headers in (
            {"Host": "evil.example"},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": "http://localhost:3000"},
            {"Origin": "http://127.0.0.1"},
        ):
            response = httpx.post(url, json=ping, headers={**accept, **headers}, trust_env=False)
            assert response.status_code in (403, 421), headers
    with http_server(tmp_path, "--region", "sandbox", A2E_MCP_TOKEN=TOKEN) as url:
        for header in ("", f"Bearer {TOKEN}x", TOKEN, f"bearer {TOKEN}"):
            response = httpx.post(
                url, json=ping, headers={**accept, "Authorization": header}, trust_env=False
            )
            assert response.status_code == 401
        headers = {**accept, "Authorization": f"Bearer {TOKEN}"}
        assert httpx.post(url, json=ping, headers=headers, trust_env=False).status_code != 401


def test_a_port_that_is_taken_is_told_of(tmp_path: Path) -> None:
    with http_server(tmp_path, "--region", "sandbox") as url:
        port = url.split(":")[2].split("/")[0]
        command = [
            *COMMAND,
            "--region",
            "sandbox",
            "--http",
            "--port",
            port,
            "--files",
            str(tmp_path),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert done.returncode == 1
    assert f"can't listen on 127.0.0.1 port {port}" in done.stderr

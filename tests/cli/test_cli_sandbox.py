"""``a2e sandbox`` as a process: its options, the lines of its page, and how it ends."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from cli_runs import A2E_COMMAND, Environment, Outcome

from api_paths import path_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

PAGE = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text(encoding="utf-8")
CURLS = [
    (line, json.loads(shown))
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    for line, shown in re.findall(r"^(curl .*)\n# (.*)$", block, re.MULTILINE)
]
SOON = 30.0


class Served:
    """A running ``a2e sandbox``."""

    def __init__(self, child: subprocess.Popen[str]) -> None:
        assert child.stdout is not None
        self.child = child
        self.first_line = child.stdout.readline()
        found = re.search(r"http://\S+", self.first_line)
        assert found, self.first_line
        self.url = found[0]

    def ask(self, method: str, path: str, value: Any = None, **options: Any) -> httpx.Response:
        options.setdefault("headers", {"Authorization": "Bearer any"})
        return httpx.request(
            method, self.url + path, json=value, trust_env=False, timeout=SOON, **options
        )

    def end(self, number: signal.Signals) -> tuple[int, str]:
        self.child.send_signal(number)
        _, errors = self.child.communicate(timeout=SOON)
        return self.child.returncode, errors


def accept_ctrl_c() -> None:
    # A parent that ignores it, as nohup and some CI do, hands that down.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def sandbox(environment: Environment) -> Callable[..., Any]:
    @contextmanager
    def start(*options: str) -> Generator[Served, None, None]:
        child = subprocess.Popen(
            [*A2E_COMMAND, "sandbox", "--port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=environment(),
            preexec_fn=accept_ctrl_c,
        )
        with child:
            try:
                yield Served(child)
            finally:
                child.kill()

    return start


def fits(shown: Any, got: Any) -> bool:
    """Tell whether a response is what the page shows, where ``"..."`` stands for anything."""
    if shown == "...":
        return True
    if isinstance(shown, dict) and isinstance(got, dict):
        return shown.keys() == got.keys() and all(fits(shown[key], got[key]) for key in shown)
    if isinstance(shown, list) and isinstance(got, list):
        return len(shown) == len(got) and all(map(fits, shown, got))
    return bool(shown == got)


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here")
def test_the_lines_of_the_page_do_what_it_shows(
    sandbox: Callable[..., Any], environment: Environment
) -> None:
    with sandbox() as served:
        variables = environment(A2E_BASE_URL=served.url, no_proxy="*", NO_PROXY="*")
        for line, shown in CURLS:
            done = subprocess.run(
                ["bash", "-c", line],
                capture_output=True,
                encoding="utf-8",
                env=variables,
                check=False,
                timeout=SOON,
            )
            assert done.returncode == 0, (line, done.stderr)
            assert fits(shown, json.loads(done.stdout)), (line, done.stdout)
        assert served.end(signal.SIGTERM) == (0, "")


def test_every_endpoint_has_a_line_on_the_page(sandbox: Callable[..., Any]) -> None:
    with sandbox() as served:
        endpoints = served.ask("GET", "/__sandbox__").json()["endpoints"]
    named = set()
    for line, _ in CURLS:
        method = re.search(r" -X (\w+) ", line)
        path = re.search(r'\$A2E_BASE_URL([^"?]*)', line)
        assert path is not None
        named.add(
            (method[1] if method else "GET", re.sub(r"/\d+(?=/|$)", "/{id}", path[1].rstrip("/")))
        )
    there = {(method, row["path"]) for row in endpoints for method in row["methods"]}
    assert there - named == set()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_at_once_and_the_port_is_free(
    sandbox: Callable[..., Any], number: signal.Signals
) -> None:
    with sandbox("--latency", "3600") as served:
        port = int(served.url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as connection:
            # In the middle of a stalled response and of a request.
            connection.sendall(b"GET /x HTTP/1.1\r\nHost: localhost\r\n\r\nGET /half")
            while not served.ask("GET", "/__sandbox__/requests").json()["total"]:
                pass
            assert served.end(number) == (0, "")
            with socket.socket() as again:
                again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                again.bind(("127.0.0.1", port))
                again.listen()


def test_many_signals_end_it_like_one(sandbox: Callable[..., Any]) -> None:
    with sandbox() as served:
        for _ in range(20):
            served.child.send_signal(signal.SIGTERM)
            served.child.send_signal(signal.SIGINT)
        served.child.wait(SOON)
        # Some may come when the handlers are gone again.
        assert served.child.returncode in (0, 130, -signal.SIGTERM, -signal.SIGINT)
        assert "Traceback" not in served.child.stderr.read()


def test_the_options_are_its_beginning_and_a_reset_brings_them_back(
    sandbox: Callable[..., Any],
) -> None:
    options = ("--coins", "70", "--price", "add_face_swap_task=30", "--completed-after", "60")
    fault = json.dumps({"fault": "http", "arguments": {"status": 520}, "operation": "get_coins"})
    more = ("--fail-share", "0.5", "--paused", "--no-records", "--fault", fault)
    body = {
        "name": "x",
        "face_url": "https://example.com/f.jpg",
        "video_url": "https://example.com/v.mp4",
    }
    with sandbox(*options, *more) as served:
        assert served.ask("GET", path_of("get_coins")).status_code == 520
        for _ in range(2):
            tasks = [
                served.ask("POST", path_of("add_face_swap_task"), body).json() for _ in range(3)
            ]
            assert [task["code"] for task in tasks] == [0, 0, 400]
            served.ask("POST", "/__sandbox__/clock/advance", {"seconds": 60})
            page = served.ask(
                "GET", f"{path_of('list_face_swap_tasks')}?pageNum=1&pageSize=9"
            ).json()
            words = [row["current_status"] for row in page["data"]["rows"]]
            assert words == ["failed", "completed"]
            state = served.ask("POST", "/__sandbox__/reset", {}).json()
            assert state["coins"] == {"balance": 70, "entries": 0}
            assert state["clock"]["paused"] is True
        assert served.end(signal.SIGINT) == (0, "")


def test_limits_refunds_and_results_are_as_the_options_say(sandbox: Callable[..., Any]) -> None:
    limits = ("--max-running", "1", "--busy-code", "1001", "--retry-after", "2")
    results = ("--result-size", "100", "--link-lifetime", "5", "--expired-status", "410")
    more = ("--refund-failed", "--coins", "90", "--paused", "--result-lifetime", "60")
    body = {"prompt": "a calm sea"}
    with sandbox(*limits, *results, *more) as served:

        def start() -> httpx.Response:
            return served.ask("POST", path_of("start_wan_25_task"), body)

        task_id = start().json()["data"]["_id"]
        busy = start()
        assert (busy.status_code, busy.headers["retry-after"]) == (503, "2")
        assert busy.json()["code"] == 1001
        served.ask("POST", "/__sandbox__/clock/advance", {"seconds": 3})
        url = served.ask("GET", path_of("get_wan_25_task", task_id)).json()["data"]["result_url"]
        path = url.removeprefix(served.url)
        assert len(served.ask("GET", path, headers={}).content) == 100
        # A link expires at a whole second.
        served.ask("POST", "/__sandbox__/clock/advance", {"seconds": 6})
        assert served.ask("GET", path, headers={}).status_code == 410
        served.ask("POST", "/__sandbox__/clock/advance", {"seconds": 60})
        row = served.ask("GET", path_of("get_wan_25_task", task_id)).json()["data"]
        late = row["result_url"].removeprefix(served.url)
        assert served.ask("GET", late, headers={}).status_code == 410
        served.ask("POST", "/__sandbox__/failures", {})
        assert start().json()["code"] != 0
        assert served.ask("POST", "/__sandbox__/coins", {"amount": 10}).json() == {"balance": 50}
        assert start().json()["code"] == 0
        served.ask("POST", "/__sandbox__/clock/advance", {"seconds": 3})
        ledger = served.ask("GET", "/__sandbox__/coins").json()
        assert [entry["amount"] for entry in ledger["entries"]] == [-50, 10, -50, 50]
        verdict = served.ask("GET", "/__sandbox__/starts/repeated").json()
        assert (verdict["starts"], verdict["total"]) == (2, 1)
        assert served.ask("GET", "/__sandbox__/starts/paid-twice").json()["total"] == 0
        assert served.end(signal.SIGTERM) == (0, "")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--price", "add_face_swap_task"), "add_face_swap_task=25"),
        (("--price", "nothing=5"), "'nothing' has no price"),
        (("--coins", "-1"), "coins"),
        (("--completed-after", "0.5"), "--completed-after"),
        (("--latency", "nan"), "latency"),
        (("--fail-share", "2"), "from 0 to 1"),
        (("--max-running", "-1"), "--max-running"),
        (("--busy-code", "500"), "[429, 503, 1001]"),
        (("--retry-after", "-1"), "--retry-after"),
        (("--expired-status", "200"), "[403, 404, 410]"),
        (("--link-lifetime", "-1"), "lifetimes"),
        (("--fault", "{"), "JSON"),
        (("--fault", '{"fault": "nope"}'), "rate_limited"),
        (("--fault", '{"fault": "stall"}'), "seconds is required"),
    ],
)
def test_a_wrong_option_is_2_and_says_what_is_wrong(
    a2e_cli: Callable[..., Outcome], options: tuple[str, ...], said: str
) -> None:
    outcome = a2e_cli("sandbox", "--port", "0", *options)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert outcome.err.count("\n") <= 2


def test_a_log_that_nobody_reads_does_no_harm(sandbox: Callable[..., Any]) -> None:
    with sandbox("--log") as served:
        served.child.stderr.close()
        threads = [
            threading.Thread(target=served.ask, args=("GET", f"/nowhere{number}"))
            for number in range(5)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(SOON)
        assert served.ask("GET", "/__sandbox__/requests").json()["unknown_paths"] == 5
        served.child.send_signal(signal.SIGTERM)
        assert served.child.wait(SOON) == 0


def test_open_opens_the_page_and_a_missing_browser_does_no_harm(
    sandbox: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    with sandbox("--open") as served:
        deadline = time.monotonic() + SOON
        while not (tmp_path / "opened").exists() or not (tmp_path / "opened").read_text():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert (tmp_path / "opened").read_text().strip() == f"{served.url}/__sandbox__/"
        assert served.end(signal.SIGTERM) == (0, "")
    monkeypatch.setenv("BROWSER", str(tmp_path / "nothing"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with sandbox("--open") as served:
        line = served.child.stderr.readline()
        assert (
            line.strip() == f"No browser could be opened; the page is at {served.url}/__sandbox__/"
        )
        assert served.ask("GET", "/__sandbox__/state").status_code == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_state_is_written_at_the_end_and_loaded_at_the_start(
    sandbox: Callable[..., Any], tmp_path: Path, number: signal.Signals
) -> None:
    file = tmp_path / "new" / "state.json"
    body = {"prompt": "a calm sea", "name": "x"}
    for _ in range(2):
        with sandbox("--state", str(file)) as served:
            assert served.ask("POST", path_of("start_wan_25_task"), body).json()["code"] == 0
            assert served.end(number) == (0, "")
        assert [path.name for path in file.parent.iterdir()] == ["state.json"]
    with sandbox("--state", str(file)) as served:
        verdict = served.ask("GET", "/__sandbox__/starts/paid-twice").json()
        assert (verdict["starts"], verdict["total"]) == (2, 1)
        assert [start["request"] for start in verdict["groups"][0]["starts"]] == [1, 2]


def test_state_behind_a_link_is_written_where_the_link_leads(
    sandbox: Callable[..., Any], tmp_path: Path
) -> None:
    file, link = tmp_path / "disk" / "state.json", tmp_path / "state.json"
    file.parent.mkdir()
    link.symlink_to(file)
    with sandbox("--state", str(link)) as served:
        assert served.end(signal.SIGTERM) == (0, "")
    assert link.is_symlink()
    assert json.loads(file.read_bytes())["format"] == "a2e-sandbox"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "can't be loaded, and is left as it is"),
        ("[]", "must be an object"),
        ('{"format": "a2e-sandbox", "version": 9}', "version 9; this SDK reads version 1"),
        ("[" * 100_000, "can't be loaded"),
    ],
)
def test_state_that_is_broken_is_refused_and_left_as_it_is(
    a2e_cli: Callable[..., Outcome], tmp_path: Path, content: str, said: str
) -> None:
    file = tmp_path / "state.json"
    file.write_text(content)
    outcome = a2e_cli("sandbox", "--port", "0", "--state", str(file))
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert str(file) in outcome.err.replace("\n", "")
    assert file.read_text() == content


@pytest.mark.skipif(sys.platform != "linux", reason="nobody can write to /proc")
def test_state_that_cannot_be_written_is_told_at_once(a2e_cli: Callable[..., Outcome]) -> None:
    outcome = a2e_cli("sandbox", "--port", "0", "--state", "/proc/state.json")
    assert (outcome.code, outcome.out) == (1, "")
    assert "can't write --state" in outcome.err


def test_state_that_cannot_be_read_is_1(a2e_cli: Callable[..., Outcome], tmp_path: Path) -> None:
    outcome = a2e_cli("sandbox", "--port", "0", "--state", str(tmp_path))
    assert (outcome.code, outcome.out) == (1, "")
    assert "can't read --state" in outcome.err

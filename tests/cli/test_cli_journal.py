"""``a2e journal``, and the options of a start that keep it from being paid for twice."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_runs import A2E_COMMAND, Environment, Outcome

from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.faults.fault import Fault
from a2e_sdk.sandbox.http_server import SandboxServer, serve

Cli = Callable[..., Outcome]
START = "start_wan_25_task"
CREATE = ("wan-25", "create", "--prompt", "a calm sea", "--duration", "5", "--json")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("A2E_JOURNAL", "journal.db")
    return tmp_path


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SandboxServer]:
    with serve(Sandbox(processing_after=0, completed_after=0)) as running:
        monkeypatch.setenv("A2E_BASE_URL", running.url)
        monkeypatch.setenv("A2E_API_KEY", "sandbox")
        yield running


@pytest.fixture
def unknown(a2e_cli: Cli, server: SandboxServer, monkeypatch: pytest.MonkeyPatch) -> SandboxServer:
    """A journal in which nobody knows whether ``intro`` was started."""
    for module in ("recovery", "lost_starts"):
        monkeypatch.setattr(f"a2e_sdk._sync.tasks.{module}.SEARCH_SECONDS", 0.2)
    server.sandbox.faults.add(Fault.drop_after_read(), operation=START)
    server.sandbox.faults.add(Fault.http(500), operation="list_wan_25_tasks", times=None)
    outcome = a2e_cli(*CREATE, "--key", "intro")
    assert outcome.code == 6, outcome
    server.sandbox.faults.clear()
    return server


def starts(server: SandboxServer) -> int:
    return server.sandbox.requests.count(START)


def test_a_start_with_a_key_is_made_once(a2e_cli: Cli, server: SandboxServer, here: Path) -> None:
    first, second = (a2e_cli(*CREATE, "--key", "intro") for _ in range(2))
    assert (first.code, second.code) == (0, 0), first
    assert json.loads(first.out)["id"] == json.loads(second.out)["id"]
    run = ("wan-25", "run", "--prompt", "a calm sea", "--duration", "5", "--key", "intro")
    assert a2e_cli(*run, "-o", "out.mp4").code == 0
    assert (here / "out.mp4").stat().st_size == 65_536
    other = a2e_cli("wan-25", "create", "--prompt", "a storm", "--key", "intro")
    assert other.code == 2
    assert starts(server) == 1


def test_a_key_needs_a_journal_and_is_no_api_key(
    a2e_cli: Cli, server: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("A2E_JOURNAL")
    outcome = a2e_cli(*CREATE, "--key", "intro")
    assert outcome.code == 2
    assert "--key needs a journal: give one with --journal FILE, or set A2E_JOURNAL" in outcome.err
    for words in (("--key", "sk_abcdefgh12345678"), ("--key=sk_abcdefgh12345678",)):
        refused = a2e_cli(*CREATE, *words)
        assert refused.code == 2
        assert "--key is not accepted, because other users" in refused.err
        assert "abcdefgh" not in refused.err
    assert a2e_cli(*CREATE, "--key", "intro", "--journal", "mine.db").code == 0
    assert starts(server) == 1


@pytest.mark.parametrize(
    "words", [("--max-coins", "49"), ("--budget", "49"), ("--budget", "49.5/hour")]
)
def test_a_start_that_costs_too_much_is_7_and_not_sent(
    a2e_cli: Cli, server: SandboxServer, words: tuple[str, ...]
) -> None:
    outcome = a2e_cli(*CREATE, *words)
    assert (outcome.code, outcome.out) == (7, "")
    assert "max_coins" not in outcome.err
    assert starts(server) == 0
    assert a2e_cli(*CREATE, words[0], "50").code == 0


def test_an_account_without_coins_is_7(
    a2e_cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(Sandbox(coins=1)) as poor:
        monkeypatch.setenv("A2E_BASE_URL", poor.url)
        monkeypatch.setenv("A2E_API_KEY", "sandbox")
        assert a2e_cli(*CREATE).code == 7


def test_reading_needs_neither_key_nor_network(
    a2e_cli: Cli, server: SandboxServer, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert a2e_cli(*CREATE, "--key", "intro", "--max-coins", "60").code == 0
    assert a2e_cli(*CREATE).code == 0
    asked = server.sandbox.requests.total
    monkeypatch.delenv("A2E_API_KEY")

    listed = json.loads(a2e_cli("journal", "list", "--json").out)
    assert [(one["key"], one["family"], one["state"]) for one in listed] == [
        ("intro", "wan_25", "started"),
        (None, "wan_25", "started"),
    ]
    assert json.loads(a2e_cli("journal", "list", "--state", "unknown", "--json").out) == []
    assert len(json.loads(a2e_cli("journal", "list", "--family", "wan-25", "--json").out)) == 2
    assert json.loads(a2e_cli("journal", "list", "--family", "veo", "--json").out) == []
    lines = a2e_cli("journal", "list").out.splitlines()
    assert lines[0].split()[:3] == ["key", "family", "state"]
    assert len(lines) == 3

    shown = json.loads(a2e_cli("journal", "show", "intro", "--json").out)
    assert (shown["quote"], shown["inputs"]["prompt"]) == (50, "a calm sea")
    assert '{"prompt": "a calm sea"' in a2e_cli("journal", "show", "intro").out
    spent = json.loads(a2e_cli("journal", "spent", "--json", "--budget", "250/day").out)
    assert (spent["spent"], spent["limit"], spent["left"]) == (100, 250, 150)
    table = list(csv.DictReader(io.StringIO(a2e_cli("journal", "export").out)))
    assert [row["key"] for row in table] == ["intro", ""]
    assert a2e_cli("journal", "export", "--format", "json", "--to", "all.json").out == ""
    assert [one["key"] for one in json.loads((here / "all.json").read_text())] == ["intro", None]
    assert server.sandbox.requests.total == asked


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("journal", "list"), "there is no journal 'journal.db'"),
        (("journal", "spent"), "there is no journal 'journal.db'"),
        (("journal", "resolve", "intro", "--not-started", "--yes"), "there is no journal"),
        (("journal", "adopt", "--yes"), "there is no journal"),
        (("journal", "list", "--journal", "text.db"), "is no journal"),
        (("journal", "list", "--state", "lost"), "--state must be"),
        (("journal", "list", "--family", "wan-26"), "--family must be"),
        (("journal", "resolve", "intro"), "give exactly one of --task, --not-started and"),
        (("journal", "resolve", "intro", "--not-started", "--task", "0" * 24), "exactly one"),
        (("journal", "export", "--format", "xml"), "--format must be"),
    ],
)
def test_bad_input_is_2_and_makes_no_journal(
    a2e_cli: Cli, server: SandboxServer, here: Path, words: tuple[str, ...], text: str
) -> None:
    (here / "text.db").write_text("a text" * 100)
    outcome = a2e_cli(*words)
    assert (outcome.code, outcome.out) == (2, ""), outcome
    assert text in outcome.err
    assert not (here / "journal.db").exists()


def test_which_journal_is_asked_for(a2e_cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("A2E_JOURNAL")
    outcome = a2e_cli("journal", "list")
    assert outcome.code == 2
    assert "--journal FILE" in outcome.err


def test_a_key_that_is_not_there(a2e_cli: Cli, server: SandboxServer) -> None:
    assert a2e_cli(*CREATE, "--key", "intro").code == 0
    for words in (("show", "outro"), ("resolve", "outro", "--not-started", "--yes")):
        outcome = a2e_cli("journal", *words)
        assert outcome.code == 2
        assert "the journal has no key 'outro'" in outcome.err


def test_a_start_that_nobody_knows_of_is_given_its_task(
    a2e_cli: Cli, unknown: SandboxServer
) -> None:
    (found,) = json.loads(a2e_cli("wan-25", "list", "--json").out)
    listed = json.loads(a2e_cli("journal", "list", "--state", "unknown", "--json").out)
    assert [one["key"] for one in listed] == ["intro"]
    words = ("journal", "resolve", "intro", "--task", found["id"])
    asked = a2e_cli(*words)
    assert asked.code == 2
    assert "add --yes to do it" in asked.err
    outcome = a2e_cli(*words, "--yes", "--json")
    assert outcome.code == 0, outcome
    assert json.loads(outcome.out)["task_ids"] == [found["id"]]
    assert json.loads(a2e_cli(*CREATE, "--key", "intro").out)["id"] == found["id"]
    assert starts(unknown) == 1


def test_a_start_that_was_not_made_is_made_by_the_next_run(
    a2e_cli: Cli, unknown: SandboxServer
) -> None:
    outcome = a2e_cli("journal", "resolve", "intro", "--not-started", "-y")
    assert outcome.code == 0, outcome
    assert a2e_cli(*CREATE, "--key", "intro").code == 0
    assert starts(unknown) == 2


def test_a_start_is_made_again_on_demand(a2e_cli: Cli, server: SandboxServer) -> None:
    first = a2e_cli(*CREATE, "--key", "intro")
    refused = a2e_cli("journal", "resolve", "intro", "--not-started", "--yes")
    assert refused.code == 2
    assert a2e_cli("journal", "resolve", "intro", "--start-again", "--yes").code == 0
    second = a2e_cli(*CREATE, "--key", "intro")
    assert json.loads(first.out)["id"] != json.loads(second.out)["id"]
    assert starts(server) == 2


def test_a_journal_is_adopted_by_another_key(
    a2e_cli: Cli, server: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = a2e_cli(*CREATE, "--key", "intro")
    monkeypatch.setenv("A2E_API_KEY", "renewed")
    other = a2e_cli(*CREATE, "--key", "intro")
    assert (other.code, other.out) == (2, "")
    assert a2e_cli("journal", "adopt").code == 2
    adopted = a2e_cli("journal", "adopt", "--yes", "--json")
    assert adopted.code == 0, adopted
    assert json.loads(adopted.out) == {"journal": "journal.db", "adopted": True}
    again = a2e_cli(*CREATE, "--key", "intro")
    assert json.loads(again.out)["id"] == json.loads(first.out)["id"]
    assert starts(server) == 1


@POSIX
@pytest.mark.parametrize(("typed", "code"), [(b"n\n", 2), (b"\n", 2), (b"y\n", 0)])
def test_a_terminal_is_asked(
    a2e_cli: Cli, unknown: SandboxServer, environment: Environment, typed: bytes, code: int
) -> None:
    import pty

    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [*A2E_COMMAND, "journal", "resolve", "intro", "--not-started"],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=environment(),
    )
    os.close(theirs)
    shown = b""
    while b"[y/N]" not in shown:
        shown += os.read(ours, 65536)
    os.write(ours, typed)
    child.communicate(timeout=30)
    os.close(ours)
    assert child.returncode == code
    assert b"also where it was started after all" in shown

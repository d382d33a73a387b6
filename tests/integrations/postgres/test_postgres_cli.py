"""``a2e journal`` and ``a2e batch`` with a journal on PostgreSQL, whose password is never printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest

from a2e_sdk.sandbox import SandboxForTests
from a2e_sdk.sandbox.faults.fault import Fault
from a2e_sdk.sandbox.http_server import SandboxServer, serve
from postgres_server import with_schema

pytest.importorskip("psycopg")
pytest.importorskip("click")

PASSWORD = "correct-horse"
START = "start_wan_25_task"
CREATE = ("wan-25", "create", "--prompt", "a calm sea", "--duration", "5")


@attrs.frozen
class Outcome:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Cli = Callable[..., Outcome]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SandboxServer]:
    sandbox = SandboxForTests(seed_records=False, processing_after=0.0, completed_after=0.0)
    with serve(sandbox) as running:
        monkeypatch.setenv("A2E_BASE_URL", running.url)
        monkeypatch.setenv("A2E_API_KEY", "sandbox")
        yield running


@pytest.fixture
def url(postgres: str) -> str:
    """The URL of a journal that is not there yet, with a password that the server does not ask."""
    return with_schema(postgres.replace("postgres:@", f"postgres:{PASSWORD}@"))


@pytest.fixture
def a2e(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run ``a2e``; nothing that it prints has the password."""
    from a2e_sdk.cli.app import run

    monkeypatch.chdir(tmp_path)

    def run_here(*arguments: str) -> Outcome:
        capsys.readouterr()
        code = int(run(arguments))
        printed = capsys.readouterr()
        assert PASSWORD not in printed.out + printed.err
        return Outcome(code, printed.out, printed.err)

    return run_here


@pytest.mark.parametrize("named", ["option", "variable"])
def test_every_command_of_the_journal(
    a2e: Cli, server: SandboxServer, url: str, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    for module in ("recovery", "lost_starts"):
        monkeypatch.setattr(f"a2e_sdk._sync.tasks.{module}.SEARCH_SECONDS", 0.2)
    option = ("--journal", url) if named == "option" else ()
    if named == "variable":
        monkeypatch.setenv("A2E_JOURNAL", url)
    none = a2e("journal", "list", *option)
    assert none.code == 2
    assert "there is no journal 'postgresql://***@/postgres" in " ".join(none.err.split())
    first, second = (a2e(*CREATE, "--key", "intro", "--json", *option) for _ in range(2))
    assert (first.code, second.code) == (0, 0), first
    assert json.loads(first.out)["id"] == json.loads(second.out)["id"]
    server.sandbox.faults.add(Fault.drop_after_read(), operation=START)
    server.sandbox.faults.add(Fault.http(500), operation="list_wan_25_tasks", times=None)
    lost = a2e(*CREATE, "--key", "lost", *option)
    assert lost.code == 6, lost
    server.sandbox.faults.clear()
    listed = json.loads(a2e("journal", "list", "--json", *option).out)
    assert [entry["key"] for entry in listed] == ["intro", "lost"]
    assert json.loads(a2e("journal", "show", "lost", "--json", *option).out)["state"] == "unknown"
    assert json.loads(a2e("journal", "spent", "--json", *option).out)["spent"] > 0
    resolved = a2e("journal", "resolve", "lost", "--not-started", "--yes", *option)
    assert resolved.code == 0, resolved
    exported = a2e("journal", "export", "--format", "json", *option)
    assert [entry["state"] for entry in json.loads(exported.out)] == ["succeeded", "refused"]
    monkeypatch.setenv("A2E_API_KEY", "sk_another_0123456789")
    refused = a2e(*CREATE, "--key", "intro", *option)
    assert refused.code == 2
    assert "a2e journal adopt --journal 'postgresql://***@/" in " ".join(refused.err.split())
    assert a2e("journal", "adopt", "--yes", *option).code == 0
    assert a2e("journal", "show", "intro", *option).code == 0


def test_a_batch_is_run_shown_retried_and_exported(
    a2e: Cli, server: SandboxServer, url: str, tmp_path: Path
) -> None:
    lines = [{"engine": "wan-25", "key": f"job {at}", "prompt": f"{at}"} for at in range(3)]
    Path("jobs.jsonl").write_text("\n".join(map(json.dumps, lines)))
    server.sandbox.fail_next("no face was found")
    options = ("--output", "out", "--journal", url)
    ran = a2e("batch", "run", "jobs.jsonl", *options)
    assert ran.code != 0, ran
    assert server.sandbox.requests.count(START) == 3, ran
    assert a2e("batch", "run", "jobs.jsonl", *options).code == ran.code
    assert server.sandbox.requests.count(START) == 3, "nothing is paid again"
    status = a2e("batch", "status", "out", "--journal", url)
    assert status.code == 0, status
    retried = a2e("batch", "retry", "out", "--journal", url, "--failed")
    assert retried.code == 0, retried
    assert server.sandbox.requests.count(START) == 4
    exported = a2e("batch", "export", "out", "--journal", url)
    assert exported.code == 0, exported
    for file in tmp_path.rglob("*"):
        assert file.is_dir() or PASSWORD.encode() not in file.read_bytes(), file

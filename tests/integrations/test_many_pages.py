"""The pages on many machines, engines and a journal on PostgreSQL: what they show runs and holds."""

from __future__ import annotations

import ast
import inspect
import os
import re
import shlex
import subprocess
import sys
import threading
from pathlib import Path

import pytest

pytest.importorskip("psycopg")

from engine_cases import environment

from a2e_sdk import A2E
from a2e_sdk._config.journal_place import DEFAULT_SCHEMA
from a2e_sdk._journal.database import _IDLE_SECONDS
from a2e_sdk._journal.postgres import _OLDEST
from a2e_sdk._journal.postgres_problems import PATIENCE_SECONDS
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import serve
from documentation.documentation_pages import blocks_of, text_of

pytestmark = pytest.mark.once

JOURNAL, ENGINES, MANY = "docs/journal.md", "docs/engines.md", "docs/many-machines.md"
ON_POSTGRES = text_of(JOURNAL).split("## On PostgreSQL")[1]


def test_the_example_on_postgresql_runs(tmp_path: Path, postgres_journal: str) -> None:
    (example,) = blocks_of(JOURNAL, "py")
    changed, count = re.subn(r'"postgresql://[^"]+"', repr(postgres_journal), example)
    assert count == 1
    with serve(Sandbox()) as server:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", changed],
            cwd=tmp_path,
            env=environment(server.url),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "True\n"


def test_the_numbers_on_postgresql_are_those_of_the_code() -> None:
    assert f"for up to {PATIENCE_SECONDS:.0f} seconds" in ON_POSTGRES
    assert f"`{DEFAULT_SCHEMA}` if it is left out" in ON_POSTGRES
    assert f"PostgreSQL {_OLDEST // 10000} or newer" in ON_POSTGRES
    assert f"closed { {10: 'ten'}[_IDLE_SECONDS] } seconds after" in ON_POSTGRES


@pytest.mark.parametrize("block", blocks_of(ENGINES, "py"))
def test_the_programs_for_engines_are_python_and_have_a_key(block: str) -> None:
    calls = [node for node in ast.walk(ast.parse(block)) if isinstance(node, ast.Call)]
    (start,) = (
        call
        for call in calls
        if ast.unparse(call.func).split(".")[-2:-1] == ["wan_25"]
        and ast.unparse(call.func).split(".")[-1] in {"run", "create"}
    )
    assert "key" in {keyword.arg for keyword in start.keywords}


def test_what_repeats_a_paid_step_is_called_as_the_page_says() -> None:
    celery, dbos = pytest.importorskip("celery"), pytest.importorskip("dbos")
    config = pytest.importorskip("dask").config
    pytest.importorskip("distributed")
    assert {"acks_late", "reject_on_worker_lost", "max_retries"} <= set(dir(celery.Task))
    assert celery.Task.max_retries == 3
    step = inspect.signature(dbos.DBOS.step).parameters
    assert (step["retries_allowed"].default, step["max_attempts"].default) == (False, 3)
    assert config.get("distributed.scheduler.allowed-failures") == 3


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_the_batch_to_try_on_this_machine_is_paid_once_where_a_worker_is_killed(
    tmp_path: Path, postgres_journal: str
) -> None:
    pytest.importorskip("distributed")
    from dask_processes import DaskProcesses, kill

    commands = blocks_of_try()
    sandbox = Sandbox(seed_records=False, coins=10**6, completed_after=3.0)
    with serve(sandbox) as server:
        variables = environment(server.url, A2E_JOURNAL=postgres_journal)
        cluster = DaskProcesses(tmp_path / "dask", speed=1.0)
        try:
            cluster.start_scheduler()
            shared = {name: variables[name] for name in ("A2E_JOURNAL", "A2E_API_KEY")}
            workers = [cluster.start_worker(threads=2, **shared) for _ in range(2)]
            cluster.wait_for_workers(2)
            printed: list[str] = []
            for line in commands:
                words = shlex.split(line.replace("tcp://127.0.0.1:8786", cluster.address))
                if words[0] == "curl":
                    continue
                if "--dask" in words:
                    killing = threading.Thread(
                        target=lambda: (wait_for(sandbox, 4), kill(workers[0]))
                    )
                    killing.start()
                printed.append(ran(words, tmp_path, variables))
            killing.join(60)
        finally:
            cluster.close()
        assert "12 of 12 jobs succeeded" in printed[1], cluster.logs()
        assert "Of the budget of 600, 0 are left" in printed[1]
        assert re.search(r"^left +0\.0$", printed[2], re.MULTILINE)
        assert sandbox.paid_twice() == []
        assert sandbox.starts == 12
        with A2E("sk_engines", base_url=server.url, journal=postgres_journal) as a2e:
            assert sum(1 for _ in a2e.journal.entries()) == 12


def blocks_of_try() -> list[str]:
    """Return the commands that the page gives at its end."""
    section = text_of(MANY).split("## Try it on this machine")[1]
    (last,) = (
        block for block in re.findall(r"```\n(.*?)```", section, re.DOTALL) if "--dask" in block
    )
    return str(last).splitlines()


def ran(words: list[str], folder: Path, variables: dict[str, str]) -> str:
    """Run a command, with its output in a file where the line says so; return what it printed."""
    target = folder / words.pop() if words[-2:-1] == [">"] else None
    if target:
        words.pop()
    program = {"a2e": ["-m", "a2e_sdk"], "python": []}[words[0]]
    done = subprocess.run(
        [sys.executable, *program, *words[1:]],
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    if target:
        target.write_text(done.stdout)
    return done.stdout + done.stderr


def wait_for(sandbox: Sandbox, starts: int) -> None:
    from engine_cases import until

    until(lambda: sandbox.starts >= starts, lambda: f"only {sandbox.starts} were started")

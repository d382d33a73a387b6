"""DBOS, as docs/engines.md has it: a step that is resumed after it had paid costs nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("dbos")

from engine_cases import KillingSandbox, environment, program

from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import serve

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL"),
]

#: The page's program, which only goes on with what was cut short.
_RESUME = """
from dbos import DBOS
import videos
DBOS.launch()
(pending,) = DBOS.list_workflows()
print(DBOS.retrieve_workflow(pending.workflow_id).get_result())
"""


def resumed(folder: Path, journal: str, *, with_key: bool) -> tuple[Sandbox, str]:
    """Kill the program when it has paid, resume it; return the sandbox and the task at the end."""
    (folder / "videos.py").write_text(program("from dbos import DBOS", with_key=with_key))
    running: list[subprocess.Popen[bytes]] = []
    sandbox = KillingSandbox(lambda: running[0].pid, 1)
    with serve(sandbox) as server, open(folder / "first.log", "wb") as log:
        variables = environment(server.url, A2E_JOURNAL=journal)
        command = [sys.executable, "videos.py", "17", "a calm sea"]
        running.append(subprocess.Popen(command, cwd=folder, env=variables, stdout=log, stderr=log))
        assert running[0].wait(60) == -signal.SIGKILL, (folder / "first.log").read_text()
        assert sandbox.starts == 1
        done = subprocess.run(
            [sys.executable, "-c", _RESUME],
            cwd=folder,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert done.returncode == 0, done.stderr
    return sandbox, done.stdout.split()[-1]


# That the page's program has a journal in a file is tried without the key, below.
@pytest.mark.parametrize("kind", [pytest.param("file", marks=pytest.mark.nightly), "postgres"])
def test_a_step_that_had_paid_is_resumed_for_nothing(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    journal = str(tmp_path / "journal.db")
    if kind == "postgres":
        journal = str(request.getfixturevalue("postgres_journal"))
    sandbox, task_id = resumed(tmp_path, journal, with_key=True)
    assert sandbox.starts == 1
    assert sandbox.paid_twice() == []
    assert sandbox.coins[-1].task_id == task_id


def test_without_the_key_the_step_pays_twice(tmp_path: Path) -> None:
    sandbox, task_id = resumed(tmp_path, str(tmp_path / "journal.db"), with_key=False)
    assert sandbox.starts == 2
    assert len(sandbox.paid_twice()) == 1
    assert sandbox.coins[-1].task_id == task_id  # The first one's coins are lost.

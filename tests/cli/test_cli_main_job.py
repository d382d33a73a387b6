"""The main job as a newcomer does it: a process of its own, no network, no key, no settings."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import attrs
import pytest
from cli_runs import A2E_COMMAND, Environment, Outcome

from a2e_sdk import A2E, FaceSwapTask
from a2e_sdk.sandbox.http_server import SandboxServer

LIST = ("face-swap", "tasks", "list", "--region", "sandbox")
IDS = ("6674f1765699df7e9d25311a", "6662e9c62246edced67000f7", "66627c58577166cec1929f84")


@pytest.fixture
def tasks() -> list[FaceSwapTask]:
    with A2E(region="sandbox") as a2e:
        return a2e.face_swap.tasks.list().to_list()


def test_a_pipe_gets_a_table_a_person_can_read(
    process: Callable[..., Outcome], tasks: list[FaceSwapTask]
) -> None:
    outcome = process(*LIST)

    assert (outcome.code, outcome.err) == (0, "")
    header, *lines = (re.split("  +", line) for line in outcome.out.splitlines())
    assert header == [
        "id", "name", "status", "duration", "created (UTC)", "failed message", "result",
    ]  # fmt: skip
    assert lines == [
        [
            task.id,
            task.name,
            "succeeded",
            f"{task.duration} s" if task.duration else "-",
            f"{task.created_at:%Y-%m-%dT%H:%M:%S}.{task.created_at.microsecond // 1000:03}Z",
            "-",
            task.result_url,
        ]
        for task in tasks
        if task.created_at is not None
    ]
    assert tuple(line[0] for line in lines) == IDS
    starts = {
        line.index(word)
        for line in outcome.out.splitlines()
        for word in ("result", "https:")
        if word in line
    }
    assert len(starts) == 1


def test_json_is_one_array_with_every_value_of_the_facade(
    process: Callable[..., Outcome], tasks: list[FaceSwapTask]
) -> None:
    outcome = process(*LIST, "--json")

    rows = json.loads(outcome.out)
    assert (outcome.code, outcome.err) == (0, "")
    assert [read_back(row) for row in rows] == [facts_of(task) for task in tasks]
    assert rows[0]["created_at"] == "2024-06-21T03:20:22.436Z"
    assert rows[0]["failed_message"] is None


def facts_of(task: FaceSwapTask) -> dict[str, object]:
    return attrs.asdict(task, filter=lambda field, _: field.name != "raw", recurse=False)


def read_back(row: dict[str, object]) -> dict[str, object]:
    return {
        name: datetime.fromisoformat(value)
        if name.endswith("_at") and isinstance(value, str)
        else tuple(value)
        if isinstance(value, list)
        else value
        for name, value in row.items()
    }


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo terminals")
def test_a_terminal_gets_a_table(environment: Environment) -> None:
    import pty

    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [*A2E_COMMAND, *LIST],
        stdout=theirs,
        env=environment(COLUMNS="100", TERM="xterm-256color", NO_COLOR="1"),
    )
    os.close(theirs)
    printed = b""
    try:
        while part := os.read(ours, 65536):
            printed += part
    except OSError:  # how Linux says that the other side has closed
        pass
    os.close(ours)

    assert child.wait(60) == 0
    text = printed.decode()
    assert "created (UTC)" in text
    assert "\t" not in text
    assert all(identifier in text for identifier in IDS)
    assert "3 tasks" in text


def test_another_process_finds_a_sandbox_over_http(
    process: Callable[..., Outcome], server: SandboxServer
) -> None:
    listed = process("face-swap", "tasks", "list", "--json")
    assert [row["id"] for row in json.loads(listed.out)] == list(IDS)
    assert server.sandbox.requests.count("list_face_swap_tasks") == 1


def test_the_extra_that_is_missing_is_named_on_one_line(environment: Environment) -> None:
    script = (
        "import sys; sys.modules['click'] = None\nfrom a2e_sdk.cli import main\nsys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", env=environment()
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert 'pip install "a2e-sdk[cli]"' in done.stderr


@pytest.mark.parametrize(
    ("program", "unwanted"),
    [
        ("import a2e_sdk, a2e_sdk._sync.client", {"a2e_sdk.cli", "click", "rich"}),
        (
            "sys.argv = ['a2e', '--help']; import a2e_sdk.cli; a2e_sdk.cli.main()",
            {"a2e_sdk._sync.client", "a2e_api", "attrs", "httpx", "rich.console"},
        ),
        (
            "import os; os.environ.update(_A2E_COMPLETE='complete_bash', COMP_WORDS='a2e ', "
            "COMP_CWORD='1'); import a2e_sdk.cli; a2e_sdk.cli.main()",
            {"a2e_sdk._sync.client", "a2e_api", "attrs", "httpx"},
        ),
        (
            "sys.argv = ['a2e', 'image-to-video', '--help']; import a2e_sdk.cli; a2e_sdk.cli.main()",
            {"a2e_sdk._sync.client", "a2e_api.operations", "httpx", "rich.console"},
        ),
        (
            "sys.argv = ['a2e', 'face-swap', 'tasks', 'list', '--region', 'sandbox']\n"
            "import a2e_sdk.cli; a2e_sdk.cli.main()",
            {"httpx", "rich.console"},
        ),
    ],
    ids=["the SDK", "the help", "the completion", "the help of an engine", "a listing into a pipe"],
)
def test_nothing_is_imported_before_it_is_needed(
    environment: Environment, program: str, unwanted: set[str]
) -> None:
    script = (
        "import atexit, sys\natexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        + program
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", env=environment()
    )
    assert done.returncode == 0
    loaded = set(done.stderr.split())
    assert "a2e_sdk" in loaded
    assert not unwanted & loaded


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("a2e face-swap ", {"tasks", "images", "run"}),
        ("a2e face-swap tasks ", {"list", "get", "create", "wait", "delete"}),
        ("a2e face-swap tasks list --region ", {"global", "china", "sandbox"}),
        ("a2e download --existing ", {"error", "overwrite", "skip"}),
    ],
)
def test_the_shell_completes_commands_and_regions(
    process: Callable[..., Outcome], words: str, offered: set[str]
) -> None:
    outcome = process(
        _A2E_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=str(len(words.split()))
    )
    assert set(outcome.out.split()) == offered


@pytest.mark.skipif(shutil.which("bash") is None, reason="has no bash")
def test_the_completion_script_completes_in_bash(environment: Environment, tmp_path: Path) -> None:
    program = tmp_path / "a2e"
    program.write_text(f'#!/bin/sh\nexec {shlex.join(A2E_COMMAND)} "$@"\n')
    program.chmod(0o755)
    script = subprocess.run(
        [str(program)],
        capture_output=True,
        encoding="utf-8",
        env=environment(_A2E_COMPLETE="source_bash"),
        check=True,
    ).stdout
    typed = (
        "COMP_WORDS=(a2e face-swap tasks list --region s); COMP_CWORD=5; _a2e_completion a2e; "
        'echo "${COMPREPLY[@]}"'
    )
    path = os.pathsep.join((str(tmp_path), os.environ["PATH"]))
    done = subprocess.run(
        ["bash", "--norc", "-c", f"{script}\n{typed}"],
        capture_output=True,
        encoding="utf-8",
        env=environment(PATH=path),
        check=True,
    )
    assert done.stdout.split() == ["sandbox"]

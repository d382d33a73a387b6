"""The workflows: least permissions, pinned actions, and what the linters say of a bad one."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
PROGRAMS = Path(sys.executable).parent


def read(path: Path) -> dict[Any, Any]:
    read: dict[Any, Any] = yaml.safe_load(path.read_text("utf-8"))
    return read


def test_the_four_workflows_are_there() -> None:
    assert [path.stem for path in WORKFLOWS] == ["ci", "docs", "nightly", "release"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_each_job_has_the_least_permissions_and_an_end(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {}
    assert "concurrency" in workflow
    # YAML 1.1 reads the word `on` as true.
    assert "pull_request_target" not in workflow[True]
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 180
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned_by_its_whole_hash(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").splitlines() if "uses:" in line]
    assert lines
    for line in lines:
        assert re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_only_the_upload_may_ask_pypi_and_it_builds_nothing() -> None:
    jobs = read(FOLDER / "release.yml")["jobs"]
    assert jobs["build"]["permissions"] == {"contents": "read"}
    upload = jobs["upload"]
    assert upload["permissions"] == {"id-token": "write"}
    assert upload["environment"] == {"name": "pypi"}
    assert all("run" not in step for step in upload["steps"])
    assert not any("checkout" in step.get("uses", "") for step in upload["steps"])
    assert "secrets." not in (FOLDER / "release.yml").read_text("utf-8")


def test_the_sessions_that_workflows_name_exist() -> None:
    sessions = set(re.findall(r"^def (\w+)\(session", (ROOT / "noxfile.py").read_text(), re.M))
    nightly = read(FOLDER / "nightly.yml")["jobs"]["session"]["strategy"]["matrix"]["session"]
    assert {each.split()[0] for each in nightly} <= sessions


@pytest.mark.parametrize(
    ("program", "before", "after", "said"),
    [
        ("zizmor", "persist-credentials: false", "fetch-tags: false", "artipacked"),
        ("zizmor", "permissions: {}", "permissions: write-all", "excessive-permissions"),
        ("jactionlint", "runs-on:", "run-on:", "run-on"),
        ("jactionlint", "matrix.system", "matrix.sistem", "sistem"),
    ],
)
def test_a_bad_workflow_is_found(
    tmp_path: Path, program: str, before: str, after: str, said: str
) -> None:
    tool = shutil.which(program, path=str(PROGRAMS))
    if tool is None:
        pytest.skip(f"there is no {program} for this system")
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    text = (FOLDER / "ci.yml").read_text("utf-8")
    assert before in text
    path = folder / "ci.yml"
    offline = ["--offline", "--persona", "pedantic"] if program == "zizmor" else []
    for content, wrong in ((text, False), (text.replace(before, after), True)):
        path.write_text(content, encoding="utf-8")
        command = [tool, *offline, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
        assert bool(done.returncode) == wrong, done.stdout + done.stderr
        assert (said in done.stdout + done.stderr) == wrong

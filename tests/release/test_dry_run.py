"""The dry run: what is built is built again byte for byte, and a step that fails is told."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from rich.console import Console

ROOT = Path(__file__).parents[2]
sys.path[1:1] = [str(ROOT / "spec" / name) for name in ("api_report", "release")]

import release  # noqa: E402
from release import Run, StepError  # noqa: E402


def git(tree: Path, *arguments: str) -> str:
    author = ("-c", "user.name=x", "-c", "user.email=x@x.example")
    command = ["git", "-C", str(tree), *author, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of its own with the files of this one as they are now."""
    folder = tmp_path_factory.mktemp("tree")
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "x")
    # What is not committed goes into no distribution.
    (folder / "a2e_sdk" / "untracked.py").write_text("x = 1\n")
    return folder


@pytest.fixture
def here(tree: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(release, "ROOT", tree)
    monkeypatch.setattr(release.call, "__kwdefaults__", {"cwd": tree, "environment": None})
    return tree


def test_builds_are_equal_whole_and_run(here: Path, tmp_path: Path) -> None:
    run = Run(tmp_path, [f"{sys.version_info[0]}.{sys.version_info[1]}"])
    seen = release.build_twice(run)
    assert len(seen.splitlines()) == 2
    assert release.digest(run.wheel) in seen
    release.check_metadata(run)
    release.check_contents(run)
    with zipfile.ZipFile(run.wheel) as wheel:
        assert "a2e_sdk/untracked.py" not in wheel.namelist()
    # A build that differs is told.
    other = next((tmp_path / "second" / "dist").glob("*.whl"))
    other.write_bytes(other.read_bytes() + b"x")
    assert release.digest(other) != release.digest(run.wheel)


def test_a_tree_with_changes_is_not_released(here: Path, tmp_path: Path) -> None:
    with pytest.raises(StepError, match=r"untracked\.py"):
        release.check_clean_tree(Run(tmp_path, []))


def test_the_version_and_the_changelog_of_this_tree_are_ready(tmp_path: Path) -> None:
    run = Run(tmp_path, [])
    assert release.version_of(ROOT) in release.check_version(run)
    assert release.version_of(ROOT) in release.check_changelog(run)


def test_the_first_command_of_the_readme_is_found() -> None:
    assert release.readme_command()[-2:] == ["--region", "sandbox"]


def fine(run: Run) -> str:
    return "all [is] well"


def wrong(run: Run) -> str:
    raise StepError("mend this")


def test_every_step_has_its_row_and_one_that_fails_fails_the_run(tmp_path: Path) -> None:
    text = io.StringIO()
    console = Console(file=text, width=100)
    assert release.take_steps(Run(tmp_path, []), (fine,), console)
    assert not release.take_steps(Run(tmp_path, []), (wrong, fine), console)
    printed = text.getvalue()
    assert "all [is] well" in printed
    assert "mend this" in printed
    assert "FAILED" in printed


def test_what_needs_a_build_is_skipped_without_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release, "build_twice", wrong)
    monkeypatch.setattr(release, "NEED_A_BUILD", (fine,))
    text = io.StringIO()
    console = Console(file=text, width=100)
    assert not release.take_steps(Run(tmp_path, []), (wrong, fine), console)
    assert "skipped" in text.getvalue()


@pytest.mark.parametrize("arguments", [[], ["--dry-run", "--prepare"], ["--upload"]])
def test_there_is_no_way_to_upload(arguments: list[str]) -> None:
    script = ROOT / "spec" / "release" / "release.py"
    done = subprocess.run([sys.executable, script, *arguments], capture_output=True, check=False)
    assert done.returncode == 2

"""The changelog: what a fragment is, and where a release puts what the fragments say."""

from __future__ import annotations

import datetime
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path[1:1] = [str(ROOT / "spec" / name) for name in ("api_report", "release")]

from changelog import ChangelogError, unreleased_version, with_release  # noqa: E402
from changelog_fragments import (  # noqa: E402
    FragmentError,
    FragmentType,
    breaking_entries,
    read_fragment,
    read_fragments,
)

DAY = datetime.date(2026, 12, 1)


def test_every_fragment_of_this_tree_is_one() -> None:
    read_fragments(ROOT)


@pytest.mark.parametrize(
    ("filename", "content", "entry"),
    [
        ("a-b2.added.md", "One\nsentence.\n", "One sentence."),
        ("x.breaking.md", "`A2E.wait` is gone.", "Breaking: `A2E.wait` is gone."),
        ("x.fixed.md", "`wait` ends.", "`wait` ends."),
    ],
)
def test_a_fragment_is_one_entry(filename: str, content: str, entry: str) -> None:
    assert read_fragment(filename, content).entry == entry


@pytest.mark.parametrize(
    ("filename", "content", "said"),
    [
        ("x.feature.md", "A.", "breaking, added, changed, fixed, removed"),
        ("x.md", "A.", "SHORT-NAME.TYPE.md"),
        ("X.added.md", "A.", "lowercase"),
        ("a_b.added.md", "A.", "lowercase"),
        ("-a.added.md", "A.", "lowercase"),
        ("a.added.1.md", "A.", "SHORT-NAME.TYPE.md"),
        ("a.added.md.orig", "A.", "SHORT-NAME.TYPE.md"),
        ("a.added.txt", "A.", "SHORT-NAME.TYPE.md"),
        (".added.md", "A.", "SHORT-NAME.TYPE.md"),
        ("a.added.md", " \n", "is empty"),
        ("a.added.md", "- A.", "bullet"),
        ("a.breaking.md", "Breaking: A.", "Breaking"),
        ("a.fixed.md", "breaking: A.", "type"),
    ],
)
def test_a_file_that_is_no_fragment_is_refused(filename: str, content: str, said: str) -> None:
    with pytest.raises(FragmentError, match=said) as caught:
        read_fragment(filename, content)
    assert filename in str(caught.value)


def test_a_folder_is_read_whole_and_in_the_order_of_types(tmp_path: Path) -> None:
    assert read_fragments(tmp_path) == []
    folder = tmp_path / "changes"
    folder.mkdir()
    names = ("b.added.md", "a.added.md", "z.breaking.md", "a.removed.md")
    for name in (*names, "README.md"):
        (folder / name).write_text(f"{name} is it.")
    fragments = read_fragments(tmp_path)
    assert [each.name for each in fragments] == ["z", "a", "b", "a"]
    assert breaking_entries(fragments) == {"Breaking: z.breaking.md is it."}
    (folder / "notes.txt").write_text("x")
    with pytest.raises(FragmentError, match=r"notes\.txt"):
        read_fragments(tmp_path)


def test_towncrier_has_the_same_folder_and_types() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)["tool"]["towncrier"]
    assert [each["directory"] for each in settings["type"]] == list(FragmentType)
    assert (settings["directory"], settings["filename"]) == ("changes", "CHANGELOG.md")


HEAD = "# Changelog\n\nAll changes.\n"
NOTES = "\n### Added\n\n- New.\n\n"


@pytest.mark.parametrize(
    ("changelog", "notes", "expected"),
    [
        (HEAD, NOTES, f"{HEAD}\n## 0.1.0 (2026-12-01)\n\n### Added\n\n- New.\n"),
        (
            f"{HEAD}\n## 0.1.0 (unreleased)\n\n- Old.\n",
            NOTES,
            f"{HEAD}\n## 0.1.0 (2026-12-01)\n\n- Old.\n\n### Added\n\n- New.\n",
        ),
        (
            f"{HEAD}\n## 0.1.0 (unreleased)\n\n- Old.\n\n## 0.0.1 (2026-01-01)\n\n- Oldest.\n",
            NOTES,
            f"{HEAD}\n## 0.1.0 (2026-12-01)\n\n- Old.\n\n### Added\n\n- New.\n\n"
            "## 0.0.1 (2026-01-01)\n\n- Oldest.\n",
        ),
        (
            f"{HEAD}\n## 0.0.1 (2026-01-01)\n\n- Oldest.\n",
            NOTES,
            f"{HEAD}\n## 0.1.0 (2026-12-01)\n\n### Added\n\n- New.\n\n"
            "## 0.0.1 (2026-01-01)\n\n- Oldest.\n",
        ),
        (
            f"{HEAD}\n## 0.1.0 (unreleased)\n\n- Old.\n",
            "",
            f"{HEAD}\n## 0.1.0 (2026-12-01)\n\n- Old.\n",
        ),
    ],
    ids=["first", "first, by hand", "unreleased above another", "above another", "no fragments"],
)
def test_a_release_goes_to_the_top(changelog: str, notes: str, expected: str) -> None:
    assert with_release(changelog, "0.1.0", DAY, notes) == expected
    assert unreleased_version(expected) is None


@pytest.mark.parametrize(
    ("changelog", "said"),
    [
        ("## 0.1.0 (2026-01-01)\n\n- Old.\n", "already"),
        ("## 0.2.0 (unreleased)\n\n- Old.\n", r"unreleased section 0\.2\.0"),
        ("## 0.1.0 (unreleased)\n\n- A.\n\n## 0.1.0 (2026-01-01)\n\n- Old.\n", "already"),
    ],
)
def test_a_version_is_released_once(changelog: str, said: str) -> None:
    with pytest.raises(ChangelogError, match=said):
        with_release(changelog, "0.1.0", DAY, NOTES)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree with what writes a changelog, and a changelog whose first version is unreleased."""
    for name in ("pyproject.toml", "spec/release/changelog.md.jinja", "a2e_sdk/version.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "CHANGELOG.md").write_text(f"{HEAD}\n## 0.1.0 (unreleased)\n\n- Old.\n")
    (tmp_path / "changes").mkdir()
    shutil.copy(ROOT / "changes/README.md", tmp_path / "changes")
    for name, text in {
        "b.added.md": "A `b`\nthat _is_ 100 %.\n",
        "a.added.md": "An a.",
        "wait.breaking.md": "`A2E.wait` is gone.",
    }.items():
        (tmp_path / "changes" / name).write_text(text)
    return tmp_path


def write_changelog(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    script = ROOT / "spec" / "release" / "changelog.py"
    command = [sys.executable, script, "--tree", tree, "--date", str(DAY), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


RENDERED = """\
### Breaking

- Breaking: `A2E.wait` is gone.

### Added

- An a.
- A `b`
  that _is_ 100 %.
"""


def test_the_fragments_are_shown_and_nothing_is_written(tree: Path) -> None:
    before = {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()}
    done = write_changelog(tree)
    assert (done.returncode, done.stdout, done.stderr) == (0, RENDERED, "")
    assert {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()} == before


def test_writing_moves_every_fragment_into_the_changelog(tree: Path) -> None:
    done = write_changelog(tree, "0.1.0", "--write")
    assert (done.returncode, done.stderr) == (0, "")
    text = (tree / "CHANGELOG.md").read_text()
    assert text == f"{HEAD}\n## 0.1.0 (2026-12-01)\n\n- Old.\n\n{RENDERED}"
    assert [path.name for path in (tree / "changes").iterdir()] == ["README.md"]
    # Again is refused: that version has its section.
    again = write_changelog(tree, "0.1.0", "--write")
    assert again.returncode == 1
    assert "already" in again.stderr
    assert (tree / "CHANGELOG.md").read_text() == text


def test_a_bad_fragment_stops_the_writing(tree: Path) -> None:
    (tree / "changes" / "typo.fxied.md").write_text("A.")
    before = (tree / "CHANGELOG.md").read_text()
    done = write_changelog(tree, "0.1.0", "--write")
    assert done.returncode == 1
    assert "typo.fxied.md" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tree / "CHANGELOG.md").read_text() == before
    assert (tree / "changes" / "b.added.md").exists()

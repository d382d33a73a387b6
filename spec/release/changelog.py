"""Put the fragments of `changes/` into CHANGELOG.md.

    python spec/release/changelog.py                     print what a release would add
    python spec/release/changelog.py VERSION --write     write it, and delete the fragments

This module owns where in CHANGELOG.md they go: into a topmost section `VERSION (unreleased)`,
behind what was written there by hand, or else into a new section above all others. What a fragment
is, is left to spec/api_report/changelog_fragments.py; how it looks, to towncrier and
changelog.md.jinja.
"""

from __future__ import annotations

import argparse
import datetime
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[1:1] = [str(ROOT / "spec" / "api_report")]

from changelog_fragments import FOLDER, FragmentError, read_fragments  # noqa: E402
from release_version import version_of  # noqa: E402

CHANGELOG = "CHANGELOG.md"
_SECTION = re.compile(r"^## (?P<version>\S+) \((?P<state>[^)]*)\)\n", re.MULTILINE)


class ChangelogError(Exception):
    """The changelog can't be written; the text says why."""


def unreleased_version(changelog: str) -> str | None:
    """Return the version of a topmost section that is not released; None if it is, or is none."""
    top = _SECTION.search(changelog)
    return top["version"] if top and top["state"] == "unreleased" else None


def with_release(changelog: str, version: str, date: datetime.date, notes: str) -> str:
    """Return a changelog with the section of a release at its top.

    Args:
        changelog: The changelog so far.
        version: The version that is released.
        date: Its day.
        notes: What the fragments say, as Markdown below the heading of a section.

    Raises:
        ChangelogError: The changelog has that version already, or an unreleased section of another.
    """
    headings = list(_SECTION.finditer(changelog))
    unreleased = unreleased_version(changelog)
    if unreleased not in (None, version):
        raise ChangelogError(
            f"{CHANGELOG} has an unreleased section {unreleased}, and the release is {version}: "
            "one of the two is wrong"
        )
    if any(each["version"] == version for each in headings[bool(unreleased) :]):
        raise ChangelogError(f"{CHANGELOG} has a section {version} already: that is released")
    start = headings[0].start() if headings else len(changelog)
    before, written, after = changelog[:start], "", changelog[start:]
    if unreleased:
        end = headings[1].start() if len(headings) > 1 else len(changelog)
        written, after = changelog[headings[0].end() : end], changelog[end:]
    parts = [f"## {version} ({date.isoformat()})", written.strip("\n"), notes.strip("\n"), after]
    return (
        before.rstrip("\n") + "\n\n" + "\n\n".join(part for part in parts if part).rstrip() + "\n"
    )


def rendered_notes(tree: Path) -> str:
    """Return what the fragments of a tree say, as towncrier renders it; "" where there are none.

    Raises:
        ChangelogError: Towncrier fails.
        FragmentError: A file of the folder is no fragment.
    """
    if not read_fragments(tree):
        return ""
    command = [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "0"]
    done = subprocess.run(
        [*command, "--dir", str(tree)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ChangelogError(f"towncrier failed: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def fragment_files(tree: Path) -> list[Path]:
    """Return the files of the fragments of a tree."""
    return [tree / FOLDER / f"{each.name}.{each.type}.md" for each in read_fragments(tree)]


def main() -> int:
    """Run the command line and return the exit code."""
    parser = argparse.ArgumentParser(description="Put the fragments into CHANGELOG.md.")
    parser.add_argument("version", nargs="?", help="default: that of a2e_sdk/version.py")
    parser.add_argument("--write", action="store_true", help="write, and delete the fragments")
    parser.add_argument("--date", type=datetime.date.fromisoformat, help="default: today, in UTC")
    parser.add_argument("--tree", type=Path, default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args()
    path = options.tree / CHANGELOG
    try:
        notes = rendered_notes(options.tree)
        text = with_release(
            path.read_text(encoding="utf-8"),
            options.version or version_of(options.tree),
            options.date or datetime.datetime.now(datetime.UTC).date(),
            notes,
        )
        files = fragment_files(options.tree)
    except (ChangelogError, FragmentError) as error:
        print(f"{error}.", file=sys.stderr)
        return 1
    if not options.write:
        print(notes.strip("\n") or f"There are no fragments in {FOLDER}/.")
        return 0
    # The changelog first: a fragment that is deleted stands in it.
    path.write_text(text, encoding="utf-8")
    for file in files:
        file.unlink()
    print(f"{CHANGELOG} has {len(files)} fragments more; they are deleted from {FOLDER}/.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

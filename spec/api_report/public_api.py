"""Compare the public Python API with an earlier revision: what changed, whom it breaks.

    python spec/api_report/public_api.py [REV]            print the changes and the next version
    python spec/api_report/public_api.py [REV] --check    also exit 1 if a break has no entry

REV is any name of a commit; without one it is the latest version tag. Where there is none, as in a
shallow checkout, there is nothing to compare with, and that is no failure. Exit code 2 means that
the comparison could not be made.

This module owns the command line, the way to an earlier revision (``git archive`` into a temporary
folder: the repository gets neither worktree nor branch), and the rule for the changelog: a fragment
of type breaking, or a line that begins with "Breaking" in the topmost section of CHANGELOG.md, that
REV did not have, must name what broke, by its path or the last part of it. What is public is left
to public_surface.py, what changed to public_changes.py, the fragments to changelog_fragments.py.
Nothing that is compared is ever run.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from changelog_fragments import FOLDER as FRAGMENTS
from changelog_fragments import FragmentError, breaking_entries, read_fragments
from public_changes import Change, Effect, compare, line_of, release_for
from public_surface import PACKAGES, read_surface
from python_sources import UnreadableSourceError
from release_version import Release, next_version, version_of

ROOT = Path(__file__).resolve().parents[2]
CHANGELOG = "CHANGELOG.md"

_BULLET = re.compile(r"^[-*] +", re.MULTILINE)


class ComparisonError(Exception):
    """The comparison can't be made; the text says why."""


def git(repository: Path, *arguments: str) -> bytes:
    """Run git and return what it prints.

    Raises:
        ComparisonError: git is not there, or fails.
    """
    # A hook's variables would lead git to another repository than the one that is asked for.
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
    }
    try:
        done = subprocess.run(
            ["git", "-C", str(repository), *arguments],
            capture_output=True,
            check=False,
            env=environment,
        )
    except OSError as error:
        raise ComparisonError(f"git can't be run: {error}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip() or "no reason given"
        raise ComparisonError(f"git {arguments[0]}: {said}")
    return done.stdout


def latest_version_tag(repository: Path) -> str | None:
    """Return the newest version tag that the checkout descends from; None without one."""
    patterns = ("--match", "v[0-9]*", "--match", "[0-9]*")
    try:
        return git(repository, "describe", "--tags", "--abbrev=0", *patterns).decode().strip()
    except ComparisonError:
        return None


def extract(repository: Path, revision: str, target: Path) -> None:
    """Write the packages, the changelog and its fragments of a revision into a folder.

    Raises:
        ComparisonError: There is no such revision, or it has none of the packages.
    """
    try:
        if revision.startswith("-"):
            raise ComparisonError("not a revision")
        commit = git(repository, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except ComparisonError:
        raise ComparisonError(f"there is no revision {revision!r} in this checkout") from None
    sha = commit.decode().strip()
    wanted = [path.as_posix() for path in PACKAGES.values()]
    listed = git(
        repository, "ls-tree", "--name-only", "-z", sha, *wanted, CHANGELOG, FRAGMENTS
    ).decode()
    present = [name for name in listed.split("\0") if name]
    if not set(present) & set(wanted):
        raise ComparisonError(f"{revision} has neither {' nor '.join(wanted)}")
    with tarfile.open(fileobj=io.BytesIO(git(repository, "archive", sha, *present))) as archive:
        # The argument `filter` came with Python 3.11.4.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(target)


def breaking_lines(changelog: str) -> set[str]:
    """Return the entries of the topmost section that begin with "Breaking", each on one line."""
    sections = re.split(r"^## ", changelog, flags=re.MULTILINE)
    top = sections[1] if len(sections) > 1 else ""
    entries = {" ".join(entry.split()) for entry in _BULLET.split(top)[1:]}
    return {entry for entry in entries if entry.lstrip("*_ ").startswith("Breaking")}


def unexplained(changes: Iterable[Change], lines: Iterable[str]) -> Iterator[tuple[Change, str]]:
    """Yield every name that broke and that no entry of the changelog mentions."""
    words = {word for line in lines for word in re.findall(r"[\w.]+", line)}
    known = {word.strip(".") for word in words}
    for change in changes:
        for name in change.names if change.effect is Effect.BREAKS else ():
            # As a word finds it: `A2E.wait()` is written without what follows a bracket.
            path = name.replace("()", "")
            if path not in known and path.rpartition(".")[2] not in known:
                yield change, name


def report(changes: list[Change], since: str, version: str) -> str:
    """Return the report: the verdict, and the lines for the changelog by their effect."""
    release = release_for(changes)
    text = f"Public API since {since}: {release}\n"
    with contextlib.suppress(ValueError):  # A version may have another form.
        text += f"Next version: {next_version(version, release)} (after {version})\n"
    if release is Release.PATCH:
        text += "\nNothing that users can name has changed.\n"
    for effect in Effect:
        lines = [line_of(change) for change in changes if change.effect is effect]
        if lines:
            text += f"\n### {effect}\n\n" + "".join(f"{_wrapped(line)}\n" for line in lines)
    return text


def _wrapped(line: str) -> str:
    return textwrap.fill(
        line, 100, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code.

    Args:
        arguments: The arguments, default those of the process.
    """
    parser = argparse.ArgumentParser(description="Compare the public API with a revision.")
    parser.add_argument("revision", nargs="?", help="default: the latest version tag")
    parser.add_argument("--check", action="store_true", help="fail on breaks without an entry")
    parser.add_argument("--repository", type=Path, default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    try:
        return run(options.repository, options.revision, check=options.check)
    except (ComparisonError, FragmentError, UnreadableSourceError) as error:
        print(f"The public API can't be compared: {error}.", file=sys.stderr)
        return 2


def run(repository: Path, revision: str | None, *, check: bool) -> int:
    """Compare, print, and return the exit code.

    Raises:
        ComparisonError: The revision can't be had.
        FragmentError: A file beside the fragments is none.
        UnreadableSourceError: A file of either side is not Python.
    """
    if revision is None:
        revision = latest_version_tag(repository)
    if revision is None:
        print("There is no version tag in this checkout, so nothing to compare with.")
        return 0
    with tempfile.TemporaryDirectory(prefix="public-api-") as folder:
        earlier = Path(folder)
        extract(repository, revision, earlier)
        try:
            before = read_surface(earlier)
        except UnreadableSourceError as error:
            raise ComparisonError(f"{revision}: {error}") from None
        changes = compare(before, read_surface(repository))
        print(report(changes, revision, version_of(earlier)), end="")
        try:
            known = _breaking_lines_of(earlier)
        except FragmentError as error:
            raise ComparisonError(f"{revision}: {error}") from None
        lines = _breaking_lines_of(repository) - known
    missing = list(unexplained(changes, lines)) if check else []
    if missing:
        print(f"\nWrite a fragment {FRAGMENTS}/SHORT-NAME.breaking.md that names:")
        for change, name in missing:
            print(f"  {name}: {change.text}")
    return 1 if missing else 0


def _breaking_lines_of(tree: Path) -> set[str]:
    path = tree / CHANGELOG
    written = breaking_lines(path.read_text(encoding="utf-8")) if path.is_file() else set()
    return written | breaking_entries(read_fragments(tree))


if __name__ == "__main__":
    sys.exit(main())

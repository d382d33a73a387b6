"""Report what another version of openapi-python-client would change, beside the pinned one.

    python spec/generate/next_generator.py DIRECTORY [--document DOCUMENT]

DIRECTORY has the other version, as `pip install --target DIRECTORY` leaves it; `nox -s
next_generator` puts the newest one there. Nothing in the repository is changed. The report says
which templates that we override differ, whether a client can be generated with ours, what in it
differs, and whether the other version generates clients for httpx2. The exit code is 0 if nothing
differs, 1 if something does. What follows from it is left to guides/generate.md.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

import project
from generated_files import TEMPLATES, GenerationError, check_pins, read_tree
from low_level_client import PACKAGE, generate_package

NAME = "openapi-python-client"
_FOLDER = "openapi_python_client"
#: Files of a difference, and lines of one, that are printed.
FILES_SHOWN = 20
LINES_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the generator.

    Attributes:
        number: Its version.
        requirements: What it needs, as its metadata says.
        sources: The text of each of its files, templates included, by its path.
    """

    number: str
    requirements: tuple[str, ...]
    sources: Mapping[str, str]

    @property
    def templates(self) -> dict[str, str]:
        """The text of each of its templates by name."""
        start = "templates/"
        return {
            path.removeprefix(start): text
            for path, text in self.sources.items()
            if path.startswith(start)
        }


def template_lines(before: Version, after: Version, overridden: Iterable[str]) -> list[str]:
    """Say what has become of the templates that we override, and which came and went.

    Args:
        before: The pinned version.
        after: The other one.
        overridden: The names of the templates that we override.
    """
    old, new = before.templates, after.templates
    lines = []
    for name in sorted(overridden):
        if name not in old:
            if name in new:
                lines.append(f"{name}: ours alone until now, it would override one that is new")
        elif name not in new:
            lines.append(f"{name}: gone, so that ours would not be used any more")
        elif old[name] != new[name]:
            added, removed = _count(old[name], new[name])
            lines.append(f"{name}: +{added} -{removed} lines; make the same changes in ours")
    lines += [f"{name}: new, we don't override it" for name in sorted(new.keys() - old.keys())]
    gone = old.keys() - new.keys() - set(overridden)
    return lines + [f"{name}: gone, we didn't override it" for name in sorted(gone)]


def httpx2_lines(version: Version) -> list[str]:
    """Say whether a version generates clients for httpx2, and how that shows."""
    needed = [one for one in version.requirements if re.match(r"httpx2?\b", one)]
    places = [path for path, text in sorted(version.sources.items()) if "httpx2" in text]
    said = f"it needs {', '.join(needed) or 'no httpx'}"
    if not places:
        return [f"the httpx2 target is not out: no file of {version.number} names it; {said}"]
    return [f"httpx2 is named in {', '.join(places[:FILES_SHOWN])}; {said}"]


def difference_lines(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Say which files of two generated packages differ, with the beginning of each difference."""
    names = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    lines = []
    for name in names[:FILES_SHOWN]:
        old, new = before.get(name, ""), after.get(name, "")
        added, removed = _count(old, new)
        lines.append(f"{name}: +{added} -{removed} lines")
        changes = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
        shown = [line for line in changes if not line.startswith(("---", "+++", "@@"))]
        lines += [f"    {line}" for line in shown[: LINES_SHOWN // len(names) + 1]]
    if len(names) > FILES_SHOWN:
        lines.append(f"and {len(names) - FILES_SHOWN} more files")
    return lines


def read_version(found: Distribution) -> Version:
    """Read an installed version of the generator."""
    sources = read_tree(Path(str(found.locate_file(_FOLDER))))
    return Version(found.version, tuple(found.requires or ()), sources)


def generated(document: Path, folder: Path | None, *, stock: bool) -> dict[str, str] | str:
    """Generate a client into a directory that is thrown away.

    Args:
        document: The OpenAPI document.
        folder: Where the version is that generates, or None for the pinned one.
        stock: Whether to leave our templates out.

    Returns:
        The text of each file by its path, or why there is none.
    """
    environment = {} if folder is None else {"PYTHONPATH": str(folder)}
    with tempfile.TemporaryDirectory() as scratch:
        package = Path(scratch, PACKAGE)
        try:
            generate_package(document, package, stock=stock, environment=environment)
        except GenerationError as error:
            return str(error)
        # A stock client leaves the cache of ruff behind, which is never the same twice.
        tree = read_tree(package).items()
        return {path: text for path, text in tree if not path.startswith(".ruff_cache/")}


def report(document: Path, folder: Path) -> tuple[list[str], bool]:
    """Compare the version in a directory with the pinned one.

    Returns:
        The lines of the report, and whether anything differs.

    Raises:
        GenerationError: There is no other version, or the pinned one generates nothing.
    """
    found = next(distributions(name=NAME, path=[str(folder)]), None)
    if found is None:
        raise GenerationError(
            f"{folder} has no {NAME}: install one there with pip install --target"
        )
    before, after = read_version(distribution(NAME)), read_version(found)
    overridden = [path.name for path in TEMPLATES.iterdir() if path.suffix == ".jinja"]
    sections = {"Templates": template_lines(before, after, overridden)}
    for title, stock in (("A client with our templates", False), ("A stock client", True)):
        old, new = (generated(document, where, stock=stock) for where in (None, folder))
        if isinstance(old, str):
            raise GenerationError(f"the pinned version generates nothing to compare with: {old}")
        if isinstance(new, str):
            sections[title] = ["can't be generated:", *(f"    {line}" for line in new.split("\n"))]
        else:
            sections[title] = difference_lines(old, new)
    lines = [f"{NAME} {after.number} beside the pinned {before.number}", ""]
    for title, told in sections.items():
        lines += [title, *(f"  {line}" for line in told or ["nothing differs"]), ""]
    lines += ["httpx2", *(f"  {line}" for line in httpx2_lines(after))]
    return lines, any(sections.values())


def _count(before: str, after: str) -> tuple[int, int]:
    """Return how many lines were added and removed."""
    changes = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    lines = [line for line in changes if not line.startswith(("---", "+++"))]
    added = sum(line.startswith("+") for line in lines)
    return added, sum(line.startswith("-") for line in lines)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: The arguments, default those of the process.

    Returns:
        The exit code, see above; 2 if nothing could be compared.
    """
    parser = argparse.ArgumentParser(description="Compare another version of the generator.")
    parser.add_argument("folder", type=Path, metavar="DIRECTORY")
    parser.add_argument("--document", type=Path, default=project.DOCUMENT)
    options = parser.parse_args(arguments)
    try:
        check_pins()
        lines, differs = report(options.document.resolve(), options.folder.resolve())
    except GenerationError as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(lines))
    return 1 if differs else 0


if __name__ == "__main__":
    sys.exit(main())

"""Writing generated files, or comparing them with the files that are there.

This module owns what all generators have in common: the pinned tools, the template engine, the
format of generated Python, the difference between two trees, and the command line of a generator
with its `--check`. What a file contains is left to the generators and to `templates/`.
"""

from __future__ import annotations

import argparse
import difflib
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import jinja2

import project

TEMPLATES = Path(__file__).resolve().parent / "templates"

_environment = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_environment.filters["repr"] = repr


class GenerationError(Exception):
    """A file could not be generated; the message says why."""


@dataclass(frozen=True)
class Files:
    """The files of one generator.

    Attributes:
        root: The directory that the paths are relative to.
        present: The text of each file that is there, by its path.
        wanted: The text of each file that there has to be.
    """

    root: Path
    present: Mapping[str, str]
    wanted: Mapping[str, str]


def check_pins() -> None:
    """Make sure that the pinned tools are installed; other versions generate other bytes.

    Raises:
        GenerationError: A tool is missing or has another version.
    """
    for line in (project.SPEC / "requirements.txt").read_text().split():
        name, pinned = line.split("==")
        try:
            installed = version(name)
        except PackageNotFoundError:
            installed = "none"
        if installed != pinned:
            raise GenerationError(f"{name} {pinned} is needed, found {installed}")


def render(template: str, **values: Any) -> str:
    """Return the text of a template; a value that it needs and does not get is an error."""
    return _environment.get_template(template).render(values)


def formatted(texts: Mapping[str, str]) -> dict[str, str]:
    """Return Python files with sorted imports and in the format of the project.

    Args:
        texts: The text of each file by its path.
    """
    # Isolated: settings above a directory must not change what is generated.
    settings = ["--isolated", "--no-cache", "--line-length", "100", "--target-version", "py311"]
    fixes = ["check", "--fix-only", "--unsafe-fixes", "--quiet", "--select", "I,F401,C416,UP035"]
    fixes += ["--config", 'lint.isort.known-first-party=["a2e_api", "a2e_sdk"]']
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), texts)
        for command in (fixes, ["format", "--quiet"]):
            subprocess.run([sys.executable, "-m", "ruff", *command, *settings, folder], check=True)
        return read_tree(Path(folder))


def write_files(root: Path, texts: Mapping[str, str]) -> None:
    """Write files below a directory, and the directories that they need."""
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def read_tree(root: Path) -> dict[str, str]:
    """Return the text of every file below a directory by its path, without Python's byte code."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode(errors="replace")
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def differences(present: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[str]:
    """Yield a unified diff from `present` to `wanted`, file by file; nothing if they are equal."""
    for name in sorted(present.keys() | wanted.keys()):
        before, after = present.get(name), wanted.get(name)
        if before == after:
            continue
        state = "missing" if before is None else "not generated" if after is None else "differs"
        yield f"{name}: {state}\n"
        for line in difflib.unified_diff(
            (before or "").splitlines(keepends=True),
            (after or "").splitlines(keepends=True),
            f"present/{name}",
            f"wanted/{name}",
        ):
            yield line if line.endswith("\n") else f"{line}\n"


def print_differences(present: Mapping[str, str], wanted: Mapping[str, str]) -> int:
    """Print what differs and return the exit code: 1 for a difference, else 0."""
    changes = list(differences(present, wanted))
    sys.stdout.writelines(changes)
    return 1 if changes else 0


def run_generator(description: str, generate: Callable[[], Files]) -> int:
    """Run the command line of a generator: write its files, or with `--check` print what differs.

    Args:
        description: What the generator does, for `--help`.
        generate: Makes the files.

    Returns:
        The exit code: 0 for success, 1 for a difference or a failure.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--check", action="store_true", help="only print what would change")
    options = parser.parse_args()
    try:
        check_pins()
        files = generate()
    except GenerationError as error:
        print(error, file=sys.stderr)
        return 1
    if options.check:
        return print_differences(files.present, files.wanted)
    for name in files.present.keys() - files.wanted.keys():
        (files.root / name).unlink()
    write_files(files.root, files.wanted)
    return 0

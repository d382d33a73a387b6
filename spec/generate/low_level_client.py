"""Generate the low-level client from the OpenAPI document, or compare it with what is there.

    python spec/generate.py [OUTPUT_DIRECTORY]           write OUTPUT_DIRECTORY/a2e_api
    python spec/generate.py --check [OUTPUT_DIRECTORY]   print what would change, and exit 1
    python spec/generate.py --stock OUTPUT_DIRECTORY     the same without our templates

OUTPUT_DIRECTORY is generated/ by default. A run that fails or warns changes nothing. The same input
gives the same bytes, from any directory. What is generated is decided by openapi.yaml,
generator.yaml and templates/ beside this file; this script only runs the generator and puts its
output in place.
"""

from __future__ import annotations

import argparse
import difflib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ruamel.yaml import YAML

HERE = Path(__file__).resolve().parent
PACKAGE = "a2e_api"


class GenerationError(Exception):
    """The client could not be generated; the message says why."""


def check_pins(requirements: str) -> None:
    """Make sure that the pinned tools are installed, because another version makes other bytes.

    Args:
        requirements: Lines of the form `name==version`.

    Raises:
        GenerationError: A tool is missing or has another version.
    """
    for line in requirements.split():
        name, pinned = line.split("==")
        try:
            installed = version(name)
        except PackageNotFoundError:
            installed = "none"
        if installed != pinned:
            raise GenerationError(f"{name} {pinned} is needed, found {installed}")


def run_generator(document: Path, package: Path, *, stock: bool) -> None:
    """Generate `package` from `document`.

    Args:
        document: The OpenAPI document.
        package: The directory to make.
        stock: Whether to leave our templates out.

    Raises:
        GenerationError: The generator reported an error or a warning.
    """
    # The generator looks for ruff on PATH; it must be the pinned one beside this Python.
    search_path = [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning"]
    command += ["--path", str(document), "--output-path", str(package), "--meta", "none"]
    command += ["--config", str(HERE / ("generator-stock.yaml" if stock else "generator.yaml"))]
    boundary = package / "ruff.toml"
    if stock:
        # As in a directory of its own: the stock hooks would heed the settings of a project above.
        package.mkdir()
        boundary.touch()
        command += ["--overwrite"]
    else:
        command += ["--custom-template-path", str(HERE / "templates")]
    done = subprocess.run(
        command,
        env={**os.environ, "PATH": os.pathsep.join(search_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise GenerationError(f"the generator failed:\n{done.stdout}{done.stderr}".rstrip())
    boundary.unlink(missing_ok=True)
    (package / "py.typed").touch()
    if not stock:
        add_index(document, package)


def add_index(document: Path, package: Path) -> None:
    """Add the index of operations to a generated package; see ``operation_index``."""
    from operation_index import write_index

    write_index(YAML(typ="safe").load(document), package)
    ruff = [sys.executable, "-m", "ruff"]
    written = [str(package / "operations"), str(package / "schemas")]
    settings = ["--isolated", "--no-cache", "--line-length", "100"]
    for command in (
        ["check", "--fix-only", "--quiet", "--select", "I,F401,UP035"],
        ["format", "--quiet"],
    ):
        subprocess.run([*ruff, *command, *settings, *written], check=True)


def put_in_place(made: Path, target: Path) -> None:
    """Replace the directory `target` by a copy of `made`.

    Should that fail, the old one stays or is put back.

    Args:
        made: The new content.
        target: The directory to replace; it may be missing.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target, because only a rename within one file system is atomic.
    with tempfile.TemporaryDirectory(prefix=".generate-", dir=target.parent) as beside:
        new, old = Path(beside, "new"), Path(beside, "old")
        shutil.copytree(made, new)
        if target.exists():
            target.rename(old)
        try:
            new.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise


def read_tree(root: Path) -> dict[str, str]:
    """Return the text of every file below `root` by its path, without Python's byte code."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode(errors="replace")
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def differences(present: dict[str, str], wanted: dict[str, str]) -> Iterator[str]:
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


def update_files(
    root: Path, present: dict[str, str], wanted: dict[str, str], *, check: bool
) -> int:
    """Write the wanted files below `root` and remove the others, or only print what differs.

    Args:
        root: The directory that the paths are relative to.
        present: The text of each file that is there.
        wanted: The text of each file that there has to be.
        check: Whether to write nothing.

    Returns:
        The exit code: 1 for a difference that was printed, else 0.
    """
    if check:
        changes = list(differences(present, wanted))
        sys.stdout.writelines(changes)
        return 1 if changes else 0
    for name in present.keys() - wanted.keys():
        (root / name).unlink()
    for name, text in wanted.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: The arguments, default those of the process.

    Returns:
        The exit code: 0 for success, 1 for a difference or a failure.
    """
    parser = argparse.ArgumentParser(description="Generate the low-level client.")
    parser.add_argument("output", nargs="?", type=Path, default=HERE.parent / "generated")
    parser.add_argument("--check", action="store_true", help="only print what would change")
    parser.add_argument("--stock", action="store_true", help="leave our templates out")
    parser.add_argument("--document", type=Path, default=HERE / "openapi.yaml")
    options = parser.parse_args(arguments)
    if options.stock and options.output == parser.get_default("output"):
        parser.error("--stock needs an OUTPUT_DIRECTORY of its own")
    output: Path = options.output.resolve()
    try:
        check_pins((HERE / "requirements.txt").read_text())
        # Not below the output directory: the tools look for settings in the directories above.
        with tempfile.TemporaryDirectory() as scratch:
            made = Path(scratch, PACKAGE)
            run_generator(options.document.resolve(), made, stock=options.stock)
            if not options.check:
                put_in_place(made, output / PACKAGE)
                return 0
            changes = list(differences(read_tree(output), read_tree(Path(scratch))))
    except GenerationError as error:
        print(error, file=sys.stderr)
        return 1
    sys.stdout.writelines(changes)
    return 1 if changes else 0


if __name__ == "__main__":
    sys.exit(main())

"""Generate the low-level client from the OpenAPI document, or compare it with what is there.

    python spec/generate/low_level_client.py [OUTPUT_DIRECTORY]           write it
    python spec/generate/low_level_client.py --check [OUTPUT_DIRECTORY]   print what would change
    python spec/generate/low_level_client.py --stock OUTPUT_DIRECTORY     without our templates

OUTPUT_DIRECTORY is generated/ by default; the client is its package a2e_api. The exit code is 1
for a difference or a failure. A run that fails or warns changes nothing. The same input gives the
same bytes, from any directory. This module owns the command line and replacing the package in one
step. What is generated is decided by spec/openapi.yaml, and by generator.yaml and templates/ beside
this file; client_package.py runs openapi-python-client and adds the index of operations, in a
process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import yaml

import project
from generated_files import GenerationError, check_pins, print_differences, read_tree
from yaml_document import read_document

HERE = Path(__file__).resolve().parent
#: The program that generates. Here its imports would be loaded a second time, which takes seconds.
_PROGRAM = HERE / "client_package.py"
PACKAGE = "a2e_api"


def generate_package(
    document: Path,
    package: Path,
    *,
    stock: bool,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Generate `package` from `document`.

    Args:
        document: The OpenAPI document.
        package: The directory to make.
        stock: Whether to leave our templates out.
        environment: Further environment variables of the generator.

    Raises:
        GenerationError: The document is no YAML, or the generator reported an error or a warning.
    """
    try:
        content = read_document(document)
    except yaml.YAMLError as error:
        raise GenerationError(f"Invalid YAML in {document}: {error}") from error
    # The generator looks for ruff on PATH; it must be the pinned one beside this Python.
    search_path = [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    command = [sys.executable, str(_PROGRAM), str(package), *(["--stock"] if stock else [])]
    boundary = package / "ruff.toml"
    if stock:
        # The stock hooks would heed the settings of a project above.
        package.mkdir()
        boundary.touch()
    # As JSON, which the generator reads in a hundredth of the time that YAML takes it.
    with tempfile.TemporaryDirectory() as folder:
        as_json = Path(folder, "openapi.json")
        as_json.write_text(json.dumps(content), encoding="utf-8")
        done = subprocess.run(
            [*command, str(as_json)],
            env={**os.environ, "PATH": os.pathsep.join(search_path), **(environment or {})},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode != 0:
        raise GenerationError(f"the generator failed:\n{done.stdout}{done.stderr}".rstrip())
    boundary.unlink(missing_ok=True)
    (package / "py.typed").touch()


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


def main(arguments: list[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: The arguments, default those of the process.

    Returns:
        The exit code: 0 for success, 1 for a difference or a failure.
    """
    parser = argparse.ArgumentParser(description="Generate the low-level client.")
    parser.add_argument("output", nargs="?", type=Path, default=project.GENERATED)
    parser.add_argument("--check", action="store_true", help="only print what would change")
    parser.add_argument("--stock", action="store_true", help="leave our templates out")
    parser.add_argument("--document", type=Path, default=project.DOCUMENT)
    options = parser.parse_args(arguments)
    if options.stock and options.output == parser.get_default("output"):
        parser.error("--stock needs an OUTPUT_DIRECTORY of its own")
    output: Path = options.output.resolve()
    try:
        check_pins()
        # Not below the output directory: the tools look for settings in the directories above.
        with tempfile.TemporaryDirectory() as scratch:
            made = Path(scratch, PACKAGE)
            generate_package(options.document.resolve(), made, stock=options.stock)
            if not options.check:
                put_in_place(made, output / PACKAGE)
                return 0
            return print_differences(read_tree(output), read_tree(Path(scratch)))
    except GenerationError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())

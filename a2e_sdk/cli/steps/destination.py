"""Where a result is to go, tried out before anything is paid for.

This module owns the checks of ``--output``: the place is made and removed again, as a download will
make it, because no rule tells as surely what a file system takes.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from a2e_sdk import errors
from a2e_sdk._files.cloud_urls import is_cloud, place_of
from a2e_sdk._files.names import part_path
from a2e_sdk._files.object_store import is_object_there, require_writable
from a2e_sdk.models.cloud import CloudPath

#: The value of ``--output`` that means standard output.
STANDARD_OUTPUT = "-"

_LONGEST_NAME = f"{0:024}.mp4"
_BLOCK = bytes(4096)


class SeveralResultsError(errors.A2EError):
    """A task has several results, and standard output takes one."""


def nothing_to_save(output: str, existing: str, *, as_json: bool = False, results: int = 1) -> bool:
    """Check where a result is to go, before anything is paid for.

    Args:
        output: The file, a directory, or ``-``.
        existing: ``error``, ``overwrite`` or ``skip``.
        as_json: Whether standard output is wanted for JSON.
        results: How many results are asked for, as far as that is known.

    Returns:
        Whether the file is there already and is to stay.

    Raises:
        ValueError: Nothing can be written there.
        FileExistsError: It is there, and ``existing`` is ``error``; or it is no plain file.
        FileNotFoundError: The directory it is to go to does not exist.
    """
    if not output:
        raise ValueError("--output is empty; name a file, a directory, or - for standard output.")
    if output == STANDARD_OUTPUT:
        _require_standard_output(as_json, results)
        return False
    if is_cloud(output):
        return _is_kept_in_store(output, existing, results)
    try:
        if output.endswith(("/", os.sep)):
            Path(output).mkdir(parents=True, exist_ok=True)
        if os.path.isdir(output):
            _try_out(Path(output), _LONGEST_NAME)
            return False
        path = Path(output)
        if not os.path.isdir(path.parent):
            raise FileNotFoundError(f"--output: there is no directory {str(path.parent)!r}.")
        names = [path.with_name(f"{path.stem}-{n}{path.suffix}") for n in range(1, results + 1)]
        found = [_is_there(target) for target in (names if results > 1 else [path])]
        if any(found) and existing == "error":
            raise FileExistsError(
                f"{output!r} exists: --existing overwrite replaces it, --existing skip keeps it."
            )
        if all(found) and existing == "skip":
            return True
        _try_out(path.parent, max(names, key=lambda name: len(str(name))).name)
    except OSError as problem:
        if problem.errno is None:  # one of our own
            raise
        reason = problem.strerror or problem
        raise ValueError(f"--output: can't write {output!r}: {reason}.") from None
    return False


def _is_kept_in_store(output: str, existing: str, results: int) -> bool:
    """Do the same for an object: its folder is tried out, and what is there is looked at."""
    place = place_of(output, "--output")
    folder = place if place.is_folder else place.folder
    require_writable(folder, "--output")
    if place.is_folder:
        return False
    path = CloudPath(place.name)
    numbered = [f"{path.stem}-{n}{path.suffix}" for n in range(1, results + 1)]
    names = numbered if results > 1 else [place.name]
    found = [is_object_there(place_of(folder.below(name), "--output")) for name in names]
    if any(found) and existing == "error":
        raise FileExistsError(
            f"{output!r} exists: --existing overwrite replaces it, --existing skip keeps it."
        )
    return all(found) and existing == "skip"


def _require_standard_output(as_json: bool, results: int) -> None:
    from a2e_sdk.cli.output.streams import require_output

    if as_json:
        raise ValueError("--output - and --json both need standard output; give one.")
    if results > 1:
        raise ValueError(f"--output - takes one result, not {results}; name a directory instead.")
    require_output()
    try:
        with tempfile.TemporaryDirectory(prefix="a2e-") as directory:
            _try_out(Path(directory), _LONGEST_NAME)
    except OSError as problem:
        reason = problem.strerror or problem
        raise ValueError(f"--output - needs room for temporary files: {reason}.") from None


def _is_there(path: Path) -> bool:
    if not os.path.lexists(path) or not os.path.exists(path):
        return False
    if not os.path.isfile(path):
        raise FileExistsError(
            f"--output: {str(path)!r} is no plain file; - stands for standard output."
        )
    return True


def _try_out(directory: Path, name: str) -> None:
    """Make a file as a download does, and remove it."""
    with contextlib.suppress(FileNotFoundError):
        os.lstat(directory / name)  # It says so where the final name itself is too long.
    trial = part_path(directory / name, secrets.token_hex(4))
    descriptor = os.open(trial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        os.write(descriptor, _BLOCK)
    finally:
        os.close(descriptor)
        with contextlib.suppress(OSError):
            trial.unlink()

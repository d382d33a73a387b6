"""A file by which a worker sees that a folder is the coordinator's own, and no copy of it.

This module owns these marks. The coordinator keeps its marks locked, so that a worker also sees
whether the locks of the file system reach it: those of the journal have to. A mark that a killed
coordinator left is removed like the other unfinished files of a batch.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Generator, Iterable
from contextlib import ExitStack, contextmanager
from pathlib import Path

from a2e_sdk._batch.whole_file import BEGINNING, END, remove_left_behind
from a2e_sdk._files.part_note import FLAGS, is_at, lock_file
from a2e_sdk.errors import ConfigurationError

#: For so long a file of another machine may not be seen yet, in seconds.
_PATIENCE = 5.0


def mark_in(folder: Path, run: str) -> Path:
    """Return the mark of a run in a folder."""
    return folder / f"{BEGINNING}cluster-{run}{END}"


@contextmanager
def marked(marks: Iterable[Path]) -> Generator[None]:
    """Keep marks while the block runs.

    Args:
        marks: Their paths, none of which is there.

    Raises:
        ConfigurationError: A folder is on a file system without locks.
        OSError: A folder can't be written.
    """
    with ExitStack() as opened:
        for mark in marks:
            remove_left_behind(mark.parent)
            opened.enter_context(_marked(mark))
        yield


@contextmanager
def _marked(mark: Path) -> Generator[None]:
    descriptor = _locked(mark)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            os.unlink(mark)
        os.close(descriptor)


def _locked(mark: Path) -> int:
    while True:
        descriptor = os.open(mark, FLAGS | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            # Before it was locked, another process may have taken it for one left behind.
            if lock_file(descriptor) and is_at(mark, os.fstat(descriptor)):
                return descriptor
        except OSError:
            os.unlink(mark)
            os.close(descriptor)
            raise ConfigurationError(
                f"{str(mark.parent)!r} is on a file system without locks, which several workers "
                "need. Nothing was started: choose another folder."
            ) from None
        with contextlib.suppress(OSError):
            os.unlink(mark)
        os.close(descriptor)


def problem_of_mark(mark: Path) -> str | None:
    """Return why a folder is not the coordinator's own, with its locks; None where it is."""
    folder = str(mark.parent)
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            descriptor = os.open(mark, FLAGS)
            break
        except OSError as error:
            if time.monotonic() < end and mark.parent.exists():
                time.sleep(0.1)
                continue
            why = error.strerror or str(error)
            return (
                f"it does not see the folder {folder!r} that the coordinator has ({why}): give all "
                "of them one folder, at the same path"
            )
    try:
        if lock_file(descriptor):
            return (
                f"the locks of the file system of {folder!r} do not reach it: use one whose locks "
                "hold for all machines"
            )
    except OSError as error:
        return f"it can't lock a file in {folder!r}: {error.strerror or error}"
    finally:
        os.close(descriptor)
    return None

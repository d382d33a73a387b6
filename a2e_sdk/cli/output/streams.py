"""The standard streams of a process, whatever state they are in.

This module owns what is done about a stream that is closed, full or unable to express a letter: a
command that has paid for something must neither end with a traceback nor with an exit code of the
interpreter's because of one.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


class OutputError(OSError):
    """Standard output could not be written."""


class ClosedStream(io.TextIOBase):
    """Stands where a standard stream is closed: every write fails, as one to a closed file does."""

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding that texts are prepared for."""
        return "utf-8"

    def write(self, text: str, /) -> int:
        """Refuse the text.

        Raises:
            OSError: Always.
        """
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def hold_descriptors() -> None:
    """Open the null device in the place of closed standard streams.

    Else the next file or connection would take the place, and what is meant for the stream would be
    written into it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def prepare_streams() -> None:
    """Make the standard streams fit for any text: letters they can't express are escaped."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, ClosedStream())
        elif isinstance(stream, io.TextIOWrapper) and stream.errors != "backslashreplace":
            stream.reconfigure(errors="backslashreplace")


@contextmanager
def writing() -> Generator[None, None, None]:
    """Tell failures of standard output from others.

    Raises:
        OutputError: It could not be written; a pipe whose reader has left stays a BrokenPipeError.
    """
    try:
        yield
    except (BrokenPipeError, OutputError):
        raise
    except OSError as problem:
        raise OutputError(
            f"can't write to standard output: {problem.strerror or problem}"
        ) from None


def require_output() -> None:
    """Check that standard output can be written, without writing.

    Raises:
        ValueError: It is closed, or open for reading only.
    """
    try:
        os.write(sys.stdout.fileno(), b"")
    except io.UnsupportedOperation:
        # A stand-in without a descriptor, such as that of a program that captures output.
        if isinstance(sys.stdout, ClosedStream):
            raise ValueError("--output -: standard output is closed.") from None
    except OSError as problem:
        raise ValueError(f"--output -: standard output: {problem.strerror}.") from None


def copy_to_output(file: Path) -> None:
    """Write the bytes of a file to standard output.

    Raises:
        OutputError: It could not be written.
        BrokenPipeError: The reader has left.
    """
    with writing(), file.open("rb") as source:
        sys.stdout.flush()
        import shutil

        shutil.copyfileobj(source, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def flush_output() -> None:
    """Write what is still buffered for standard output.

    Raises:
        OutputError: It could not be written.
        BrokenPipeError: The reader has left.
    """
    with writing():
        sys.stdout.flush()


def discard_output() -> None:
    """Drop what is still buffered: it would fail again when the interpreter ends."""
    _discard(sys.stdout)


def settle_streams() -> None:
    """Flush both streams for the last time, whatever comes of it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            _discard(stream)


def _discard(stream: TextIO) -> None:
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())

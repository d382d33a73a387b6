"""Content that can be read only once, such as a pipe, copied so that it can be read again.

A pipe may bring its bytes late or never, and a thread that waits in a read can't be interrupted. So
the reading is done by a daemon thread, which can be abandoned at any time by whoever waits for the
copy: it holds up neither a cancelled task nor the end of the process.
"""

from __future__ import annotations

import io
import sys
import threading
from typing import BinaryIO, cast

if sys.platform != "win32":
    import select

_CHUNK = 256 * 1024
_LOOK_MILLISECONDS = 100


class Spool:
    """A copy of a stream in a temporary file, made in a thread from now on.

    Args:
        stream: What is read, to its end.
        name: The argument's name, for the messages.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._abandoned = False
        self._error: BaseException | None = None
        self._copy: BinaryIO = io.BytesIO()
        threading.Thread(target=self._run, name="a2e-spool", daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Wait for the end of the stream, but not longer than some seconds; tell whether it came.

        Raises:
            ValueError: The stream does not wait for its bytes.
            OSError: It can't be read, or there is no room for the copy.
        """
        if not self._ended.wait(seconds):
            return False
        if self._error is not None:
            raise self._error
        return True

    def take(self) -> BinaryIO:
        """Return the copy, from its beginning; closing it removes it."""
        self._copy.seek(0)
        return self._copy

    def abandon(self) -> None:
        """Leave the copy to the thread, which removes it as soon as it sees this."""
        with self._lock:
            self._abandoned = True
            if self._ended.is_set():
                self._copy.close()

    def _run(self) -> None:
        import tempfile

        try:
            # It goes away when it is closed.
            self._copy = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115
            while not self._abandoned:
                if self._is_readable():
                    chunk = self._read()
                    if not chunk:
                        break
                    self._copy.write(chunk)
        except BaseException as error:
            self._error = error
        with self._lock:
            self._ended.set()
            if self._abandoned or self._error is not None:
                self._copy.close()

    def _is_readable(self) -> bool:
        """Wait a little until there is something to read, where the system can tell that.

        It can't where bytes may be under way between the file and the reader, as with TLS.
        """
        stream: object = self._stream
        if isinstance(stream, io.BufferedReader):
            stream = cast("io.BufferedReader[io.RawIOBase]", stream).raw
        if sys.platform == "win32" or not isinstance(stream, io.FileIO) or stream.closed:
            return True
        poll = select.poll()
        poll.register(stream.fileno(), select.POLLIN)
        return bool(poll.poll(_LOOK_MILLISECONDS))

    def _read(self) -> bytes:
        # What is there, without waiting for as much as is asked for.
        stream: object = self._stream
        read = stream.read1 if isinstance(stream, io.BufferedReader) else self._stream.read
        chunk = cast("bytes | None", read(_CHUNK))
        if chunk is None:
            raise ValueError(f"{self._name} is a file that does not wait for its bytes.")
        return chunk

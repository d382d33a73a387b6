"""Objects in the stores of clouds: looked at, read in blocks, written in parts, and signed links.

This module owns the way to the library that talks to the stores, which is loaded when it is first
needed, and what its errors become. It waits for the network; credentials are found by the library,
and are neither kept nor shown here.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

from a2e_sdk import errors

from .cloud_urls import CloudPlace, ObjectFacts

ResultT = TypeVar("ResultT")

#: For so long a signed link works; no store of the table allows more than seven days.
SIGNED_HOURS = 24

#: So much of an object is held in memory at once, when it is read and when it is written.
BLOCK = 8 * 1024 * 1024
_PARTS_AT_ONCE = 2
#: A block that breaks off is asked for again so often.
_TRIES = 4
_RETRY = {
    "max_retries": 6,
    "retry_timeout": timedelta(seconds=90),
    "backoff": {
        "init_backoff": timedelta(milliseconds=100),
        "max_backoff": timedelta(seconds=10),
        "base": 2,
    },
}
_OPERATION = "object store"
_PATH = "path"
_ADVICE = "Check the network, the endpoint and the region of the store."
#: The process whose threads the library works with.
_USED_IN: dict[str, int] = {}
_NEEDS = 'addresses such as s3://bucket/name need the extra "cloud": pip install "a2e-sdk[cloud]".'
_CODE = re.compile(r"<Code>([A-Za-z0-9.]{1,60})</Code>")
_STATUS = re.compile(r"status code: (\d{3})")
_NO_BUCKET = ("NoSuchBucket", "ContainerNotFound", "The specified bucket does not exist")
#: Where the library looks for credentials last, and what it says where it found none.
_NO_CREDENTIALS = re.compile(
    r"169\.254\.169\.254|169\.254\.170\.2|metadata\.google|latest/api/token|token request|"
    r"[Mm]issing ?(AccessKey|Account|Secret)|[Mm]ust be specified|credential",
)
_EXPIRED = ("ExpiredToken", "RequestExpired", "TokenRefreshRequired")
_BUSY = ("SlowDown", "ServiceUnavailable", "TooManyRequests", "ServerBusy")


def require_object_stores() -> Any:
    """Return the library.

    Raises:
        ConfigurationError: It is not installed, or this process was forked from one that used it.
    """
    try:
        import obstore
    except ImportError:
        raise errors.ConfigurationError(_NEEDS) from None
    # Its threads don't come along into a forked child, which would wait for them for ever.
    if _USED_IN.setdefault("process", os.getpid()) != os.getpid():
        raise errors.ConfigurationError(
            "object stores can't be used in this process: it was forked from one that had used "
            "them. Start it with the method 'spawn' or 'forkserver', or fork before the first use."
        )
    return obstore


@lru_cache(maxsize=32)
def _store(root: str) -> Any:
    require_object_stores()
    from obstore.store import from_url

    retry: Any = _RETRY
    return from_url(root, retry_config=retry)


def facts_of(place: CloudPlace, name: str) -> ObjectFacts:
    """Return what a store says of an object.

    Args:
        place: Where it is.
        name: The argument's name, for the messages.

    Raises:
        FileNotFoundError: There is none.
        ConfigurationError: The bucket is not there, or can't be read with the credentials.
        APIConnectionError: The store can't be reached.
    """
    head = require_object_stores().head
    found = _told(place, name, "read", lambda: head(_store(place.root), place.key))
    return ObjectFacts(found["size"], found["e_tag"], found["version"])


def is_object_there(place: CloudPlace) -> ObjectFacts | None:
    """Return what a store says of an object; None where there is none.

    Raises:
        ConfigurationError, APIConnectionError: As `facts_of` does.
    """
    try:
        return facts_of(place, "path")
    except FileNotFoundError:
        return None


class ObjectFile(io.RawIOBase):
    """An object that is read like a file: in blocks, and always the same one.

    Where it is replaced while it is open, reading it raises.

    Args:
        place: Where it is.
        name: The argument's name, for the messages.

    Attributes:
        place: Where it is.
        facts: What the store says of it.

    Raises:
        FileNotFoundError, ConfigurationError, APIConnectionError: As `facts_of` does.
    """

    def __init__(self, place: CloudPlace, name: str) -> None:
        self.place = place
        self.facts = facts_of(place, name)
        self._argument = name
        self._position = 0
        self._block = b""
        self._block_start = 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it can be read again."""
        return True

    def tell(self) -> int:
        """Return the position."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a position, and return it."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.facts.size}[whence]
        self._position = max(base + offset, 0)
        return self._position

    def readinto(self, buffer: Any) -> int:
        """Read the next bytes."""
        view = memoryview(buffer)
        found = self._next(len(view))
        view[: len(found)] = found
        return len(found)

    def _next(self, wanted: int) -> bytes:
        left = self.facts.size - self._position
        if left <= 0 or wanted <= 0:
            return b""
        start = self._position - self._block_start
        if not 0 <= start < len(self._block):
            # The first look at an object is for its type, and takes no more than that.
            is_look = self._position == 0 and wanted < 4096
            self._block = b""  # Two blocks at once would be twice the memory.
            self._block = self._fetch(self._position, min(wanted if is_look else BLOCK, left))
            self._block_start, start = self._position, 0
        found = self._block[start : start + wanted]
        self._position += len(found)
        return found

    def _fetch(self, start: int, size: int) -> bytes:
        options: dict[str, Any] = {"range": (start, start + size)}
        if self.facts.etag is not None:
            options["if_match"] = self.facts.etag
        place = self.place
        for _ in range(_TRIES):
            block = _told(place, self._argument, "read", lambda: _block_of(place, options))
            if block is not None and len(block) == size:
                return block
        raise errors.APIConnectionError(
            f"{self._argument}: {place.url!r} broke off while it was read, {_TRIES} times in a row",
            operation=_OPERATION,
            advice=_ADVICE,
        )


def _block_of(place: CloudPlace, options: dict[str, Any]) -> bytes | None:
    """Return a range of an object; None where it broke off on the way."""
    obstore = require_object_stores()
    # The library has tried this again by itself, but not the body that follows.
    reply = obstore.get(_store(place.root), place.key, options=options)
    try:
        return bytes(reply.bytes())
    except obstore.exceptions.BaseError:
        return None


class ObjectWriter:
    """An object that appears whole when it is finished, or not at all; it is sent in parts.

    Args:
        place: Where it will be.
        content_type: Its type; None where that is not known.
    """

    def __init__(self, place: CloudPlace, content_type: str | None = None) -> None:
        self._place = place
        self._file = _told(
            place,
            _PATH,
            "write",
            lambda: require_object_stores().open_writer(
                _store(place.root),
                place.key,
                attributes=_attributes(content_type),
                buffer_size=BLOCK,
                max_concurrency=_PARTS_AT_ONCE,
            ),
        )

    def write(self, chunk: bytes) -> None:
        """Send the next bytes."""
        _told(self._place, _PATH, "write", lambda: self._file.write(chunk))

    def finish(self) -> None:
        """Have it appear."""
        _told(self._place, _PATH, "write", self._file.close)

    def abort(self) -> None:
        """Drop what was sent, of which nothing is left."""
        _drop(self._file)


def write_object(place: CloudPlace, content: bytes, content_type: str | None = None) -> None:
    """Write a small object.

    Raises:
        ConfigurationError, APIConnectionError: As `require_writable` does.
    """
    put = require_object_stores().put
    _told(
        place,
        _PATH,
        "write",
        lambda: put(
            _store(place.root),
            place.key,
            content,
            attributes=_attributes(content_type),
            use_multipart=False,
        ),
    )


def _attributes(content_type: str | None) -> dict[str, str] | None:
    return None if content_type is None else {"Content-Type": content_type}


def require_writable(folder: CloudPlace, name: str) -> None:
    """Refuse a folder that objects can't be written to: one is begun there, and dropped.

    Args:
        folder: The folder.
        name: The argument's name, for the messages.

    Raises:
        ConfigurationError: The bucket is not there, or must not be written to.
        APIConnectionError: The store can't be reached.
    """
    _told(folder, name, "write", lambda: _probe(folder))


def _probe(folder: CloudPlace) -> None:
    key = f"{folder.key}/.a2e-probe".lstrip("/")
    open_writer = require_object_stores().open_writer
    probe = open_writer(_store(folder.root), key, buffer_size=1, max_concurrency=1)
    try:
        # More than the buffer takes, so that an upload in parts is begun.
        probe.write(b"a2e")
        probe.flush()
    finally:
        _drop(probe)


def _drop(writer: Any) -> None:
    """Abort an upload in parts, of which nothing is left then."""
    with contextlib.suppress(Exception):  # There may be nothing, or no way to the store.
        writer.__exit__(RuntimeError, RuntimeError("it is not to appear"), None)


def signed_link(place: CloudPlace, name: str) -> str:
    """Return a link by which anybody can read an object for `SIGNED_HOURS`.

    Args:
        place: Where it is.
        name: The argument's name, for the messages.

    Raises:
        ConfigurationError: The credentials can't sign.
    """
    sign, life = require_object_stores().sign, timedelta(hours=SIGNED_HOURS)
    link = _told(place, name, "sign", lambda: str(sign(_store(place.root), "GET", place.key, life)))
    if not urlsplit(link).query:
        raise _unsignable(place, name)
    return link


def _unsignable(place: CloudPlace, name: str) -> errors.ConfigurationError:
    return errors.ConfigurationError(
        f"{name}: no link to {place.url!r} can be signed with the credentials of its store, which "
        "cloud_inputs='sign' needs. Give credentials that can sign, or use cloud_inputs='upload'."
    )


def _told(place: CloudPlace, name: str, doing: str, work: Callable[[], ResultT]) -> ResultT:
    """Do some work with the library; what it raises becomes an error of the SDK.

    Nothing of the library's text or frames is carried along: either may hold a signature.
    """
    raised: Exception
    try:
        return work()
    except errors.A2EError:
        raise
    except FileNotFoundError as problem:
        raised = _missing(str(problem), place, name, doing)
    except Exception as problem:
        is_told = isinstance(problem, OSError | ValueError)
        if not is_told and type(problem).__module__.partition(".")[0] != "obstore":
            raise  # A mistake of this SDK's own.
        raised = _error_of(type(problem).__name__, str(problem), place, name, doing)
    raise raised


def _missing(text: str, place: CloudPlace, name: str, doing: str) -> Exception:
    # A store answers a look at an object without a body, so that the bucket may be what is missing.
    if doing != "read" or any(sign in text for sign in _NO_BUCKET):
        return errors.ConfigurationError(
            f"{name}: there is no bucket {place.root!r}, or it is at another endpoint."
        )
    return FileNotFoundError(f"{name}: there is no object {place.url!r} (or no such bucket).")


def _error_of(kind: str, text: str, place: CloudPlace, name: str, doing: str) -> Exception:
    """Return the error for what the library raised; its text is searched, and not shown."""
    code = _CODE.search(text)
    status = _STATUS.search(text)
    said = " ".join(
        word
        for word in (
            f"HTTP {status[1]}" if status else "",
            code[1] if code else "",
        )
        if word
    )
    facts = f" ({said})" if said else ""
    shown = repr(place.url)
    if kind == "PreconditionError":
        return ValueError(
            f"{name}: {shown} was changed while it was read, so that nothing was started with it. "
            "Leave it alone, and start again."
        )
    if code and code[1] in _EXPIRED:
        return errors.ConfigurationError(
            f"{name}: the credentials for {place.root!r} have expired{facts}; renew them."
        )
    if kind in ("PermissionDeniedError", "UnauthenticatedError") or (
        code and code[1] in ("InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied")
    ):
        return errors.ConfigurationError(
            f"{name}: the credentials must not {doing} {shown}{facts}: check them, and the policy "
            "of the bucket."
        )
    if kind == "ValueError" or kind == "InvalidPathError":
        return ValueError(f"{name}: {shown} is no name that an object can have.")
    if (_NO_CREDENTIALS.search(text) and not status) or "169.254." in text:
        return errors.ConfigurationError(
            f"{name}: no credentials for {place.root!r} were found, neither in the environment nor "
            "of this machine, or its settings are incomplete."
        )
    if doing == "sign":
        return _unsignable(place, name)
    if (code and code[1] in _BUSY) or (status and status[1] in ("429", "503")):
        return errors.ServiceBusyError(
            f"{name}: the store of {place.root!r} is too busy{facts}", operation=_OPERATION
        )
    return errors.APIConnectionError(
        f"{name}: {shown} could not be {'read' if doing == 'read' else 'written'}{facts}",
        operation=_OPERATION,
        advice=_ADVICE,
    )

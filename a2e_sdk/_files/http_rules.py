"""What a file's host says, and what follows from it.

This module owns the headers of requests for files, the reading of their responses (ranges, entity
tags, lengths, refusals) and the grace for a result that is not in its place yet. It is pure: it
opens no file and sends nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import Enum

import attrs

from a2e_sdk import errors
from a2e_sdk._http.messages import HttpResponse
from a2e_sdk._http.response import read_response
from a2e_sdk.version import __version__

#: Hosts of results refuse clients that do not look like a browser at all.
FILE_USER_AGENT = f"Mozilla/5.0 (compatible; a2e-sdk/{__version__})"

#: For so many seconds after a task's end, its result may still be on the way to its host.
GRACE_SECONDS = 60.0

_EXPIRED = frozenset({403, 404, 410})
_STRONG_TAG = re.compile(r'"[^"]*"')
_CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")
_UNSATISFIED = re.compile(r"bytes \*/(\d{1,18})")
_LENGTH = re.compile(r"\d{1,18}")
_STORAGE_ERROR = re.compile(r"<(Code|Message)>([^<]{1,200})")


@attrs.frozen
class Kept:
    """What is on the disk of a file that is being downloaded.

    Attributes:
        position: How many bytes, from the file's beginning.
        etag: The strong entity tag of the file they are of; None where it has none.
        total: The size of the whole file; None where it is not known.
        content_type: The type the file's host gave it.
    """

    position: int = 0
    etag: str | None = None
    total: int | None = None
    content_type: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return self.total is not None and self.position == self.total

    def usable(self) -> Kept:
        """Return it, or nothing kept where what is there can't be gone on with."""
        too_much = self.total is not None and self.position > self.total
        return Kept() if self.etag is None or too_much else self


@attrs.frozen
class Body:
    """The bytes that a response announces.

    Attributes:
        start: The position of the first one in the file.
        stop: The position behind the last one; None where the response does not say.
        file: What will be kept of the file, up to `start`.
        is_framed: Whether a body that is cut is seen to be cut: by its length, or by the end mark
            of the chunked encoding. Without either, it ends where the connection does.
    """

    start: int
    stop: int | None
    file: Kept
    is_framed: bool = True


class Verdict(Enum):
    """A response that brings no bytes of use."""

    #: The rest was asked for, and something else came: begin again.
    NOT_THE_REST = "not the rest"
    #: The host refused, or something else than a file came.
    REFUSED = "refused"


def download_headers(kept: Kept) -> dict[str, str]:
    """Return the headers that ask for a file, or for what is missing of it."""
    headers = {"user-agent": FILE_USER_AGENT, "accept": "*/*", "accept-encoding": "identity"}
    if kept.position and kept.etag is not None:
        headers |= {"range": f"bytes={kept.position}-", "if-range": kept.etag}
    return headers


def read_head(status: int, headers: Mapping[str, str], kept: Kept) -> Body | Verdict:
    """Return what a response to `download_headers` brings.

    Args:
        status: The HTTP status.
        headers: The header fields, names in lower case.
        kept: What the request was made from.
    """
    encoded = _is_encoded(headers)
    if status == 200 and not encoded:
        length = _number(headers.get("content-length"))
        file = Kept(0, strong_tag(headers), length, headers.get("content-type"))
        return Body(0, length, file, length is not None or _is_chunked(headers))
    if kept.position and status in (206, 416):
        rest = None if status == 416 or encoded else _rest(headers, kept)
        return rest or Verdict.NOT_THE_REST
    return Verdict.REFUSED


def _rest(headers: Mapping[str, str], kept: Kept) -> Body | None:
    """Return the rest of the very file that is kept; None where it is anything else."""
    match = _CONTENT_RANGE.fullmatch(headers.get("content-range", "").strip())
    if match is None or headers.get("etag", kept.etag) != kept.etag:
        return None
    start, stop = int(match[1]), int(match[2]) + 1
    total = kept.total if match[3] == "*" else int(match[3])
    length = _number(headers.get("content-length"))
    if total is None or not kept.position == start < stop <= total:
        return None
    if length not in (None, stop - start) or kept.total not in (None, total):
        return None
    return Body(start, stop, attrs.evolve(kept, total=total))


def size_questions(kept: Kept) -> tuple[tuple[str, dict[str, str]], ...]:
    """Return the requests, method and headers, whose responses can tell how long the file is."""
    behind = {"range": f"bytes={kept.position}-"}
    if kept.etag is not None:
        behind["if-range"] = kept.etag
    whole = download_headers(Kept())
    return ("GET", whole | behind), ("HEAD", whole)


def read_size(status: int, headers: Mapping[str, str], kept: Kept) -> int | None:
    """Return how long the kept file is by a response to one of `size_questions`.

    Args:
        status: The HTTP status.
        headers: The header fields, names in lower case.
        kept: What the questions were made from.

    Returns:
        The bytes of the file, or so many that there are more than is kept; None where the response
        does not tell it, or is about another version of the file.
    """
    told = headers.get("content-range", "").strip()
    other = kept.etag is not None and headers.get("etag", kept.etag) != kept.etag
    if other or _is_encoded(headers):
        return None
    if status == 200:
        return _number(headers.get("content-length"))
    if status == 416 and (match := _UNSATISFIED.fullmatch(told)):
        return int(match[1])
    if status == 206 and (match := _CONTENT_RANGE.fullmatch(told)):
        return int(match[2]) + 1 if match[3] == "*" else int(match[3])
    return None


def _is_encoded(headers: Mapping[str, str]) -> bool:
    return headers.get("content-encoding", "identity").strip().lower() not in ("", "identity")


def _is_chunked(headers: Mapping[str, str]) -> bool:
    return headers.get("transfer-encoding", "").rpartition(",")[2].strip().lower() == "chunked"


def strong_tag(headers: Mapping[str, str]) -> str | None:
    """Return the entity tag by which two equal files can be known; None for a weak one."""
    tag = headers.get("etag", "").strip()
    return tag if _STRONG_TAG.fullmatch(tag) and tag.isascii() else None


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and _LENGTH.fullmatch(text.strip()) else None


def refusal(
    operation: str,
    status: int,
    headers: Mapping[str, str],
    beginning: bytes,
    hide: Callable[[str], str],
) -> errors.APIError:
    """Return the error of a response that is no success, from a host that is not the API's.

    Args:
        operation: What was done: ``"upload"`` or ``"download"``.
        status: The HTTP status.
        headers: The header fields, names in lower case.
        beginning: The first bytes of the body.
        hide: Takes the secrets out of a text that is shown.
    """
    # Storage explains a refused signature by repeating it; only its two harmless fields are shown.
    told = _STORAGE_ERROR.findall(beginning.decode("utf-8", "replace"))
    if told:
        beginning = ": ".join(text.strip() for _, text in told).encode()
    try:
        read_response(operation, HttpResponse(status, headers, beginning), hide)
    except errors.APIError as error:
        if type(error) is not errors.UnexpectedResponseError or 300 <= status < 400:
            return error
    return errors.UnexpectedResponseError(
        "the file's host gave a response that was not asked for",
        operation=operation,
        http_status=status,
    )


def is_expired(error: errors.APIError) -> bool:
    """Tell whether a refusal is that of a link that does not work, or not any more."""
    return error.http_status in _EXPIRED


def grace_after(completed: datetime | None, date: str | None, now: datetime) -> float:
    """Return for how many seconds more a missing result may only be late.

    Args:
        completed: When the task ended (aware); None where that is not known.
        date: The ``Date`` header of the response, the clock that counts where it can be read.
        now: The present time (aware), where it can't.
    """
    if completed is None:
        return 0.0
    # Imported here: few responses need it, and it loads sockets and more.
    from email.utils import parsedate_to_datetime

    try:
        told = parsedate_to_datetime(date or "")
        now = told if told.tzinfo is not None else told.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        pass
    age = max(0.0, (now - completed).total_seconds())
    return max(0.0, GRACE_SECONDS - age)

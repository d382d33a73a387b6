"""What sending a file and receiving one have in common in both clients: redirects and content.

This module owns which redirects of a download are followed, and how an exception of a caller's
content is told from one of the network. It is pure.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable, Iterable, Iterator
from typing import TYPE_CHECKING

from a2e_sdk._http.failures import Delivery, TransportFailure
from a2e_sdk._http.messages import AsyncFileRequest, FileRequest

if TYPE_CHECKING:
    import httpx

MAX_REDIRECTS = 5


def next_url(
    request: FileRequest | AsyncFileRequest, url: httpx.URL, response: httpx.Response
) -> httpx.URL | None:
    """Return where a redirect leads; None where the response is none, or is not to be followed.

    Only a ``GET`` is redirected, and never from https to http.
    """
    location = response.headers.get("location")
    if request.method != "GET" or location is None or not 300 <= response.status_code < 400:
        return None
    target = url.join(location)
    if target.scheme != "https" and target.scheme != url.scheme:
        return None
    return target


def too_many_redirects() -> TransportFailure:
    """Return the failure of a download that is redirected again and again."""
    return TransportFailure(f"more than {MAX_REDIRECTS} redirects", Delivery.UNKNOWN)


class ContentFailed(Exception):
    """The content of a request could not be read: the caller's own matter, not the network's.

    Attributes:
        error: What reading it raised.
    """

    def __init__(self, error: Exception) -> None:
        self.error = error


def guarded(content: Iterable[bytes] | None) -> Iterator[bytes] | None:
    """Return content whose exceptions are `ContentFailed`."""
    return None if content is None else _guarded(content)


def guarded_async(content: AsyncIterable[bytes] | None) -> AsyncGenerator[bytes, None] | None:
    """Return content whose exceptions are `ContentFailed`."""
    return None if content is None else _guarded_async(content)


def _guarded(content: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield from content
    except Exception as error:
        raise ContentFailed(error) from None


async def _guarded_async(content: AsyncIterable[bytes]) -> AsyncGenerator[bytes, None]:
    try:
        async for chunk in content:
            yield chunk
    except Exception as error:
        raise ContentFailed(error) from None

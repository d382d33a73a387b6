"""How long a file is, asked of its host where the response that brought it did not say.

A body without a length that ends with its connection may have been cut. What the questions are and
what their responses prove is decided in ``_files.http_rules``.
"""

from __future__ import annotations

from collections.abc import Callable

from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._config.settings import Timeout
from a2e_sdk._files.http_rules import Kept, read_size, size_questions
from a2e_sdk._http.failures import TransportFailure
from a2e_sdk._http.messages import AsyncFileRequest


async def told_size_async(
    api: AsyncAPIClient,
    url: str,
    kept: Kept,
    *,
    timeout: Timeout,
    seconds_left: Callable[[], float | None],
) -> int | None:
    """Return how long a file is, by its host; None where that does not tell.

    Args:
        api: The client's connections.
        url: The link of the file.
        kept: What came of the file.
        timeout: The time-outs of one request.
        seconds_left: Returns the seconds until all must have ended, None for no limit; raises where
            nothing may begin any more.

    Raises:
        TransportFailure: The host could not be asked.
    """
    for method, headers in size_questions(kept):
        request = AsyncFileRequest(
            method=method, url=url, headers=headers, timeout=timeout, total=seconds_left()
        )
        try:
            # Only the head of a response is read: the rest of the file may follow it.
            async with api.transport.stream_async(request) as reply:
                size = read_size(reply.status, reply.headers, kept)
        except TransportFailure:
            if method == "HEAD":  # Not every host knows it.
                return None
            raise
        if size is not None:
            return size
    return None

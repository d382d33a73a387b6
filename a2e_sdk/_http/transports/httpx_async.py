"""Requests with ``await`` over httpx or httpx2, on asyncio and on trio.

This module owns the exchange of ``AsyncA2E``, by the rules that ``httpx_sync`` states. Deadlines
are kept by cancellation. Each event loop opens connections of its own, which end with it.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

import anyio

from a2e_sdk._checks.redaction import redact
from a2e_sdk._http.failures import Delivery, TransportFailure, out_of_time
from a2e_sdk._http.messages import AsyncFileRequest, AsyncFileResponse, HttpRequest, HttpResponse
from a2e_sdk._runtime.event_loops import PerLoop, current_loop
from a2e_sdk.errors import A2EError

from .closable_connections import ClosableBackend
from .content_decoding import BoundedBody
from .file_exchange import (
    MAX_REDIRECTS,
    ContentFailed,
    guarded_async,
    next_url,
    too_many_redirects,
)
from .httpx_library import HttpxLibrary, Pools
from .own_client import SEND_OPTIONS, OwnClient, signature_unlogged

if TYPE_CHECKING:
    import httpx


#: What an event loop takes from a socket at once. The library asks for a quarter of it, and each
#: piece of a download costs a round through all its layers.
_FILE_READ_BYTES = 256 * 1024


class _LoopConnections:
    """The connections of one event loop: to the API, and to the hosts of files."""

    def __init__(self, library: HttpxLibrary) -> None:
        self._library = library
        self._backends: list[ClosableBackend] = []
        self.to_api = Pools(self._new_pool)
        self.to_files = Pools(partial(self._new_pool, read_bytes=_FILE_READ_BYTES))

    def _new_pool(self, address: str | None, read_bytes: int | None = None) -> Any:
        opened = self._library.connections("AsyncHTTPTransport", address)
        core = self._library.core
        backend = ClosableBackend(opened._pool._network_backend, core, read_bytes=read_bytes)
        opened._pool._network_backend = backend
        self._backends.append(backend)
        return opened

    async def aclose(self) -> None:
        """Close them all, and those that are being opened."""
        for backend in self._backends:
            backend.shut_down()
        for pool in self.to_api.take_all() + self.to_files.take_all():
            await pool.aclose()


class AsyncHttpxTransport:
    """Carries the requests of ``AsyncA2E`` over a library with httpx's classes.

    A subclass names the library. It is safe to share between tasks of any event loop and between
    clients, and a forked child opens connections of its own.

    Args:
        http_client: An async client of the library, used with its proxies, certificates and hooks
            but without its redirects and authentication, and never closed. Default: connections of
            the transport's own, with the proxies and certificates of the environment.
    """

    library: ClassVar[HttpxLibrary]

    def __init__(self, http_client: httpx.AsyncClient | None = None) -> None:
        self._own_client = None if http_client is None else OwnClient(http_client)
        self._closed = False
        self._connections = PerLoop(lambda: _LoopConnections(self.library), _LoopConnections.aclose)

    async def send_request_async(self, request: HttpRequest) -> HttpResponse:
        """Send one request and return the whole response, or raise `TransportFailure`."""
        began = time.monotonic()
        try:
            return await self._send(request)
        except A2EError:
            raise
        except Exception as error:
            failure = self.library.failure(error, request, began, request.key.redact)
        raise failure  # For the reason beside the same line of `SyncHttpxTransport`.

    async def _send(self, request: HttpRequest) -> HttpResponse:
        response: httpx.Response
        if self._own_client is not None:
            encoded = self.library.encode(request, is_async=True)
            client = self._own_client.get(current_loop())
            response = await client.send(encoded, **SEND_OPTIONS)
        else:
            url = self.library.parse_url(request.url)
            pools = self._opened().to_api
            pool = pools.known(url) or pools.open(url)
            response = await pool.handle_async_request(
                self.library.encode_directly(request, url, is_async=True)
            )
        try:
            body = BoundedBody(response.headers)
            async for chunk in cast("httpx.AsyncByteStream", response.stream):
                body.add(chunk)
            return HttpResponse(response.status_code, response.headers, body.whole())
        finally:
            await response.aclose()

    @asynccontextmanager
    async def stream_async(
        self, request: AsyncFileRequest
    ) -> AsyncGenerator[AsyncFileResponse, None]:
        """Send a request and hand out its response as it arrives, or raise `TransportFailure`."""
        began = time.monotonic()
        response: httpx.Response | None = None
        with anyio.move_on_after(request.total):
            response = await self._send_file(request, began)
        if response is None:
            raise out_of_time(request)
        try:
            async with aclosing(self._chunks(response, request, began)) as chunks:
                yield AsyncFileResponse(response.status_code, response.headers, chunks)
        finally:
            await response.aclose()

    async def _send_file(self, request: AsyncFileRequest, began: float) -> httpx.Response:
        try:
            url = self.library.module.URL(request.url)
            for _ in range(MAX_REDIRECTS + 1):
                response = await self._send_file_once(request, url, began)
                target = next_url(request, url, response)
                if target is None:
                    return response
                await response.aclose()
                url = target
            failure = too_many_redirects()
        except A2EError:
            raise
        except ContentFailed as failed:
            raise failed.error from None
        except Exception as error:
            failure = self.library.failure(error, request, began, redact)
        raise failure

    async def _send_file_once(
        self, request: AsyncFileRequest, url: httpx.URL, began: float
    ) -> httpx.Response:
        encoded = self.library.encode_file(request, url, began, guarded_async(request.content))
        if self._own_client is not None:
            with signature_unlogged(self.library.module.__name__):
                client = self._own_client.get(current_loop())
                return await client.send(encoded, **SEND_OPTIONS)
        pool = self._opened().to_files.open(url)
        response: httpx.Response = await pool.handle_async_request(encoded)
        return response

    async def _chunks(
        self, response: httpx.Response, request: AsyncFileRequest, began: float
    ) -> AsyncGenerator[bytes, None]:
        stream = cast("httpx.AsyncByteStream", response.stream).__aiter__()
        try:
            while True:
                if request.total is None:
                    chunk = await anext(stream, None)
                else:
                    chunk = b""
                    with anyio.move_on_after(request.total - (time.monotonic() - began)):
                        chunk = await anext(stream, None)
                    if chunk == b"":
                        failure = out_of_time(request)
                        break
                if chunk is None:
                    return
                yield chunk
        except Exception as error:
            failure = self.library.failure(error, request, began, redact)
        raise failure

    def _opened(self) -> _LoopConnections:
        if self._closed:
            # A task that waited for its turn may come here after the client was closed.
            raise TransportFailure("the client was closed", Delivery.NOT_SENT)
        return self._connections.get()

    async def aclose(self) -> None:
        """Release the transport's own connections; a caller's client stays open."""
        self._closed = True
        await self._connections.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

"""The transport over aiohttp: the one module of this SDK that imports it.

This module owns the translation between aiohttp and the plain values of ``_http.messages``, with
the same rules as the other transports: the same TLS context and proxies, no redirect followed, no
cookie kept, a bounded response, and ``NOT_SENT`` only for what provably was not sent. aiohttp runs
on asyncio only, so a client that is used with trio needs httpx or httpx2.
"""

from __future__ import annotations

import asyncio
import io
from base64 import b64encode
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from functools import partial
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import unquote, urlsplit

import aiohttp
from aiohttp.client_proto import ResponseHandler
from yarl import URL

from a2e_sdk._http.failures import (
    Delivery,
    TransportFailure,
    delivery_of,
    reason_of,
    timed_out,
    unforeseen,
)
from a2e_sdk._http.messages import HttpRequest, HttpResponse, RequestAbandoned, SendProgress
from a2e_sdk._runtime.event_loops import PerLoop, running_trio
from a2e_sdk.errors import A2EError, ConfigurationError

from .content_decoding import BoundedBody, ContentDecodingError
from .network_settings import (
    KEEP_ALIVE_SECONDS,
    MAX_CONNECTIONS,
    proxy_address,
    shared_tls_context,
)

_LARGE_BODY = 1024 * 1024
#: More responses of status 1xx before the final one are an attack: aiohttp reads those that have
#: come without letting another task run, so that no deadline would be kept.
_MAX_INFORMATIONAL = 100

# Errors of the phases before the first byte of the request is written. ClientOSError and
# ServerDisconnectedError are not among them: they also come after it.
_NOT_SENT = (
    aiohttp.ClientConnectorError,  # names, sockets, TLS and the way to a proxy
    aiohttp.ClientHttpProxyError,  # the proxy refused to open a tunnel
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)


class _PhaseTimedOut(Exception):
    def __init__(self, phase: str, delivery: Delivery) -> None:
        super().__init__(phase)
        self.phase = phase
        self.delivery = delivery


#: The request that this task has under way, where somebody asks when it is written.
_progress: ContextVar[SendProgress | None] = ContextVar("_progress", default=None)


class _Protocol(ResponseHandler):
    """The reading side of a connection, with a bound on responses of status 1xx."""

    async def read(self) -> Any:
        message, payload = await super().read()
        if 100 <= message.code < 200:
            self._informational = getattr(self, "_informational", 0) + 1
            if self._informational > _MAX_INFORMATIONAL:
                raise aiohttp.ClientPayloadError(
                    f"more than {_MAX_INFORMATIONAL} responses of status 1xx came before the final "
                    "one"
                )
        else:
            self._informational = 0
        return message, payload


class _Connector(aiohttp.TCPConnector):
    """Tells a request that its connection is there, so that it is about to be written."""

    async def connect(self, *arguments: Any, **options: Any) -> Any:
        connection = await super().connect(*arguments, **options)
        progress = _progress.get()
        if progress is not None:
            try:
                progress.writing()
            except RequestAbandoned:
                connection.close()
                raise
        return connection


class _Loop:
    """The session of one event loop, and how many calls it may have under way."""

    def __init__(self, max_connections: int) -> None:
        self._free = asyncio.Semaphore(max_connections)
        # `slot` bounds the number of connections, so that waiting for one is a phase apart.
        connector = _Connector(limit=0, keepalive_timeout=KEEP_ALIVE_SECONDS)
        # aiohttp has no argument for the class of its protocol.
        connector._factory = cast(Any, partial(_Protocol, loop=connector._loop))
        self.session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            # aiohttp's own reading of the environment would take a password from ~/.netrc as well.
            trust_env=False,
            # aiohttp would decode without a bound, also what was not asked for.
            auto_decompress=False,
        )

    @asynccontextmanager
    async def slot(self, seconds: float) -> AsyncGenerator[None, None]:
        """Wait for a free connection and keep it; give up after some seconds."""
        if self._free.locked():
            try:
                async with asyncio.timeout(seconds):
                    await self._free.acquire()
            except TimeoutError:
                raise _PhaseTimedOut("pool", Delivery.NOT_SENT) from None
        else:
            await self._free.acquire()
        try:
            yield
        finally:
            self._free.release()

    async def aclose(self) -> None:
        """Close the connections."""
        await self.session.close()


class AiohttpTransport:
    """Carries the calls of ``AsyncA2E`` over aiohttp; the extra ``a2e-sdk[aiohttp]``.

    Pass it as ``http_client``, to several clients if you like; it is safe to share between tasks of
    any event loop. It opens connections with the first call in each loop, which end with that loop,
    and stays open when a client is closed, so close it at the end or use it as a context manager.

    ``timeout`` of the client means the same here as with httpx, except that the write phase begins
    with the call and covers the whole request. aiohttp itself sends a GET or a DELETE once more
    when a kept connection turns out to be closed; it never does so with a POST.

    Calls of the API go this way. Uploads and downloads don't: they use connections of the client's
    own, over httpx.

    Args:
        max_connections: How many calls may be on their way at once in each event loop, from 1;
            further ones wait. Default 100.

    Raises:
        ValueError: ``max_connections`` is below 1.
    """

    def __init__(self, *, max_connections: int = MAX_CONNECTIONS) -> None:
        if max_connections < 1:
            raise ValueError(f"max_connections must be at least 1, got {max_connections}")
        self._max_connections = max_connections
        self._loops = PerLoop(self._open, _Loop.aclose)
        self._routes: dict[str, dict[str, Any]] = {}
        self._closed = False

    async def send_request_async(self, request: HttpRequest) -> HttpResponse:
        """Send one request and return the whole response, or raise `TransportFailure`.

        Raises:
            TransportFailure: No whole response came.
            ConfigurationError: This transport is closed, the event loop is trio's, or the
                environment names a SOCKS proxy, which aiohttp can't use.
        """
        if running_trio() is not None:
            raise ConfigurationError("aiohttp runs on asyncio only: leave http_client out on trio.")
        if request.progress is not None:
            request.progress.connecting()
        try:
            loop = self._loops.get()
            async with loop.slot(request.timeout.pool):
                return await self._send(request, loop.session)
        except A2EError:
            raise
        except _PhaseTimedOut as error:
            failure = timed_out(error.phase, request, error.delivery)
        except ContentDecodingError as error:
            failure = TransportFailure(str(error), Delivery.UNKNOWN)
        except (aiohttp.ClientError, OSError) as error:
            failure = _failure(error, request)
        except Exception as error:
            failure = unforeseen(error, request.key.redact, request)
        # Raised out here so that no frame of the HTTP library, which may hold the key among its
        # locals, hangs on the exception.
        raise failure

    async def _send(self, request: HttpRequest, session: aiohttp.ClientSession) -> HttpResponse:
        timeout = request.timeout
        _progress.set(request.progress)
        send = session.request(
            request.method,
            URL(request.url, encoded=True),
            # The key is put in here and nowhere else, so that no frame of ours holds it as text.
            headers={**request.headers, "authorization": request.key.authorization()},
            data=_data(request.body),
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(
                total=None, connect=timeout.connect, sock_read=timeout.read
            ),
            **self._route(request.url),
        )
        if request.body is None:
            response = await send
        else:
            # aiohttp has no time-out for writing, and begins to wait for the response afterwards.
            before_response = timeout.connect + timeout.write + timeout.read
            try:
                async with asyncio.timeout(before_response):
                    response = await send
            except aiohttp.ClientError:
                raise
            except TimeoutError:
                raise _PhaseTimedOut("write", Delivery.UNKNOWN) from None
        async with response:
            return await _whole(response)

    def _open(self) -> _Loop:
        if self._closed:
            raise ConfigurationError("This AiohttpTransport is closed; make a new one.")
        return _Loop(self._max_connections)

    def _route(self, url: str) -> dict[str, Any]:
        """Return aiohttp's arguments for TLS and the proxy of a URL's origin."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._routes:
            route = _proxy_arguments(proxy_address(origin))
            if parts.scheme == "https":
                route["ssl"] = shared_tls_context()
            self._routes[origin] = route
        return self._routes[origin]

    async def aclose(self) -> None:
        """Release the connections. The transport can't be used afterwards."""
        self._closed = True
        await self._loops.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()


def _proxy_arguments(address: str | None) -> dict[str, Any]:
    if address is None:
        return {}
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https"):
        raise ConfigurationError(
            f"aiohttp can't use a {parts.scheme} proxy; leave http_client out, and install "
            "httpx[socks], to use the one that the environment names."
        )
    plain = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    if parts.username is None:
        return {"proxy": plain}
    login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    credentials = b64encode(login.encode()).decode("ascii")
    return {"proxy": plain, "proxy_headers": {"Proxy-Authorization": f"Basic {credentials}"}}


def _data(body: bytes | None) -> bytes | io.BytesIO | None:
    # aiohttp writes bytes in one go, and warns where that would hold up the event loop.
    return io.BytesIO(body) if body is not None and len(body) > _LARGE_BODY else body


def _headers(response: aiohttp.ClientResponse) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in response.headers.items():
        key = name.lower()
        headers[key] = f"{headers[key]}, {value}" if key in headers else value
    return headers


async def _whole(response: aiohttp.ClientResponse) -> HttpResponse:
    headers = _headers(response)
    body = BoundedBody(headers)
    while chunk := await response.content.readany():
        body.add(chunk)
    return HttpResponse(response.status, headers, body.whole())


def _failure(error: Exception, request: HttpRequest) -> TransportFailure:
    delivery = delivery_of(request, proves_unsent=isinstance(error, _NOT_SENT))
    if isinstance(error, TimeoutError):
        before = isinstance(error, aiohttp.ConnectionTimeoutError)
        return timed_out("connect" if before else "read", request, delivery)
    return TransportFailure(reason_of(error, request.key.redact), delivery)

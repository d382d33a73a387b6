"""A faster network for ``AsyncA2E``: the extra ``a2e-sdk[aiohttp]``.

    from a2e_sdk import AsyncA2E
    from a2e_sdk.aiohttp_transport import AiohttpTransport

    async with AiohttpTransport() as transport, AsyncA2E(http_client=transport) as a2e:
        ...

With many calls at once it makes several times as many a second as httpx does. This module owns
the translation between aiohttp and the plain values of ``_http.messages``, with the same rules as
`HttpxTransport`: the same TLS context and proxies, no redirect followed, no cookie kept, a bounded
response, and ``NOT_SENT`` only for what provably was not sent. aiohttp runs on asyncio only, so a
client that is used with trio needs httpx.
"""

from __future__ import annotations

import asyncio
import io
from base64 import b64encode
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

import aiohttp
from yarl import URL

from a2e_sdk._http.failures import Delivery, TransportFailure, reason_of, timed_out, unforeseen
from a2e_sdk._http.messages import HttpRequest, HttpResponse, SendProgress
from a2e_sdk._runtime.event_loops import PerLoop, running_trio
from a2e_sdk.errors import A2EError, ConfigurationError

from .content_decoding import ContentDecodingError
from .httpx_transport import BoundedBody, proxy_address, shared_tls_context, undecodable

_KEEP_ALIVE_SECONDS = 30.0
_LARGE_BODY = 1024 * 1024

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


class _Connector(aiohttp.TCPConnector):
    """Tells a request that its connection is there, so that it is about to be written."""

    async def connect(self, *arguments: Any, **options: Any) -> Any:
        connection = await super().connect(*arguments, **options)
        progress = _progress.get()
        if progress is not None:
            progress.writing()
        return connection


class _Loop:
    """The session of one event loop, and how many calls it may have under way."""

    def __init__(self, max_connections: int) -> None:
        self._free = asyncio.Semaphore(max_connections)
        self.session = aiohttp.ClientSession(
            # `slot` bounds the number of connections, so that waiting for one is a phase apart.
            connector=_Connector(limit=0, keepalive_timeout=_KEEP_ALIVE_SECONDS),
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
    """Carries the calls of ``AsyncA2E`` over aiohttp; safe to share between tasks of any loop.

    Pass it as ``http_client``, to several clients if you like. It opens connections with the first
    call in each event loop, which end with that loop, and stays open when a client is closed, so
    close it at the end or use it as a context manager.

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

    def __init__(self, *, max_connections: int = 100) -> None:
        if max_connections < 1:
            raise ValueError(f"max_connections must be at least 1, got {max_connections}")
        self._max_connections = max_connections
        self._loops = PerLoop(self._open, _Loop.aclose)
        self._proxies: dict[str, dict[str, Any]] = {}
        self._closed = False

    async def send_async(self, request: HttpRequest) -> HttpResponse:
        """Send one request and return the whole answer, or raise `TransportFailure`.

        Raises:
            TransportFailure: No whole answer came.
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
            failure = undecodable(error)
        except (aiohttp.ClientError, OSError) as error:
            failure = _failure(error, request)
        except Exception as error:
            failure = unforeseen(error, request.key.redact)
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
            **self._way(request.url),
        )
        if request.body is None:
            response = await send
        else:
            # aiohttp has no time-out for writing, and begins to wait for the answer afterwards.
            before_answer = timeout.connect + timeout.write + timeout.read
            try:
                async with asyncio.timeout(before_answer):
                    response = await send
            except aiohttp.ClientError:
                raise
            except TimeoutError:
                raise _PhaseTimedOut("write", Delivery.UNKNOWN) from None
        async with response:
            return await _reply(response)

    def _open(self) -> _Loop:
        if self._closed:
            raise ConfigurationError("This AiohttpTransport is closed; make a new one.")
        return _Loop(self._max_connections)

    def _way(self, url: str) -> dict[str, Any]:
        """Return aiohttp's arguments for TLS and the proxy of a URL's origin."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._proxies:
            way = _proxy_arguments(proxy_address(origin))
            if parts.scheme == "https":
                way["ssl"] = shared_tls_context()
            self._proxies[origin] = way
        return self._proxies[origin]

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


async def _reply(response: aiohttp.ClientResponse) -> HttpResponse:
    headers = _headers(response)
    body = BoundedBody(headers)
    while chunk := await response.content.readany():
        body.add(chunk)
    return HttpResponse(response.status, headers, body.whole())


def _failure(error: Exception, request: HttpRequest) -> TransportFailure:
    delivery = Delivery.NOT_SENT if isinstance(error, _NOT_SENT) else Delivery.UNKNOWN
    if isinstance(error, TimeoutError):
        before = isinstance(error, aiohttp.ConnectionTimeoutError)
        return timed_out("connect" if before else "read", request, delivery)
    return TransportFailure(reason_of(error, request.key.redact), delivery)

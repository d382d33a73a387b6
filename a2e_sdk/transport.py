"""The network: the one module of this SDK that imports httpx.

This module owns connections, TLS, proxies and the translation between httpx and the plain values
of ``a2e_sdk.exchange``. It follows no redirect, reads no meaning into an answer and retries
nothing. By default it talks to httpx's transport layer, which does all that one origin needs at
three quarters of the cost of ``httpx.Client``; a caller's own ``httpx.Client`` is used as it is
and never closed.

Files have connections of their own, on which no key, cookie or default header of anybody is ever
put; the redirects of a download are followed there, up to five, and never from https to http.
"""

from __future__ import annotations

import logging
import threading
import urllib.request
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import httpx

from .configuration import Timeout
from .errors import ConfigurationError
from .exchange import (
    MAX_ANSWER_BYTES,
    AsyncFileReply,
    AsyncFileRequest,
    Delivery,
    FileReply,
    FileRequest,
    HttpReply,
    HttpRequest,
    TransportFailure,
)
from .redaction import redact

if TYPE_CHECKING:
    import ssl

_MAX_REDIRECTS = 5
_LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=30.0)

# Errors of the phases before the first byte of the request is written.
_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)

AnyRequest = HttpRequest | FileRequest | AsyncFileRequest

_tls_lock = threading.Lock()
_tls_context: ssl.SSLContext | None = None


def shared_tls_context() -> ssl.SSLContext:
    """Return the TLS context that all clients of this process share; made on first use.

    It honours ``SSL_CERT_FILE`` and ``SSL_CERT_DIR`` as they are at that moment.
    """
    global _tls_context
    if _tls_context is None:
        with _tls_lock:
            if _tls_context is None:
                _tls_context = httpx.create_ssl_context()
    return _tls_context


def proxy_address(origin: str) -> str | None:
    """Return the URL of the proxy that the environment sets for an origin, or None.

    ``HTTPS_PROXY``, ``HTTP_PROXY``, ``ALL_PROXY`` and ``NO_PROXY`` mean what they mean to httpx.
    """
    parts = urlsplit(origin)
    proxies = urllib.request.getproxies()
    address = proxies.get(parts.scheme) or proxies.get("all")
    if not address or urllib.request.proxy_bypass(parts.netloc):
        return None
    return address if "://" in address else f"http://{address}"


def proxy_for(origin: str) -> httpx.Proxy | None:
    """Return the proxy that the environment sets for an origin, or None."""
    address = proxy_address(origin)
    return None if address is None else httpx.Proxy(address)


def _encode(request: HttpRequest) -> httpx.Request:
    return httpx.Request(
        request.method,
        request.url,
        # The key is put in here and in `_encode_directly`, and nowhere else, so that no frame of
        # ours holds it as text.
        headers={**request.headers, "authorization": request.key.authorization()},
        content=request.body,
        extensions={"timeout": _phases(request.timeout)},
    )


# Polling asks for the same few URLs again and again, and parsing one costs as much as the rest of
# the request.
_parse_url = lru_cache(maxsize=256)(httpx.URL)


def _encode_directly(request: HttpRequest) -> httpx.Request:
    """Return the same request as `_encode`, at a fifth of its cost.

    With ``stream`` in place of ``content``, httpx adds no header, so ``Host`` and
    ``Content-Length`` are set here. Hooks can't read the body of such a request, so a caller's own
    client doesn't get it.
    """
    url = _parse_url(request.url)
    headers = {
        "host": url.netloc.decode("ascii"),
        **request.headers,
        "authorization": request.key.authorization(),
    }
    body = request.body or b""
    if request.body is not None or request.method in ("POST", "PUT", "PATCH"):
        headers["content-length"] = str(len(body))
    return httpx.Request(
        request.method,
        url,
        headers=headers,
        stream=httpx.ByteStream(body),
        extensions={"timeout": _phases(request.timeout)},
    )


def _phases(timeout: Timeout) -> dict[str, float | None]:
    return {
        "connect": timeout.connect,
        "read": timeout.read,
        "write": timeout.write,
        "pool": timeout.pool,
    }


def _was_not_sent(error: Exception) -> bool:
    """Tell whether an error proves that the server saw nothing of the request.

    A caller's client may run on another library than httpcore, whose errors are translated by
    whoever wrote the bridge: httpx-aiohttp reports a connection that broke after the request as
    ``ConnectTimeout``. Such an error proves nothing.
    """
    cause = error.__cause__
    foreign = cause is not None and type(cause).__module__.partition(".")[0] != "httpcore"
    return isinstance(error, _NOT_SENT) and not foreign


def _failure(
    error: httpx.HTTPError | httpx.InvalidURL, request: AnyRequest, hide: Callable[[str], str]
) -> TransportFailure:
    delivery = Delivery.NOT_SENT if _was_not_sent(error) else Delivery.UNKNOWN
    if isinstance(error, httpx.TimeoutException):
        phase = type(error).__name__.removesuffix("Timeout").lower()
        return timed_out(phase, request, delivery)
    reason = hide(str(error)) or type(error).__name__
    return TransportFailure(reason, delivery)


def timed_out(phase: str, request: AnyRequest, delivery: Delivery) -> TransportFailure:
    """Return the failure of an exchange whose connect, read, write or pool phase took too long."""
    seconds = getattr(request.timeout, phase, None)
    after = f" after {seconds:g} s" if seconds else ""
    return TransportFailure(f"timed out in the {phase} phase{after}", delivery, timed_out=True)


class BodyTooLarge(Exception):
    """The body is larger than `MAX_ANSWER_BYTES`; the rest of it was not read."""


def too_large() -> TransportFailure:
    """Return the failure of an exchange whose answer is larger than `MAX_ANSWER_BYTES`."""
    return TransportFailure(f"the answer is larger than {MAX_ANSWER_BYTES} bytes", Delivery.UNKNOWN)


def _is_plain(response: httpx.Response) -> bool:
    """Tell whether the bytes on the wire are the body, so that httpx's decoders can be left out."""
    return "content-encoding" not in response.headers


def _join_bounded(chunks: Iterable[bytes]) -> bytes:
    received: list[bytes] = []
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MAX_ANSWER_BYTES:
            raise BodyTooLarge
        received.append(chunk)
    return b"".join(received)


def _reply(response: httpx.Response, body: bytes) -> HttpReply:
    return HttpReply(response.status_code, response.headers, body)


def is_http_client(value: object, class_name: str) -> bool:
    """Tell whether a value is an ``httpx.Client`` or an ``httpx.AsyncClient``, by class name."""
    return isinstance(value, getattr(httpx, class_name))


def _refuse_closed(http_client: httpx.Client | httpx.AsyncClient) -> None:
    if http_client.is_closed:
        raise ConfigurationError("The http_client that was given to this client is closed.")


def _file_request(request: FileRequest | AsyncFileRequest, url: httpx.URL) -> httpx.Request:
    return httpx.Request(
        request.method,
        url,
        headers=request.headers,
        content=request.content,
        extensions={"timeout": _phases(request.timeout)},
    )


def _onward(
    request: FileRequest | AsyncFileRequest, url: httpx.URL, response: httpx.Response
) -> httpx.URL | None:
    """Return where a redirect leads; None where the answer is none, or is not to be followed."""
    location = response.headers.get("location")
    if request.method != "GET" or location is None or not 300 <= response.status_code < 400:
        return None
    target = url.join(location)
    if target.scheme != "https" and target.scheme != url.scheme:
        return None
    return target


def _too_many_redirects() -> TransportFailure:
    return TransportFailure(f"more than {_MAX_REDIRECTS} redirects", Delivery.UNKNOWN)


_carries_file: ContextVar[bool] = ContextVar("_carries_file", default=False)


def _hide_signature(record: logging.LogRecord) -> bool:
    """Take the signature out of the line that httpx logs for every request of a client."""
    if _carries_file.get() and isinstance(record.args, tuple):
        record.args = tuple(
            redact(str(value)) if isinstance(value, httpx.URL) else value for value in record.args
        )
    return True


@contextmanager
def _signature_unlogged() -> Generator[None, None, None]:
    logging.getLogger("httpx").addFilter(_hide_signature)  # Adding it again does nothing.
    token = _carries_file.set(True)
    try:
        yield
    finally:
        _carries_file.reset(token)


class HttpxTransport:
    """Carries the calls of one ``A2E`` over httpx; safe to share between threads.

    Args:
        origin: The base URL of the client; decides whether a proxy of the environment is used.
        http_client: The caller's own client, used with its proxies, certificates and hooks but
            without its redirects and authentication; None for connections of our own.
    """

    def __init__(self, origin: str, http_client: httpx.Client | None = None) -> None:
        self._origin = origin
        self._http_client = http_client
        self._connections: httpx.BaseTransport | None = None
        self._file_connections: dict[str | None, httpx.BaseTransport] = {}
        self._lock = threading.Lock()
        self._closed = False

    def exchange(self, request: HttpRequest) -> HttpReply:
        """Send one request and return the whole answer, or raise `TransportFailure`."""
        try:
            return self._send(request)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            failure = _failure(error, request, request.key.redact)
        except BodyTooLarge:
            failure = too_large()
        # Raised out here so that no frame of the HTTP library, which may hold the key among its
        # locals, hangs on the exception.
        raise failure

    def _send(self, request: HttpRequest) -> HttpReply:
        if self._http_client is not None:
            _refuse_closed(self._http_client)
            response = self._http_client.send(
                _encode(request), stream=True, auth=None, follow_redirects=False
            )
        else:
            connections = self._connections or self._open()
            try:
                response = connections.handle_request(_encode_directly(request))
            finally:
                if self._closed:  # Closed meanwhile: leave no connection open behind that.
                    connections.close()
        try:
            plain = _is_plain(response)
            chunks = cast(httpx.SyncByteStream, response.stream) if plain else response.iter_bytes()
            return _reply(response, _join_bounded(chunks))
        finally:
            response.close()

    @contextmanager
    def stream(self, request: FileRequest) -> Generator[FileReply, None, None]:
        """Send a request and hand out its answer while it arrives, or raise `TransportFailure`."""
        response = self._send_file(request)
        try:
            yield FileReply(response.status_code, response.headers, _chunks(response, request))
        finally:
            response.close()

    def _send_file(self, request: FileRequest) -> httpx.Response:
        try:
            url = httpx.URL(request.url)
            for _ in range(_MAX_REDIRECTS + 1):
                response = self._send_file_once(_file_request(request, url))
                target = _onward(request, url, response)
                if target is None:
                    return response
                response.close()
                url = target
            failure = _too_many_redirects()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            failure = _failure(error, request, redact)
        raise failure

    def _send_file_once(self, request: httpx.Request) -> httpx.Response:
        if self._http_client is not None:
            _refuse_closed(self._http_client)
            with _signature_unlogged():
                return self._http_client.send(
                    request, stream=True, auth=None, follow_redirects=False
                )
        return self._open_for(str(request.url)).handle_request(request)

    def _open_for(self, url: str) -> httpx.BaseTransport:
        address = proxy_address(url)
        with self._lock:
            if address not in self._file_connections:
                self._file_connections[address] = httpx.HTTPTransport(
                    verify=shared_tls_context(), limits=_LIMITS, proxy=proxy_for(url)
                )
            return self._file_connections[address]

    def _open(self) -> httpx.BaseTransport:
        with self._lock:
            if self._closed:
                # A thread that reads ahead may come here after the client was closed.
                raise TransportFailure("the client was closed", Delivery.NOT_SENT)
            if self._connections is None:
                self._connections = httpx.HTTPTransport(
                    verify=shared_tls_context(), limits=_LIMITS, proxy=proxy_for(self._origin)
                )
            return self._connections

    def close(self) -> None:
        """Release our own connections; a caller's own client stays open."""
        with self._lock:
            self._closed = True
            connections, self._connections = self._connections, None
            files, self._file_connections = self._file_connections, {}
        for opened in (connections, *files.values()):
            if opened is not None:
                opened.close()


def _chunks(response: httpx.Response, request: FileRequest) -> Iterator[bytes]:
    try:
        yield from cast(httpx.SyncByteStream, response.stream)
    except httpx.HTTPError as error:
        failure = _failure(error, request, redact)
    else:
        return
    raise failure


class AsyncHttpxTransport:
    """Carries the calls of one ``AsyncA2E`` over httpx; safe to share between tasks of one loop.

    Args:
        origin: The base URL of the client; decides whether a proxy of the environment is used.
        http_client: The caller's own client, used with its proxies, certificates and hooks but
            without its redirects and authentication; None for connections of our own.
    """

    def __init__(self, origin: str, http_client: httpx.AsyncClient | None = None) -> None:
        self._origin = origin
        self._http_client = http_client
        self._connections: httpx.AsyncBaseTransport | None = None
        self._file_connections: dict[str | None, httpx.AsyncBaseTransport] = {}

    async def exchange_async(self, request: HttpRequest) -> HttpReply:
        """Send one request and return the whole answer, or raise `TransportFailure`."""
        try:
            return await self._send(request)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            failure = _failure(error, request, request.key.redact)
        except BodyTooLarge:
            failure = too_large()
        raise failure  # For the reason beside the same line of `HttpxTransport.exchange`.

    async def _send(self, request: HttpRequest) -> HttpReply:
        if self._http_client is not None:
            _refuse_closed(self._http_client)
            response = await self._http_client.send(
                _encode(request), stream=True, auth=None, follow_redirects=False
            )
        else:
            connections = self._connections or self._open()
            response = await connections.handle_async_request(_encode_directly(request))
        try:
            plain = _is_plain(response)
            chunks = (
                cast(httpx.AsyncByteStream, response.stream) if plain else response.aiter_bytes()
            )
            received: list[bytes] = []
            size = 0
            async for chunk in chunks:
                size += len(chunk)
                if size > MAX_ANSWER_BYTES:
                    raise BodyTooLarge
                received.append(chunk)
            return _reply(response, b"".join(received))
        finally:
            await response.aclose()

    @asynccontextmanager
    async def stream_async(self, request: AsyncFileRequest) -> AsyncGenerator[AsyncFileReply, None]:
        """Send a request and hand out its answer while it arrives, or raise `TransportFailure`."""
        response = await self._send_file(request)
        try:
            async with aclosing(_async_chunks(response, request)) as chunks:
                yield AsyncFileReply(response.status_code, response.headers, chunks)
        finally:
            await response.aclose()

    async def _send_file(self, request: AsyncFileRequest) -> httpx.Response:
        try:
            url = httpx.URL(request.url)
            for _ in range(_MAX_REDIRECTS + 1):
                response = await self._send_file_once(_file_request(request, url))
                target = _onward(request, url, response)
                if target is None:
                    return response
                await response.aclose()
                url = target
            failure = _too_many_redirects()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            failure = _failure(error, request, redact)
        raise failure

    async def _send_file_once(self, request: httpx.Request) -> httpx.Response:
        if self._http_client is not None:
            _refuse_closed(self._http_client)
            with _signature_unlogged():
                return await self._http_client.send(
                    request, stream=True, auth=None, follow_redirects=False
                )
        return await self._open_for(str(request.url)).handle_async_request(request)

    def _open_for(self, url: str) -> httpx.AsyncBaseTransport:
        address = proxy_address(url)
        if address not in self._file_connections:
            self._file_connections[address] = httpx.AsyncHTTPTransport(
                verify=shared_tls_context(), limits=_LIMITS, proxy=proxy_for(url)
            )
        return self._file_connections[address]

    def _open(self) -> httpx.AsyncBaseTransport:
        self._connections = httpx.AsyncHTTPTransport(
            verify=shared_tls_context(), limits=_LIMITS, proxy=proxy_for(self._origin)
        )
        return self._connections

    async def aclose(self) -> None:
        """Release our own connections; a caller's own client stays open."""
        connections, self._connections = self._connections, None
        files, self._file_connections = self._file_connections, {}
        for opened in (connections, *files.values()):
            if opened is not None:
                await opened.aclose()


async def _async_chunks(
    response: httpx.Response, request: AsyncFileRequest
) -> AsyncGenerator[bytes, None]:
    try:
        async for chunk in cast(httpx.AsyncByteStream, response.stream):
            yield chunk
    except httpx.HTTPError as error:
        failure = _failure(error, request, redact)
    else:
        return
    raise failure

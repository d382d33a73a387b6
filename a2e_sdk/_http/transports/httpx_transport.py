"""The network: the one module of this SDK that imports httpx.

This module owns connections, TLS, proxies and the translation between httpx and the plain values
of ``_http.messages``. It follows no redirect, reads no meaning into a response and retries
nothing. By default it talks to httpx's transport layer, which does all that one origin needs at
three quarters of the cost of ``httpx.Client``; a caller's own ``httpx.Client`` is used as it is
and never closed.

Connections belong to the process and the event loop that opened them: each loop and each forked
child opens its own. Deadlines of blocking calls are kept by ``deadline_sockets``; those of calls
with ``await``, by cancellation.

Files have connections of their own, on which no key, cookie or default header of anybody is ever
put; the redirects of a download are followed there, up to five, and never from https to http.
"""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
import urllib.request
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    Callable,
    Generator,
    Iterable,
    Iterator,
    Mapping,
)
from contextlib import aclosing, asynccontextmanager, contextmanager
from contextvars import ContextVar, copy_context
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, TypeVar, cast
from urllib.parse import urlsplit

import anyio
import httpx

from a2e_sdk._checks.hosts import is_loopback
from a2e_sdk._checks.redaction import redact, safe_text
from a2e_sdk._http.failures import (
    Delivery,
    TransportFailure,
    out_of_time,
    reason_of,
    timed_out,
    unforeseen,
)
from a2e_sdk._http.messages import (
    MAX_ANSWER_BYTES,
    AnyRequest,
    AsyncFileRequest,
    AsyncFileResponse,
    FileRequest,
    FileResponse,
    HttpRequest,
    HttpResponse,
)
from a2e_sdk._runtime.event_loops import PerLoop, current_loop
from a2e_sdk._runtime.forks import ForkAware
from a2e_sdk.errors import A2EError, ConfigurationError

from .content_decoding import ContentDecodingError, ContentTooLarge, decoder_for
from .deadline_sockets import DeadlineBackend, PhaseTimeout

if TYPE_CHECKING:
    import ssl

ResultT = TypeVar("ResultT")

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
_NOT_SENT_OR_INVALID = (*_NOT_SENT, httpx.InvalidURL)


class _SharedTls(ForkAware):
    """The TLS context that all clients of this process share; made on first use."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._context: ssl.SSLContext | None = None

    def _drop_inherited(self) -> None:
        self._lock = threading.Lock()

    def context(self) -> ssl.SSLContext:
        self.renew_after_fork()
        with self._lock:
            if self._context is None:
                try:
                    self._context = httpx.create_ssl_context()
                except OSError as error:  # ssl.SSLError is one too.
                    raise ConfigurationError(
                        f"The certificates can't be loaded ({error}): check SSL_CERT_FILE and "
                        "SSL_CERT_DIR of the environment."
                    ) from None
            return self._context


_tls = _SharedTls()


def shared_tls_context() -> ssl.SSLContext:
    """Return the TLS context that all clients of this process share; made on first use.

    It honours ``SSL_CERT_FILE`` and ``SSL_CERT_DIR`` as they are at that moment.

    Raises:
        ConfigurationError: The certificates that they name can't be loaded.
    """
    return _tls.context()


def proxy_address(origin: str) -> str | None:
    """Return the URL of the proxy that the environment sets for an origin, or None.

    ``HTTPS_PROXY``, ``HTTP_PROXY``, ``ALL_PROXY`` and ``NO_PROXY`` mean what they mean to httpx,
    but an address of this very machine is never reached through a proxy: it could not find it, and
    would be shown a request, key included, that was to stay here.
    """
    parts = urlsplit(origin)
    if is_loopback(parts.hostname or ""):
        return None
    proxies = urllib.request.getproxies()
    address = proxies.get(parts.scheme) or proxies.get("all")
    if not address or urllib.request.proxy_bypass(parts.netloc):
        return None
    return address if "://" in address else f"http://{address}"


def _connection_options(url: str) -> dict[str, Any]:
    """Return the arguments of httpx's transports for the origin of a URL."""
    address = proxy_address(url)
    options: dict[str, Any] = {"verify": shared_tls_context(), "limits": _LIMITS}
    if address is not None:
        try:
            options["proxy"] = httpx.Proxy(address)
        except (ValueError, httpx.InvalidURL) as error:
            raise _unusable_proxy(error) from None
    return options


def _unusable_proxy(error: Exception) -> ConfigurationError:
    return ConfigurationError(
        f"The proxy that the environment names can't be used ({safe_text(error)}): check "
        "HTTPS_PROXY, HTTP_PROXY and ALL_PROXY."
    )


def _opened(connections: Callable[..., ResultT], url: str) -> ResultT:
    """Return one of httpx's transports for the origin of a URL."""
    options = _connection_options(url)
    try:
        return connections(**options)
    except (ImportError, ValueError) as error:  # A SOCKS proxy, without the package for it.
        raise _unusable_proxy(error) from None


class _Connections(httpx.HTTPTransport):
    """Connections of blocking calls, each of which ends by its deadline."""

    def __init__(self, *, backend: DeadlineBackend, **options: Any) -> None:
        super().__init__(**options)
        # httpcore takes a backend as an argument, but httpx has none to hand it on.
        self._pool._network_backend = backend


def _extensions(request: HttpRequest, *, is_async: bool) -> dict[str, Any]:
    """Return what httpx is told beside the request: time-outs, and whom to tell of the writing."""
    extensions: dict[str, Any] = {"timeout": _phases(request)}
    progress = request.progress
    if progress is None:
        return extensions

    def trace(event: str, _: object) -> None:
        if event.endswith("send_request_headers.started"):
            progress.writing()

    async def trace_async(event: str, _: object) -> None:
        trace(event, _)

    extensions["trace"] = trace_async if is_async else trace
    return extensions


def _encode(request: HttpRequest, *, is_async: bool) -> httpx.Request:
    return httpx.Request(
        request.method,
        request.url,
        # The key is put in here and in `_encode_directly`, and nowhere else, so that no frame of
        # ours holds it as text.
        headers={**request.headers, "authorization": request.key.authorization()},
        content=request.body,
        extensions=_extensions(request, is_async=is_async),
    )


# Polling asks for the same few URLs again and again, and parsing one costs as much as the rest of
# the request.
_parse_url = lru_cache(maxsize=256)(httpx.URL)


def _encode_directly(request: HttpRequest, *, is_async: bool) -> httpx.Request:
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
    if request.progress is not None:
        request.progress.connecting()
    body = request.body or b""
    if request.body is not None or request.method in ("POST", "PUT", "PATCH"):
        headers["content-length"] = str(len(body))
    return httpx.Request(
        request.method,
        url,
        headers=headers,
        stream=httpx.ByteStream(body),
        extensions=_extensions(request, is_async=is_async),
    )


_PHASES = ("connect", "read", "write", "pool")


def _phases(request: AnyRequest, began: float | None = None) -> dict[str, float]:
    """Return the time-outs as httpx takes them, which know the deadline where there is one."""
    timeout = request.timeout
    if request.total is None:
        return {name: getattr(timeout, name) for name in _PHASES}
    now = time.monotonic()
    deadline = (now if began is None else began) + request.total
    left = max(deadline - now, 0.001)
    return {name: PhaseTimeout(min(getattr(timeout, name), left), deadline) for name in _PHASES}


def _was_not_sent(error: Exception) -> bool:
    """Tell whether an error proves that the server saw nothing of the request.

    A caller's client may run on another library than httpcore, whose errors are translated by
    whoever wrote the bridge: httpx-aiohttp reports a connection that broke after the request as
    ``ConnectTimeout``. Such an error proves nothing.
    """
    cause = error.__cause__
    foreign = cause is not None and type(cause).__module__.partition(".")[0] != "httpcore"
    return isinstance(error, _NOT_SENT_OR_INVALID) and not foreign


def _failure(
    error: Exception, request: AnyRequest, began: float, hide: Callable[[str], str]
) -> TransportFailure:
    if isinstance(error, TransportFailure):
        return error
    if isinstance(error, ContentDecodingError):
        return undecodable(error)
    if not isinstance(error, httpx.HTTPError | httpx.InvalidURL):
        return unforeseen(error, hide)
    # A hook of a caller's own client may fail to connect elsewhere, with the response there.
    progress = getattr(request, "progress", None)
    has_begun = progress is not None and progress.has_begun
    unsent = _was_not_sent(error) and not has_begun
    delivery = Delivery.NOT_SENT if unsent else Delivery.UNKNOWN
    if isinstance(error, httpx.TimeoutException):
        if request.total is not None and time.monotonic() - began >= request.total:
            failure = out_of_time(request)
            failure.delivery = delivery
            return failure
        phase = type(error).__name__.removesuffix("Timeout").lower()
        return timed_out(phase, request, delivery)
    return TransportFailure(reason_of(error, hide), delivery)


def undecodable(error: ContentDecodingError) -> TransportFailure:
    """Return the failure of an exchange whose response is too large, or in no coding asked for."""
    return TransportFailure(str(error), Delivery.UNKNOWN)


class BoundedBody:
    """The body of one response, decoded as it comes and never larger than `MAX_ANSWER_BYTES`.

    Args:
        headers: The header fields, names in lower case.

    Raises:
        ContentDecodingError: It has a coding that was not asked for.
    """

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._decoder = decoder_for(headers)
        self._received: list[bytes] = []
        self._size = 0

    def add(self, chunk: bytes) -> None:
        """Take in the next bytes from the wire.

        Raises:
            ContentDecodingError: They are too many, or broken.
        """
        if self._decoder is not None:
            chunk = self._decoder.feed(chunk)
        self._size += len(chunk)
        if self._size > MAX_ANSWER_BYTES:
            raise ContentTooLarge(f"the answer is larger than {MAX_ANSWER_BYTES} bytes")
        self._received.append(chunk)

    def whole(self) -> bytes:
        """Return the body, at its end.

        Raises:
            ContentDecodingError: It was cut.
        """
        if self._decoder is not None:
            self._decoder.finish()
        return b"".join(self._received)


def is_http_client(value: object, class_name: str) -> bool:
    """Tell whether a value is an ``httpx.Client`` or an ``httpx.AsyncClient``, by class name."""
    return isinstance(value, getattr(httpx, class_name))


def _refuse_closed(http_client: httpx.Client | httpx.AsyncClient) -> None:
    if http_client.is_closed:
        raise ConfigurationError("The http_client that was given to this client is closed.")


class _ContentFailed(Exception):
    """The content of a request could not be read: the caller's own matter, not the network's."""

    def __init__(self, error: Exception) -> None:
        self.error = error


def _guarded(content: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield from content
    except Exception as error:
        raise _ContentFailed(error) from None


async def _async_guarded(content: AsyncIterable[bytes]) -> AsyncGenerator[bytes, None]:
    try:
        async for chunk in content:
            yield chunk
    except Exception as error:
        raise _ContentFailed(error) from None


def _file_request(
    request: FileRequest | AsyncFileRequest, url: httpx.URL, began: float
) -> httpx.Request:
    content: Iterable[bytes] | AsyncIterable[bytes] | None = None
    if isinstance(request, AsyncFileRequest):
        content = None if request.content is None else _async_guarded(request.content)
    elif request.content is not None:
        content = _guarded(request.content)
    return httpx.Request(
        request.method,
        url,
        headers=request.headers,
        content=content,
        extensions={"timeout": _phases(request, began)},
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


class _Home:
    """The process and event loop in which a caller's own client was first used.

    Its connections are there, and its responses would go astray elsewhere.
    """

    def __init__(self) -> None:
        self._place: tuple[int, object] | None = None

    def require(self, loop: object = None) -> None:
        """Refuse to use the client in another place than the first one."""
        here = (os.getpid(), loop)
        self._place = self._place or here
        if self._place != here:
            where = "process" if self._place[0] != here[0] else "event loop"
            raise ConfigurationError(
                f"The http_client that was given to this client was first used in another {where}, "
                "where its connections are. Leave http_client out, so that connections are opened "
                "where they are needed, or build a client in each."
            )


class HttpxTransport(ForkAware):
    """Carries the calls of one ``A2E`` over httpx; safe to share between threads.

    Args:
        origin: The base URL of the client; decides whether a proxy of the environment is used.
        http_client: The caller's own client, used with its proxies, certificates and hooks but
            without its redirects and authentication; None for connections of our own.
    """

    def __init__(self, origin: str, http_client: httpx.Client | None = None) -> None:
        super().__init__()
        self._origin = origin
        self._http_client = http_client
        self._home = _Home()
        self._closed = False
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._backend = DeadlineBackend()
        self._connections: httpx.BaseTransport | None = None
        self._file_connections: dict[str | None, httpx.BaseTransport] = {}
        self._lock = threading.Lock()

    def _drop_inherited(self) -> None:
        self._backend.abandon()
        self._begin_anew()

    def send(self, request: HttpRequest) -> HttpResponse:
        """Send one request and return the whole response, or raise `TransportFailure`."""
        began = time.monotonic()
        try:
            return self._send(request)
        except A2EError:
            raise
        except Exception as error:
            failure = _failure(error, request, began, request.key.redact)
        # Raised out here so that no frame of the HTTP library, which may hold the key among its
        # locals, hangs on the exception.
        raise failure

    def _send(self, request: HttpRequest) -> HttpResponse:
        self.renew_after_fork()
        if self._http_client is not None:
            return _in_time(lambda: self._send_with(request), request, time.monotonic())
        connections = self._connections or self._open()
        try:
            response = connections.handle_request(_encode_directly(request, is_async=False))
        finally:
            if self._closed:  # Closed meanwhile: leave no connection open behind that.
                connections.close()
        return _whole(response)

    def _send_with(self, request: HttpRequest) -> HttpResponse:
        return _whole(self._theirs().send(_encode(request, is_async=False), **_AS_IT_IS))

    def _theirs(self) -> httpx.Client:
        """Return the caller's own client, where it can be used."""
        client = cast(httpx.Client, self._http_client)
        _refuse_closed(client)
        self._home.require()
        return client

    @contextmanager
    def stream(self, request: FileRequest) -> Generator[FileResponse, None, None]:
        """Send a request and hand out its response as it arrives, or raise `TransportFailure`."""
        began = time.monotonic()
        response = self._send_file(request, began)
        try:
            theirs = self._http_client is not None
            chunks = _chunks(response, request, began, theirs=theirs)
            yield FileResponse(response.status_code, response.headers, chunks)
        finally:
            response.close()

    def _send_file(self, request: FileRequest, began: float) -> httpx.Response:
        try:
            url = httpx.URL(request.url)
            for _ in range(_MAX_REDIRECTS + 1):
                response = self._send_file_once(_file_request(request, url, began), request, began)
                target = _onward(request, url, response)
                if target is None:
                    return response
                response.close()
                url = target
            failure = _too_many_redirects()
        except A2EError:
            raise
        except _ContentFailed as failed:
            raise failed.error from None
        except Exception as error:
            failure = _failure(error, request, began, redact)
        raise failure

    def _send_file_once(
        self, encoded: httpx.Request, request: FileRequest, began: float
    ) -> httpx.Response:
        self.renew_after_fork()
        if self._http_client is None:
            return self._open_for(str(encoded.url)).handle_request(encoded)

        def send() -> httpx.Response:
            with _signature_unlogged():
                return self._theirs().send(encoded, **_AS_IT_IS)

        return _in_time(send, request, began)

    def _open_for(self, url: str) -> httpx.BaseTransport:
        address = proxy_address(url)
        with self._lock:
            self._require_open()
            if address not in self._file_connections:
                self._file_connections[address] = self._new_connections(url)
            return self._file_connections[address]

    def _open(self) -> httpx.BaseTransport:
        with self._lock:
            self._require_open()
            if self._connections is None:
                self._connections = self._new_connections(self._origin)
            return self._connections

    def _require_open(self) -> None:
        if self._closed:
            # A thread that reads ahead may come here after the client was closed.
            raise TransportFailure("the client was closed", Delivery.NOT_SENT)

    def _new_connections(self, url: str) -> httpx.BaseTransport:
        return _opened(partial(_Connections, backend=self._backend), url)

    def close(self) -> None:
        """Release our own connections; a caller's own client stays open."""
        self.renew_after_fork()
        with self._lock:
            self._closed = True
            connections, self._connections = self._connections, None
            files, self._file_connections = self._file_connections, {}
        # A read in another thread would wait on: closing a socket does not end it, this does.
        self._backend.shut_down()
        for opened in (connections, *files.values()):
            if opened is not None:
                opened.close()


#: How a caller's own client sends: without its own redirects and authentication.
_AS_IT_IS: dict[str, Any] = {"stream": True, "auth": None, "follow_redirects": False}


def _whole(response: httpx.Response) -> HttpResponse:
    try:
        body = BoundedBody(response.headers)
        for chunk in cast(httpx.SyncByteStream, response.stream):
            body.add(chunk)
        return HttpResponse(response.status_code, response.headers, body.whole())
    finally:
        response.close()


def _in_time(
    function: Callable[[], ResultT], request: HttpRequest | FileRequest, began: float
) -> ResultT:
    """Call a function in another thread, and leave it behind where it takes too long.

    A caller's own client opens its own sockets, on which only each single read has a time-out.
    """
    if request.total is None:
        return function()
    done: queue.SimpleQueue[tuple[ResultT | None, BaseException | None]] = queue.SimpleQueue()

    def work() -> None:
        try:
            done.put((function(), None))
        except BaseException as error:
            done.put((None, error))

    run = copy_context().run
    threading.Thread(target=run, args=(work,), name="a2e-exchange", daemon=True).start()
    try:
        left = request.total - (time.monotonic() - began)
        result, error = done.get(timeout=max(left, 0))
    except queue.Empty:
        raise out_of_time(request) from None
    if error is not None:
        raise error
    return cast(ResultT, result)


def _chunks(
    response: httpx.Response, request: FileRequest, began: float, *, theirs: bool
) -> Iterator[bytes]:
    stream = iter(cast(httpx.SyncByteStream, response.stream))
    try:
        while True:
            if theirs:
                chunk = _in_time(lambda: next(stream, None), request, began)
            else:
                chunk = next(stream, None)
            if chunk is None:
                return
            if request.total is not None and time.monotonic() - began >= request.total:
                failure = out_of_time(request)
                break
            yield chunk
    except Exception as error:
        failure = _failure(error, request, began, redact)
    raise failure


class _LoopConnections:
    """The connections of one event loop: to the API, and to the hosts of files."""

    def __init__(self) -> None:
        self._to_api: httpx.AsyncBaseTransport | None = None
        self._to_files: dict[str | None, httpx.AsyncBaseTransport] = {}

    def to_api(self, origin: str) -> httpx.AsyncBaseTransport:
        """Return the connections to the API."""
        if self._to_api is None:
            self._to_api = _opened(httpx.AsyncHTTPTransport, origin)
        return self._to_api

    def to_file(self, url: str) -> httpx.AsyncBaseTransport:
        """Return the connections that lead to the host of a file."""
        address = proxy_address(url)
        if address not in self._to_files:
            self._to_files[address] = _opened(httpx.AsyncHTTPTransport, url)
        return self._to_files[address]

    async def aclose(self) -> None:
        """Close them all."""
        for opened in (self._to_api, *self._to_files.values()):
            if opened is not None:
                await opened.aclose()


class AsyncHttpxTransport:
    """Carries the calls of one ``AsyncA2E`` over httpx, in any event loop of any thread.

    Args:
        origin: The base URL of the client; decides whether a proxy of the environment is used.
        http_client: The caller's own client, used with its proxies, certificates and hooks but
            without its redirects and authentication; None for connections of our own.
    """

    def __init__(self, origin: str, http_client: httpx.AsyncClient | None = None) -> None:
        self._origin = origin
        self._http_client = http_client
        self._home = _Home()
        self._closed = False
        self._connections = PerLoop(_LoopConnections, _LoopConnections.aclose)

    async def send_async(self, request: HttpRequest) -> HttpResponse:
        """Send one request and return the whole response, or raise `TransportFailure`."""
        began = time.monotonic()
        try:
            return await self._send(request)
        except A2EError:
            raise
        except Exception as error:
            failure = _failure(error, request, began, request.key.redact)
        raise failure  # For the reason beside the same line of `HttpxTransport.exchange`.

    async def _send(self, request: HttpRequest) -> HttpResponse:
        if self._http_client is not None:
            encoded = _encode(request, is_async=True)
            response = await self._theirs().send(encoded, **_AS_IT_IS)
        else:
            connections = self._opened().to_api(self._origin)
            response = await connections.handle_async_request(
                _encode_directly(request, is_async=True)
            )
        try:
            body = BoundedBody(response.headers)
            async for chunk in cast(httpx.AsyncByteStream, response.stream):
                body.add(chunk)
            return HttpResponse(response.status_code, response.headers, body.whole())
        finally:
            await response.aclose()

    def _theirs(self) -> httpx.AsyncClient:
        """Return the caller's own client, where it can be used."""
        client = cast(httpx.AsyncClient, self._http_client)
        _refuse_closed(client)
        self._home.require(current_loop())
        return client

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
            async with aclosing(_async_chunks(response, request, began)) as chunks:
                yield AsyncFileResponse(response.status_code, response.headers, chunks)
        finally:
            await response.aclose()

    async def _send_file(self, request: AsyncFileRequest, began: float) -> httpx.Response:
        try:
            url = httpx.URL(request.url)
            for _ in range(_MAX_REDIRECTS + 1):
                response = await self._send_file_once(_file_request(request, url, began))
                target = _onward(request, url, response)
                if target is None:
                    return response
                await response.aclose()
                url = target
            failure = _too_many_redirects()
        except A2EError:
            raise
        except _ContentFailed as failed:
            raise failed.error from None
        except Exception as error:
            failure = _failure(error, request, began, redact)
        raise failure

    async def _send_file_once(self, request: httpx.Request) -> httpx.Response:
        if self._http_client is not None:
            with _signature_unlogged():
                return await self._theirs().send(request, **_AS_IT_IS)
        connections = self._opened().to_file(str(request.url))
        return await connections.handle_async_request(request)

    async def aclose(self) -> None:
        """Release our own connections; a caller's own client stays open."""
        self._closed = True
        await self._connections.aclose()

    def _opened(self) -> _LoopConnections:
        if self._closed:
            # A task that waited for its turn may come here after the client was closed.
            raise TransportFailure("the client was closed", Delivery.NOT_SENT)
        return self._connections.get()


async def _async_chunks(
    response: httpx.Response, request: AsyncFileRequest, began: float
) -> AsyncGenerator[bytes, None]:
    stream = cast(httpx.AsyncByteStream, response.stream).__aiter__()
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
        failure = _failure(error, request, began, redact)
    raise failure

"""Blocking requests over httpx or httpx2.

This module owns the exchange of ``A2E``: connections of the SDK's own, whose deadlines are kept by
``deadline_sockets``, or a caller's client, which is left behind in a thread where it takes too
long. By default it talks to the library's transport layer, which does all that is needed here at
three quarters of the cost of a ``Client``. It follows no redirect of a call, reads no meaning into
a response and retries nothing.

Files have connections of their own, on which no key, cookie or default header of anybody is ever
put.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, cast

from a2e_sdk._checks.redaction import redact
from a2e_sdk._http.failures import Delivery, TransportFailure, out_of_time
from a2e_sdk._http.messages import FileRequest, FileResponse, HttpRequest, HttpResponse
from a2e_sdk._runtime.forks import ForkAware
from a2e_sdk.errors import A2EError

from .content_decoding import BoundedBody
from .deadline_sockets import DeadlineBackend
from .file_exchange import MAX_REDIRECTS, ContentFailed, guarded, next_url, too_many_redirects
from .httpx_library import HttpxLibrary, Pools
from .own_client import SEND_OPTIONS, OwnClient, signature_unlogged

if TYPE_CHECKING:
    import httpx

ResultT = TypeVar("ResultT")


class SyncHttpxTransport(ForkAware):
    """Carries the requests of ``A2E`` over a library with httpx's classes.

    A subclass names the library. It is safe to share between threads and clients, and a forked
    child opens connections of its own.

    Args:
        http_client: A client of the library, used with its proxies, certificates and hooks but
            without its redirects and authentication, and never closed. Default: connections of the
            transport's own, with the proxies and certificates of the environment.
    """

    library: ClassVar[HttpxLibrary]
    ends_in_time: ClassVar[bool] = True

    def __init__(self, http_client: httpx.Client | None = None) -> None:
        super().__init__()
        self._own_client = None if http_client is None else OwnClient(http_client)
        self._closed = False
        self._open_anew()

    def _open_anew(self) -> None:
        self._backend = DeadlineBackend(self.library.core)
        self._to_api, self._to_files = Pools(self._new_pool), Pools(self._new_pool)
        self._lock = threading.Lock()

    def _drop_inherited(self) -> None:
        self._backend.abandon()
        self._open_anew()

    def send_request(self, request: HttpRequest) -> HttpResponse:
        """Send one request and return the whole response, or raise `TransportFailure`."""
        began = time.monotonic()
        try:
            return self._send(request)
        except A2EError:
            raise
        except Exception as error:
            failure = self.library.failure(error, request, began, request.key.redact)
        # Raised out here so that no frame of the HTTP library, which may hold the key among its
        # locals, hangs on the exception.
        raise failure

    def _send(self, request: HttpRequest) -> HttpResponse:
        self.renew_after_fork()
        client = self._own_client
        if client is not None:
            return _in_time(lambda: self._send_with(client, request), request, time.monotonic())
        url = self.library.parse_url(request.url)
        pool = self._to_api.known(url) or self._pool(self._to_api, url)
        try:
            response = pool.handle_request(
                self.library.encode_directly(request, url, is_async=False)
            )
        finally:
            if self._closed:  # Closed meanwhile: leave no connection open behind that.
                pool.close()
        return _whole(response)

    def _send_with(self, client: OwnClient[httpx.Client], request: HttpRequest) -> HttpResponse:
        encoded = self.library.encode(request, is_async=False)
        return _whole(client.get().send(encoded, **SEND_OPTIONS))

    @contextmanager
    def stream(self, request: FileRequest) -> Generator[FileResponse, None, None]:
        """Send a request and hand out its response as it arrives, or raise `TransportFailure`."""
        began = time.monotonic()
        response = self._send_file(request, began)
        try:
            chunks = self._chunks(response, request, began)
            yield FileResponse(response.status_code, response.headers, chunks)
        finally:
            response.close()

    def _send_file(self, request: FileRequest, began: float) -> httpx.Response:
        try:
            url = self.library.module.URL(request.url)
            for _ in range(MAX_REDIRECTS + 1):
                response = self._send_file_once(request, url, began)
                target = next_url(request, url, response)
                if target is None:
                    return response
                response.close()
                url = target
            failure = too_many_redirects()
        except A2EError:
            raise
        except ContentFailed as failed:
            raise failed.error from None
        except Exception as error:
            failure = self.library.failure(error, request, began, redact)
        raise failure

    def _send_file_once(self, request: FileRequest, url: httpx.URL, began: float) -> httpx.Response:
        self.renew_after_fork()
        encoded = self.library.encode_file(request, url, began, guarded(request.content))
        client = self._own_client
        if client is None:
            pool = self._pool(self._to_files, url)
            response: httpx.Response = pool.handle_request(encoded)
            return response

        def send() -> httpx.Response:
            with signature_unlogged(self.library.module.__name__):
                return client.get().send(encoded, **SEND_OPTIONS)

        return _in_time(send, request, began)

    def _chunks(
        self, response: httpx.Response, request: FileRequest, began: float
    ) -> Iterator[bytes]:
        stream = iter(cast("httpx.SyncByteStream", response.stream))
        try:
            while True:
                if self._own_client is not None:
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
            failure = self.library.failure(error, request, began, redact)
        raise failure

    def _pool(self, pools: Pools, url: httpx.URL) -> Any:
        with self._lock:
            if self._closed:
                # A thread that reads ahead may come here after the client was closed.
                raise TransportFailure("the client was closed", Delivery.NOT_SENT)
            return pools.open(url)

    def _new_pool(self, address: str | None) -> Any:
        opened = self.library.connections("HTTPTransport", address)
        # The core takes a backend as an argument, but the library has none to hand it on.
        opened._pool._network_backend = self._backend
        return opened

    def close(self) -> None:
        """Release the transport's own connections; a caller's client stays open."""
        self.renew_after_fork()
        with self._lock:
            self._closed = True
            opened = self._to_api.take_all() + self._to_files.take_all()
        # A read in another thread would wait on: closing a socket does not end it, this does.
        self._backend.shut_down()
        for pool in opened:
            pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def _whole(response: httpx.Response) -> HttpResponse:
    try:
        body = BoundedBody(response.headers)
        for chunk in cast("httpx.SyncByteStream", response.stream):
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

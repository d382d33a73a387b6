"""An HTTP library with the classes of httpx: httpx itself, or httpx2.

This module owns what the transports need of such a library, so that the shared code is written
once: its connections with the limits, certificates and proxies of every transport, its requests,
and the translation of its exceptions. It is given the library and imports none.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from a2e_sdk._checks.redaction import safe_text
from a2e_sdk._http.failures import (
    Delivery,
    TransportFailure,
    delivery_of,
    out_of_time,
    reason_of,
    timed_out,
    unforeseen,
)
from a2e_sdk._http.messages import AnyRequest, AsyncFileRequest, FileRequest, HttpRequest
from a2e_sdk.errors import ConfigurationError

from .content_decoding import ContentDecodingError
from .deadline_sockets import PhaseTimeout
from .network_settings import (
    KEEP_ALIVE_SECONDS,
    MAX_CONNECTIONS,
    MAX_IDLE_CONNECTIONS,
    proxy_address,
    shared_tls_context,
)

if TYPE_CHECKING:
    import httpx

ResultT = TypeVar("ResultT")

_PHASES = ("connect", "read", "write", "pool")


class HttpxLibrary:
    """What the transports use of one library.

    Args:
        module: ``httpx``, or a module with the same classes.
        core: The module of its connections: ``httpcore``, or another with the same classes.
    """

    def __init__(self, module: Any, core: Any) -> None:
        self.module = module
        self.core = core
        #: Polling asks for the same few URLs again and again, and parsing one costs as much as the
        #: rest of the request.
        self.parse_url: Callable[[str], httpx.URL] = lru_cache(maxsize=256)(module.URL)
        # Errors of the phases before the first byte of the request is written.
        self._not_sent: tuple[type[Exception], ...] = (
            module.ConnectError,
            module.ConnectTimeout,
            module.PoolTimeout,
            module.ProxyError,
            module.UnsupportedProtocol,
            module.LocalProtocolError,
            module.InvalidURL,
        )
        self._foreseen: tuple[type[Exception], ...] = (module.HTTPError, module.InvalidURL)
        self._no_content = _no_content(module)

    def connections(self, class_name: str, address: str | None) -> Any:
        """Return connections of the library's own transport class, through a proxy or directly.

        Args:
            class_name: ``HTTPTransport`` or ``AsyncHTTPTransport``.
            address: The URL of the proxy; None for none.

        Raises:
            ConfigurationError: The proxy, or the certificates of the environment, can't be used.
        """
        options: dict[str, Any] = {
            "verify": shared_tls_context(),
            "limits": self.module.Limits(
                max_connections=MAX_CONNECTIONS,
                max_keepalive_connections=MAX_IDLE_CONNECTIONS,
                keepalive_expiry=KEEP_ALIVE_SECONDS,
            ),
        }
        try:
            if address is not None:
                options["proxy"] = self.module.Proxy(address)
            return getattr(self.module, class_name)(**options)
        except (ImportError, ValueError, self.module.InvalidURL) as error:
            # A SOCKS proxy, without the package for it, is an ImportError.
            raise ConfigurationError(
                f"The proxy that the environment names can't be used ({safe_text(error)}): check "
                "HTTPS_PROXY, HTTP_PROXY and ALL_PROXY."
            ) from None

    def encode(self, request: HttpRequest, *, is_async: bool) -> httpx.Request:
        """Return a request as a caller's own client sends it."""
        encoded: httpx.Request = self.module.Request(
            request.method,
            request.url,
            # The key is put in here and in `encode_directly`, and nowhere else, so that no frame of
            # ours holds it as text.
            headers={**request.headers, "authorization": request.key.authorization()},
            content=request.body,
            extensions=_extensions(request, is_async=is_async),
        )
        return encoded

    def encode_directly(
        self, request: HttpRequest, url: httpx.URL, *, is_async: bool
    ) -> httpx.Request:
        """Return the same request as `encode`, at a fifth of its cost.

        With ``stream`` in place of ``content``, the library adds no header, so ``Host`` and
        ``Content-Length`` are set here. Hooks can't read the body of such a request, so a caller's
        own client doesn't get it.
        """
        headers = {
            "host": url.netloc.decode("ascii"),
            **request.headers,
            "authorization": request.key.authorization(),
        }
        if request.progress is not None:
            request.progress.connecting()
        body = request.body
        if body is not None or request.method in ("POST", "PUT", "PATCH"):
            headers["content-length"] = str(len(body or b""))
        encoded: httpx.Request = self.module.Request(
            request.method,
            url,
            headers=headers,
            stream=self.module.ByteStream(body) if body else self._no_content,
            extensions=_extensions(request, is_async=is_async),
        )
        return encoded

    def encode_file(
        self,
        request: FileRequest | AsyncFileRequest,
        url: httpx.URL,
        began: float,
        content: Iterable[bytes] | AsyncIterable[bytes] | None,
    ) -> httpx.Request:
        """Return the request for a file, or with one, to one of the hosts it is sent to.

        Args:
            request: What is sent.
            url: Where to; another URL than its own behind a redirect.
            began: When the whole exchange began, by ``time.monotonic``.
            content: The bytes of the file.
        """
        encoded: httpx.Request = self.module.Request(
            request.method,
            url,
            headers=request.headers,
            content=content,
            extensions={"timeout": _phases(request, began)},
        )
        return encoded

    def failure(
        self, error: Exception, request: AnyRequest, began: float, hide: Callable[[str], str]
    ) -> TransportFailure:
        """Return the failure of an exchange that ended with an exception.

        Args:
            error: What was raised.
            request: What was sent.
            began: When, by ``time.monotonic``.
            hide: Takes the secrets out of a text that is shown.
        """
        if isinstance(error, TransportFailure):
            return error
        if isinstance(error, ContentDecodingError):
            return TransportFailure(str(error), Delivery.UNKNOWN)
        if not isinstance(error, self._foreseen):
            return unforeseen(error, hide, request)
        delivery = delivery_of(request, proves_unsent=self._proves_unsent(error))
        if isinstance(error, self.module.TimeoutException):
            if request.total is not None and time.monotonic() - began >= request.total:
                failure = out_of_time(request)
                failure.delivery = delivery
                return failure
            phase = type(error).__name__.removesuffix("Timeout").lower()
            return timed_out(phase, request, delivery)
        return TransportFailure(reason_of(error, hide), delivery)

    def _proves_unsent(self, error: Exception) -> bool:
        """Tell whether an error proves that the server saw nothing of the request.

        A caller's client may run on another library than its core, whose errors are translated by
        whoever wrote the bridge: httpx-aiohttp reports a connection that broke after the request as
        ``ConnectTimeout``. Such an error proves nothing.
        """
        cause = error.__cause__
        core = self.core.__name__.partition(".")[0]
        foreign = cause is not None and type(cause).__module__.partition(".")[0] != core
        return isinstance(error, self._not_sent) and not foreign


def _no_content(module: Any) -> Any:
    """Return the content of requests that have none.

    The library's own has one piece without a byte, which goes through all its layers like any
    other.
    """

    class NoContent(module.ByteStream):  # type: ignore[misc]
        def __iter__(self) -> Iterator[bytes]:
            return iter(())

        async def __aiter__(self) -> AsyncIterator[bytes]:
            for piece in self:
                yield piece

    return NoContent(b"")


class Pools:
    """Connections to any origin, opened on first use: one pool for each proxy, and one for none.

    Args:
        open_pool: Opens a pool, given the URL of its proxy or None.
    """

    def __init__(self, open_pool: Callable[[str | None], Any]) -> None:
        self._open_pool = open_pool
        self._by_origin: dict[tuple[str, bytes], Any] = {}
        self._by_proxy: dict[str | None, Any] = {}

    def known(self, url: httpx.URL) -> Any:
        """Return the pool for the origin of a URL; None where it was not asked for yet."""
        return self._by_origin.get((url.scheme, url.netloc))

    def open(self, url: httpx.URL) -> Any:
        """Return the pool for the origin of a URL.

        Raises:
            ConfigurationError: The proxy that the environment names can't be used.
        """
        address = proxy_address(f"{url.scheme}://{url.netloc.decode('ascii')}")
        if address not in self._by_proxy:
            self._by_proxy[address] = self._open_pool(address)
        self._by_origin[url.scheme, url.netloc] = pool = self._by_proxy[address]
        return pool

    def take_all(self) -> list[Any]:
        """Return all that are open, and forget them."""
        opened = list(self._by_proxy.values())
        self._by_origin, self._by_proxy = {}, {}
        return opened


def _extensions(request: HttpRequest, *, is_async: bool) -> dict[str, Any]:
    """Return what is told beside the request: time-outs, and whom to tell of the writing."""
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


def _phases(request: AnyRequest, began: float | None = None) -> dict[str, float]:
    """Return the time-outs of each phase, which know the deadline where there is one."""
    timeout = request.timeout
    if request.total is None:
        return {name: getattr(timeout, name) for name in _PHASES}
    now = time.monotonic()
    deadline = (now if began is None else began) + request.total
    left = max(deadline - now, 0.001)
    seconds = {name: min(getattr(timeout, name), left) for name in _PHASES}
    # Most phases have the same time-out.
    phases = {each: PhaseTimeout(each, deadline) for each in seconds.values()}
    return {name: phases[each] for name, each in seconds.items()}

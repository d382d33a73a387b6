"""A plain client that sends the generated requests with httpx.

It checks a response (status, JSON, code) and decodes it; it does not retry, page or wait. Those are left to
the facade, which brings its own transport. httpx is imported with the first request.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from threading import Lock
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar

from .errors import UnexpectedBody, UnexpectedCode, UnexpectedStatus
from .types import UNSET, Request, Response, as_integer, as_string, is_object

if TYPE_CHECKING:
    import ssl

    import httpx

T = TypeVar("T")

DEFAULT_TIMEOUT: Mapping[str, float] = {"connect": 10.0, "read": 60.0, "write": 60.0, "pool": 10.0}
"""Seconds that each phase of a request may take."""


def check_answer(status_code: int, content: bytes) -> Any:
    """Return the decoded JSON of a successful response.

    Args:
        status_code: The HTTP status, any integer.
        content: The body as it came.

    Raises:
        UnexpectedStatus: The status is not 2xx.
        UnexpectedBody: The body is not JSON.
        UnexpectedCode: The envelope has a code other than 0.
    """
    if not 200 <= status_code < 300:
        raise UnexpectedStatus(status_code, content)
    try:
        payload = json.loads(content)
    except (ValueError, RecursionError):
        raise UnexpectedBody(status_code, content) from None
    if is_object(payload):
        sent = payload.get("code")
        code = as_integer(sent)
        if sent is not None and code != 0:
            message = as_string(payload.get("msg")) or as_string(payload.get("message"))
            raise UnexpectedCode(
                code if code is not None else str(sent),
                message,
                as_string(payload.get("trace_id")),
                status_code,
            )
    return payload


class Client:
    """Sends requests without a token, blocking (`call`) or with asyncio (`call_async`).

    Safe to share between threads. One httpx client of each kind is made on first use.

    Args:
        base_url: The server, without `/api/v1`.
        headers: Headers of every request, default none.
        timeout: Seconds for each phase, or an `httpx.Timeout`; default `DEFAULT_TIMEOUT`.
        verify_ssl: Whether to check the server's certificate, or an SSL context; default True.
        httpx_args: Further arguments of the httpx clients, default none.
    """

    def __init__(
        self,
        base_url: str,
        *,
        headers: Mapping[str, str] | None = None,
        timeout: float | httpx.Timeout | None = None,
        verify_ssl: bool | ssl.SSLContext = True,
        httpx_args: Mapping[str, Any] | None = None,
    ) -> None:
        self._settings: dict[str, Any] = {
            "base_url": base_url,
            "headers": dict(headers or {}),
            "timeout": timeout,
            "verify_ssl": verify_ssl,
            "httpx_args": dict(httpx_args or {}),
        }
        self._lock = Lock()
        self._client: httpx.Client | None = None
        self._async_client: httpx.AsyncClient | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._settings['base_url']!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "a client cannot be pickled or copied: it holds connections and may hold a token"
        )

    def _with(self, **changes: Any) -> Self:
        return type(self)(**{**self._settings, **changes})

    def with_headers(self, headers: Mapping[str, str]) -> Self:
        """Return a new client with further `headers`. This one stays as it is."""
        return self._with(headers={**self._settings["headers"], **headers})

    def with_timeout(self, timeout: float | httpx.Timeout) -> Self:
        """Return a new client with another `timeout` in seconds. This one stays as it is."""
        return self._with(timeout=timeout)

    def _all_headers(self) -> dict[str, str]:
        return dict(self._settings["headers"])

    def _httpx_settings(self) -> dict[str, Any]:
        import httpx

        timeout = self._settings["timeout"]
        return {
            "base_url": self._settings["base_url"],
            "headers": self._all_headers(),
            "timeout": httpx.Timeout(**DEFAULT_TIMEOUT) if timeout is None else timeout,
            "verify": self._settings["verify_ssl"],
            **self._settings["httpx_args"],
        }

    def get_httpx_client(self) -> httpx.Client:
        """Return the blocking httpx client, made on first use."""
        with self._lock:
            if self._client is None:
                import httpx

                self._client = httpx.Client(**self._httpx_settings())
            return self._client

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """Return the asyncio httpx client, made on first use. It belongs to one event loop."""
        with self._lock:
            if self._async_client is None:
                import httpx

                self._async_client = httpx.AsyncClient(**self._httpx_settings())
            return self._async_client

    def call(self, request: Request, parse: Callable[[Any], T]) -> Response[T]:
        """Send `request` and return the response, decoded with `parse`.

        Raises:
            UnexpectedStatus: The HTTP status is not a success.
            UnexpectedCode: The server reports a failure under a successful HTTP status.
            UnexpectedBody: The response is not what the operation responds with.
            httpx.HTTPError: The connection failed or took too long.
        """
        return _read(self.get_httpx_client().request(**_arguments(request)), parse)

    async def call_async(self, request: Request, parse: Callable[[Any], T]) -> Response[T]:
        """Send `request` and return the response, decoded with `parse`. It raises what `call` raises."""
        return _read(await self.get_async_httpx_client().request(**_arguments(request)), parse)

    def close(self) -> None:
        """Close the blocking connections. A later call opens new ones."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    async def aclose(self) -> None:
        """Close the asyncio connections. A later call opens new ones."""
        with self._lock:
            client, self._async_client = self._async_client, None
        if client is not None:
            await client.aclose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class AuthenticatedClient(Client):
    """A client that sends a token. The token is in no repr and no pickle.

    Args:
        base_url: The server, without `/api/v1`.
        token: The API token.
        settings: Keyword arguments of `Client`.
    """

    def __init__(self, base_url: str, token: str, **settings: Any) -> None:
        super().__init__(base_url, **settings)
        self._settings["token"] = token

    def _all_headers(self) -> dict[str, str]:
        return {**super()._all_headers(), "Authorization": f"Bearer {self._settings['token']}"}


def _arguments(request: Request) -> dict[str, Any]:
    """Return `request` as arguments of httpx, which makes a random boundary for multipart bodies."""
    bodies = {
        "json": request.json,
        "files": request.files,
        "data": request.data,
        "content": request.content,
    }
    return {
        "method": request.method,
        "url": request.path,
        "params": request.query or None,
        "headers": request.headers,
        **{name: body for name, body in bodies.items() if body is not UNSET},
    }


def _read(response: httpx.Response, parse: Callable[[Any], T]) -> Response[T]:
    payload = check_answer(response.status_code, response.content)
    return Response(response.status_code, response.headers, response.content, parse(payload))

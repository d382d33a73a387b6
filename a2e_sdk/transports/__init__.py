"""Transports: what carries the requests of a client, and the protocols to write one.

    from a2e_sdk import AsyncA2E
    from a2e_sdk.transports import AiohttpTransport

    async with AiohttpTransport() as transport, AsyncA2E(http_client=transport) as a2e:
        ...

This package owns the list of public names, which each are imported when they are first used: an
HTTP library other than the default one is installed by an extra of its own. It leaves the
transports themselves to ``_http``. Users import it, and nothing else of the SDK does. See
docs/transports.md.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from a2e_sdk._config.credentials import ApiKey as ApiKey
    from a2e_sdk._config.settings import Timeout as Timeout
    from a2e_sdk._http.failures import Delivery as Delivery
    from a2e_sdk._http.failures import TransportFailure as TransportFailure
    from a2e_sdk._http.messages import AsyncFileRequest as AsyncFileRequest
    from a2e_sdk._http.messages import AsyncFileResponse as AsyncFileResponse
    from a2e_sdk._http.messages import FileRequest as FileRequest
    from a2e_sdk._http.messages import FileResponse as FileResponse
    from a2e_sdk._http.messages import HttpRequest as HttpRequest
    from a2e_sdk._http.messages import HttpResponse as HttpResponse
    from a2e_sdk._http.messages import SendProgress as SendProgress
    from a2e_sdk._http.protocols import AsyncFileTransport as AsyncFileTransport
    from a2e_sdk._http.protocols import AsyncHttpClient as AsyncHttpClient
    from a2e_sdk._http.protocols import AsyncTransport as AsyncTransport
    from a2e_sdk._http.protocols import FileTransport as FileTransport
    from a2e_sdk._http.protocols import HttpClient as HttpClient
    from a2e_sdk._http.protocols import Transport as Transport
    from a2e_sdk._http.transports.aiohttp_transport import AiohttpTransport as AiohttpTransport
    from a2e_sdk._http.transports.httpx2_transport import (
        AsyncHttpx2Transport as AsyncHttpx2Transport,
    )
    from a2e_sdk._http.transports.httpx2_transport import Httpx2Transport as Httpx2Transport
    from a2e_sdk._http.transports.httpx_transport import AsyncHttpxTransport as AsyncHttpxTransport
    from a2e_sdk._http.transports.httpx_transport import HttpxTransport as HttpxTransport

_MODULES = {
    "AiohttpTransport": "_http.transports.aiohttp_transport",
    "ApiKey": "_config.credentials",
    "AsyncFileRequest": "_http.messages",
    "AsyncFileResponse": "_http.messages",
    "AsyncFileTransport": "_http.protocols",
    "AsyncHttpClient": "_http.protocols",
    "AsyncHttpx2Transport": "_http.transports.httpx2_transport",
    "AsyncHttpxTransport": "_http.transports.httpx_transport",
    "AsyncTransport": "_http.protocols",
    "Delivery": "_http.failures",
    "FileRequest": "_http.messages",
    "FileResponse": "_http.messages",
    "FileTransport": "_http.protocols",
    "HttpClient": "_http.protocols",
    "HttpRequest": "_http.messages",
    "HttpResponse": "_http.messages",
    "Httpx2Transport": "_http.transports.httpx2_transport",
    "HttpxTransport": "_http.transports.httpx_transport",
    "SendProgress": "_http.messages",
    "Timeout": "_config.settings",
    "Transport": "_http.protocols",
    "TransportFailure": "_http.failures",
}
_EXTRAS = {"aiohttp": "aiohttp", "httpx2": "httpx2", "httpcore2": "httpx2"}

__all__ = sorted(_MODULES)


def __getattr__(name: str) -> Any:
    try:
        module = _MODULES[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    try:
        value = getattr(import_module(f"a2e_sdk.{module}"), name)
    except ModuleNotFoundError as error:
        extra = _EXTRAS.get(error.name or "")
        if extra is None:
            raise
        raise ImportError(
            f"{name} needs {extra}: pip install 'a2e-sdk[{extra}]'.", name=error.name
        ) from None
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__

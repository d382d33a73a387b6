"""The transports over httpx: the one module of this SDK that imports it."""

from __future__ import annotations

import httpcore
import httpx

from .httpx_async import AsyncHttpxTransport as _Async
from .httpx_library import HttpxLibrary
from .httpx_sync import SyncHttpxTransport as _Sync

_LIBRARY = HttpxLibrary(httpx, httpcore)


class HttpxTransport(_Sync):
    """Carries the requests of ``A2E`` over httpx; the transport that a client has by default."""

    library = _LIBRARY


class AsyncHttpxTransport(_Async):
    """Carries the requests of ``AsyncA2E`` over httpx, on asyncio and on trio; the default."""

    library = _LIBRARY

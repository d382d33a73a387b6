"""The transports over httpx2: the one module of this SDK that imports it."""

from __future__ import annotations

import httpcore2
import httpx2

from .httpx_async import AsyncHttpxTransport as _Async
from .httpx_library import HttpxLibrary
from .httpx_sync import SyncHttpxTransport as _Sync

_LIBRARY = HttpxLibrary(httpx2, httpcore2)


class Httpx2Transport(_Sync):
    """Carries the requests of ``A2E`` over httpx2; the extra ``a2e-sdk[httpx2]``."""

    library = _LIBRARY


class AsyncHttpx2Transport(_Async):
    """Carries the requests of ``AsyncA2E`` over httpx2, on asyncio and on trio."""

    library = _LIBRARY

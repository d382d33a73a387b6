"""Fifty async calls at a time, against a bare ``httpx.AsyncClient`` with the same limits."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from typing import Any

import httpx
from measuring import Comparison, Samples, compare, take_turns_async
from serving import HEADERS, KEY, loopback_server, page_url

from a2e_sdk import AsyncA2E, transports

_AT_ONCE = 50
_LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=30.0)

_BARE = "httpx.AsyncClient.get + json.loads"
_OURS = "50 async calls at once"
_OURS_HTTPX2 = "the same, AsyncHttpx2Transport"
_OURS_AIOHTTP = "the same, AiohttpTransport"
_HTTPX_AIOHTTP = "the same, httpx with httpx-aiohttp"

Call = Callable[[], Awaitable[Any]]


def run(*, quick: bool) -> list[Comparison]:
    """Measure calls a second; more is better."""
    with loopback_server(rows=1000) as base_url:
        samples = asyncio.run(_measure(base_url, quick))
    targets = {
        _OURS: "",
        _OURS_HTTPX2: "",
        _OURS_AIOHTTP: ">= 3x",
        _HTTPX_AIOHTTP: "(for comparison)",
    }
    return [
        compare(samples, name, _BARE, unit="calls/s", target=target)
        for name, target in targets.items()
        if name in samples
    ]


async def _measure(base_url: str, quick: bool) -> Samples:
    url = page_url(base_url, 1, 10)
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(httpx.AsyncClient(headers=HEADERS, limits=_LIMITS))

        async def bare() -> Any:
            return json.loads((await client.get(url)).content)

        async def typed(http_client: Any = None) -> Call:
            a2e = AsyncA2E(KEY, base_url=base_url, http_client=http_client)
            await stack.enter_async_context(a2e)
            return lambda: a2e.face_swap.tasks.page(1, page_size=10)

        calls: dict[str, Call] = {_BARE: bare, _OURS: await typed()}
        for name, transport in _other_transports().items():
            calls[name] = await typed(await stack.enter_async_context(transport))
        return await take_turns_async(
            {name: _meter(call, 2 if quick else 5) for name, call in calls.items()},
            rounds=3 if quick else 9,
        )


def _other_transports() -> dict[str, Any]:
    """Return the transports whose libraries are installed."""
    found: dict[str, Any] = {}
    with suppress(ImportError):
        found[_OURS_HTTPX2] = transports.AsyncHttpx2Transport()
    with suppress(ImportError):
        found[_OURS_AIOHTTP] = transports.AiohttpTransport()
    with suppress(ImportError):
        from httpx_aiohttp import AiohttpTransport as UnderHttpx

        found[_HTTPX_AIOHTTP] = httpx.AsyncClient(transport=UnderHttpx(limits=_LIMITS))
    return found


def _meter(call: Call, each: int) -> Callable[[], Awaitable[float]]:
    """Return what measures calls a second when fifty tasks do some calls each."""

    async def api() -> None:
        for _ in range(each):
            await call()

    async def measure() -> float:
        begin = time.perf_counter()
        await asyncio.gather(*[api() for _ in range(_AT_ONCE)])
        return _AT_ONCE * each / (time.perf_counter() - begin)

    return measure

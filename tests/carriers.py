"""Every way to carry the requests of a client, so that a test is written once for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from driver import Driver

_LIBRARIES = {"aiohttp": "aiohttp", "httpx2": "httpx2", "httpx2 client": "httpx2"}

#: What carries requests, and the modes of `Driver` that it works in.
WAYS: dict[str, tuple[str, ...]] = {
    "default": ("sync", "async", "trio"),
    "httpx2": ("sync", "async", "trio"),
    # A client of a library belongs to one event loop, and the driver's trio makes one for each call.
    "httpx client": ("sync", "async"),
    "httpx2 client": ("sync", "async"),
    "aiohttp": ("async", "uvloop"),
}
PAIRS = [
    pytest.param(
        (way, mode),
        id=f"{way} {mode}",
        # httpx2 on trio is both of what "httpx2 async" and "default trio" are.
        marks=[pytest.mark.once, *([pytest.mark.nightly] if way == "httpx2" else [])]
        if mode == "trio"
        else [],
    )
    for way, modes in WAYS.items()
    for mode in modes
]


@attrs.define
class Carried:
    """Builds clients of one mode whose requests all go the same way.

    Attributes:
        way: One of `WAYS`.
        driver: Drives them.
        http_client: What they are given as ``http_client``.
    """

    way: str
    driver: Driver
    http_client: Any

    def client(self, **options: Any) -> Any:
        """Build a client."""
        return self.driver.client(http_client=self.http_client, **options)

    def send(self, request: Any) -> Any:
        """Send one `HttpRequest` below the client, and return the response."""
        transport = self.client(api_key="sk_test", base_url="http://127.0.0.1:9").api.transport
        if self.driver.mode == "sync":
            return transport.send_request(request)
        return self.driver.run(transport.send_request_async(request))

    def carries_files(self) -> bool:
        """Whether files go this way too."""
        return self.way != "aiohttp"


def carry(way: str, mode: str) -> Iterator[Carried]:
    """Yield a `Carried`, and close what it was built with."""
    library = pytest.importorskip(_LIBRARIES.get(way, "httpx"))
    driver = Driver(mode)
    carried = Carried(way, driver, _http_client(way, mode, library))
    yield carried
    try:
        if carried.http_client is not None:
            driver.close(carried.http_client)
    finally:
        driver.finish()


def _http_client(way: str, mode: str, library: Any) -> Any:
    from a2e_sdk import transports

    if way == "default":
        return None
    if way == "aiohttp":
        return transports.AiohttpTransport()
    if way == "httpx2":
        return getattr(
            transports, "Httpx2Transport" if mode == "sync" else "AsyncHttpx2Transport"
        )()
    return library.Client() if mode == "sync" else library.AsyncClient()

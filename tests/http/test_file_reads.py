"""How much an event loop takes from a socket at once: much of a file, what is asked for of a call."""

from __future__ import annotations

from typing import Any

import anyio
import pytest

from a2e_sdk._http.transports.closable_connections import ClosableBackend
from a2e_sdk._http.transports.httpx_transport import AsyncHttpxTransport

ASKED = 64 * 1024


class Socket:
    """A connection, and what opens it, that notes how much is read from it at once."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, float | None]] = []
        self.write = self.aclose = self.get_extra_info = None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.asked.append((max_bytes, timeout))
        return b"bytes"

    async def connect_tcp(self, *_: Any) -> Socket:
        return self

    start_tls = connect_tcp


async def read_once(opened: Socket, read_bytes: int | None, *, with_tls: bool) -> bytes:
    backend = ClosableBackend(opened, None, read_bytes=read_bytes)  # type: ignore[arg-type]
    stream: Any = await backend.connect_tcp("localhost", 1)
    if with_tls:
        stream = await stream.start_tls(None)
    found: bytes = await stream.read(ASKED, 7.0)
    return found


@pytest.mark.parametrize("with_tls", [False, True])
@pytest.mark.parametrize(
    ("read_bytes", "expected"), [(None, ASKED), (4 * ASKED, 4 * ASKED), (1, ASKED)]
)
def test_a_stream_reads_as_much_as_its_backend_says(
    read_bytes: int | None, expected: int, with_tls: bool
) -> None:
    opened = Socket()

    async def work() -> bytes:
        return await read_once(opened, read_bytes, with_tls=with_tls)

    assert anyio.run(work) == b"bytes"
    assert opened.asked == [(expected, 7.0)]


def test_connections_to_hosts_of_files_read_more_at_once_than_those_to_the_api() -> None:
    async def read_bytes() -> list[int | None]:
        async with AsyncHttpxTransport() as transport:
            opened = transport._opened()
            url = transport.library.module.URL("https://example.com")
            pools = [opened.to_api.open(url), opened.to_files.open(url)]
            return [pool._pool._network_backend.read_bytes for pool in pools]

    of_api, of_files = anyio.run(read_bytes)
    assert of_api is None
    assert of_files is not None
    assert of_files >= 4 * ASKED

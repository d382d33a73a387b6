"""A loopback server that costs as little as possible, so that what is measured is the client.

    python -m tests.benchmarks.server --rows 5000 --latency 0.05

This module answers every GET with the page of face swap records that ``pageNum`` and ``pageSize``
ask for, over keep-alive HTTP/1.1, and prints its port when it listens. It parses no more of a
request than that; the stand-in that behaves like A2E is ``a2e_sdk.sandbox``.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import json
import re
from typing import cast

_PAGE = re.compile(rb"[?&]pageNum=(\d+)")
_SIZE = re.compile(rb"[?&]pageSize=(\d+)")
_ID = "%024x"

#: A record of about 850 bytes, with the 14 fields of the reference page.
_RECORD = {
    "_id": _ID,
    "name": "a face swap with a name of the usual length",
    "video_url": "https://cdn.example.com/" + "video-path-segment/" * 8 + "target.mp4",
    "duration": 12,
    "face_url": "https://cdn.example.com/" + "face-path-segment/" * 6 + "face.png",
    "current_status": "completed",
    "result_url": "https://cdn.example.com/" + "result-path-segment/" * 5 + "result.mp4",
    "createdAt": "2025-02-21T10:14:30.254Z",
    "updatedAt": "2025-02-21T10:16:02.908Z",
    "error_code": "0",
    "faild_message": "",
    "initialized_time": "2025-02-21T10:14:30.254Z",
    "processing_time": "2025-02-21T10:14:31.510Z",
    "completed_time": "2025-02-21T10:16:02.900Z",
}
_TEMPLATE = json.dumps(_RECORD, separators=(",", ":"))


def page_body(page: int, size: int, total: int) -> bytes:
    """Return the JSON of one page of a list with `total` rows, as the API words it."""
    first = (page - 1) * size
    rows = ",".join(_TEMPLATE % number for number in range(first, min(first + size, total)))
    return f'{{"code":0,"data":{{"rows":[{rows}],"count":{total}}}}}'.encode()


class _Connection(asyncio.Protocol):
    """One keep-alive connection; requests have no body, so a blank line ends each."""

    def __init__(self, total: int, latency: float) -> None:
        self._latency = latency
        self._answer = functools.lru_cache(maxsize=64)(functools.partial(_answer, total))
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head, self._received = self._received[:end], self._received[end + 4 :]
            page, size = _PAGE.search(head), _SIZE.search(head)
            answer = self._answer(int(page[1]) if page else 1, int(size[1]) if size else 10)
            if self._latency:
                asyncio.get_running_loop().call_later(self._latency, self._write, answer)
            else:
                self._write(answer)

    def _write(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)


def _answer(total: int, page: int, size: int) -> bytes:
    body = page_body(page, size, total)
    head = (
        "HTTP/1.1 200 OK\r\n"
        "content-type: application/json; charset=utf-8\r\n"
        "date: Sat, 01 Nov 2025 10:00:00 GMT\r\n"
        "server: loopback\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def serve(total: int, latency: float) -> None:
    """Serve on a free port of 127.0.0.1, which is printed, until the process is ended.

    Args:
        total: How many rows the list has.
        latency: Seconds between a request and its answer.
    """
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: _Connection(total, latency), "127.0.0.1", 0, backlog=256
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Serve face swap records on the loopback.")
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds")
    options = parser.parse_args()
    asyncio.run(serve(options.rows, options.latency))

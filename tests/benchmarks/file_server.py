"""A loopback server of one large file that costs as little as possible.

    python tests/benchmarks/file_server.py 1024

This module answers every GET with so many MiB and prints its port when it listens. It knows no
ranges; what the SDK does with those is tested elsewhere.
"""

from __future__ import annotations

import socket
import sys

_BLOCK = bytes(2**20)


def serve(mebibytes: int) -> None:
    """Serve on a free port of 127.0.0.1, which is printed, until the process is ended."""
    head = f'HTTP/1.1 200 OK\r\ncontent-length: {mebibytes * 2**20}\r\netag: "1"\r\n\r\n'.encode()
    with socket.create_server(("127.0.0.1", 0)) as server:
        print(server.getsockname()[1], flush=True)
        while True:
            connection, _ = server.accept()
            with connection:
                _answer(connection, head, mebibytes)


def _answer(connection: socket.socket, head: bytes, mebibytes: int) -> None:
    received = b""
    while b"\r\n\r\n" not in received:
        chunk = connection.recv(65536)
        if not chunk:
            return
        received += chunk
    try:
        connection.sendall(head)
        for _ in range(mebibytes):
            connection.sendall(_BLOCK)
    except OSError:
        return


if __name__ == "__main__":
    serve(int(sys.argv[1]))

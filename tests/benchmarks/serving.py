"""The loopback server in a process of its own, for as long as a benchmark needs it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SERVER = Path(__file__).with_name("server.py")

#: Any text does; the loopback server asks for none.
KEY = "sk_benchmark"
HEADERS = {"authorization": f"Bearer {KEY}"}


@contextmanager
def loopback_server(rows: int, latency: float = 0.0) -> Iterator[str]:
    """Run the server and yield its base URL.

    Args:
        rows: How many rows its list has.
        latency: Seconds between a request and its answer. Default 0.
    """
    command = [sys.executable, str(_SERVER), "--rows", str(rows), "--latency", str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        finally:
            server.kill()


def page_url(base_url: str, page: int, size: int) -> str:
    """Return the URL of one page, as a user without an SDK would write it."""
    return f"{base_url}/api/v1/userFaceSwapTask/records?pageNum={page}&pageSize={size}"

"""A PostgreSQL of this machine that writes to the disk, as one that people use does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from postgres_server import OwnServer, connected, with_schema


@contextmanager
def durable_server() -> Iterator[str]:
    """Run a server while the block runs; yield its URL."""
    server = OwnServer()
    try:
        # The tests' own server does without.
        with connected(with_schema(server.url)) as connection:
            connection.execute("ALTER SYSTEM RESET fsync")
            connection.execute("SELECT pg_reload_conf()")
        yield server.url
    finally:
        server.end()

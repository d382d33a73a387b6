"""What a pass over many rows has to remember, on the disk and not in memory.

SQLite removes the file of such a database when it is closed, and when its process dies.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager

#: In KiB; what is more than this goes to the disk.
_CACHE = 8 * 1024


@contextmanager
def scratch_database() -> Generator[sqlite3.Connection]:
    """Open an empty database that goes away at the end; it may be used in one thread at a time."""
    # Nothing of it outlives its process, so that nothing has to be synced or rolled back.
    with closing(sqlite3.connect("", isolation_level=None, check_same_thread=False)) as database:
        database.execute(f"PRAGMA cache_size = -{_CACHE}")
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        yield database

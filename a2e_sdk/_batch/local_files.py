"""The local files of a batch: looked at before anything is started, and each read once.

This module owns what is remembered of them. What a file must be is decided in ``_files.sources``.
"""

from __future__ import annotations

import os
import sqlite3
from typing import Any

import attrs

from a2e_sdk._files.options import FileArgument
from a2e_sdk._files.sources import UploadSource, check_input, open_input


@attrs.frozen
class LocalFile:
    """One local file that jobs name.

    Attributes:
        path: Where it is, from the root.
        size: Its bytes.
        sha256: The digest of its content, in hexadecimal digits.
    """

    path: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """Its name without the folder."""
        return os.path.basename(self.path)


class LocalFiles:
    """Looks at local files.

    Args:
        database: Where to remember them.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        database.execute(
            "CREATE TABLE looked_at (path TEXT, name TEXT, accepts TEXT, size INTEGER, "
            "sha256 TEXT, problem TEXT, PRIMARY KEY (path, name, accepts)) WITHOUT ROWID"
        )
        database.execute(
            "CREATE TABLE digests (path TEXT, size INTEGER, modified INTEGER, sha256 TEXT, "
            "PRIMARY KEY (path, size, modified)) WITHOUT ROWID"
        )

    def look(self, argument: FileArgument) -> LocalFile:
        """Return a file that can be uploaded.

        Args:
            argument: Names it by its path.

        Raises:
            ValueError: It is not there, can't be read, is empty, or of a kind that is of no use.
        """
        path = str(argument.value)
        place = (os.path.abspath(path), argument.name, " ".join(sorted(argument.accepts)))
        known: Any = self._database.execute(
            "SELECT size, sha256, problem FROM looked_at "
            "WHERE path = ? AND name = ? AND accepts = ?",
            place,
        ).fetchone()
        if known is None:
            known = self._look(path, place[0], argument)
            self._database.execute(
                "INSERT INTO looked_at VALUES (?, ?, ?, ?, ?, ?)", (*place, *known)
            )
        size, sha256, problem = known
        if problem is not None:
            raise ValueError(problem)
        return LocalFile(place[0], size, sha256)

    def _look(
        self, path: str, absolute: str, argument: FileArgument
    ) -> tuple[int | None, str | None, str | None]:
        try:
            source = check_input(open_input(path, argument.name), argument.name, argument.accepts)
            try:
                return source.size, self._digest(absolute, source), None
            finally:
                source.close()
        except OSError as problem:
            text = str(problem)
            if problem.errno is not None:
                text = f"{argument.name}: {path[:120]!r} can't be read: {problem.strerror}."
        except ValueError as problem:
            text = str(problem)
        return None, None, text

    def _digest(self, path: str, source: UploadSource) -> str:
        modified = os.stat(path).st_mtime_ns
        known = self._database.execute(
            "SELECT sha256 FROM digests WHERE path = ? AND size = ? AND modified = ?",
            (path, source.size, modified),
        ).fetchone()
        if known is not None:
            return str(known[0])
        found = source.sha256()
        self._database.execute(
            "INSERT OR REPLACE INTO digests VALUES (?, ?, ?, ?)",
            (path, source.size, modified, found),
        )
        return found

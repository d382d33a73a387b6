"""The local files and objects of a batch: looked at before anything is started, each read once.

This module owns what is remembered of them. What a file must be is decided in ``_files.sources``.
"""

from __future__ import annotations

import os
import sqlite3
from typing import Any

import attrs

from a2e_sdk._files.cloud_urls import is_cloud
from a2e_sdk._files.options import FileArgument
from a2e_sdk._files.sources import UploadSource, check_input, open_input
from a2e_sdk.errors import A2EError


@attrs.frozen
class LocalFile:
    """One local file, or object of a store, that jobs name.

    Attributes:
        path: Where it is, from the root; the address of an object.
        size: Its bytes.
        sha256: The digest of its content, in hexadecimal digits; what stands for that of an object.
    """

    path: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """Its name without the folder."""
        return os.path.basename(self.path)


class LocalFiles:
    """Looks at local files and objects.

    Args:
        database: Where to remember them.
        sign: Whether A2E is to read objects by a link, so that none of their bytes come here.
    """

    def __init__(self, database: sqlite3.Connection, *, sign: bool = False) -> None:
        self._database = database
        self._sign = sign
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
            argument: Names it by its path or its address.

        Raises:
            ValueError: It is not there, can't be read, is empty, or of a kind that is of no use.
        """
        path = str(argument.value)
        where = path if is_cloud(path) else os.path.abspath(path)
        place = (where, argument.name, " ".join(sorted(argument.accepts)))
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
            opened = open_input(path, argument.name, sign=self._sign)
            source = check_input(opened, argument.name, argument.accepts)
            try:
                return source.size, self._digest(absolute, source), None
            finally:
                source.close()
        except OSError as problem:
            text = str(problem)
            if problem.errno is not None:
                text = f"{argument.name}: {path[:120]!r} can't be read: {problem.strerror}."
        except (ValueError, A2EError) as problem:
            text = str(problem)
        return None, None, text

    def _digest(self, path: str, source: UploadSource) -> str:
        if source.identity is not None:
            return source.identity
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

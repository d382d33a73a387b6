"""What to say where a journal on a server can't be used.

This module owns the way from errors of psycopg and of the server to sentences, in which no password
stands.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

from a2e_sdk._config.journal_place import SECRETS, PostgresAddress

from .sqlite_problems import BUSY_SECONDS

#: How long a server that was there is waited for, in seconds.
PATIENCE_SECONDS = 60.0
TRANSACTION_POOLER = (
    "is reached through a pooler that gives each transaction another connection, so that nobody "
    "can tell who is at work on what. Connect to the server itself, or to the pooler's session "
    "mode."
)
TOO_OLD = "is on a PostgreSQL older than 13, which nobody maintains any more. Upgrade it."
WRONG_ENCODING = (
    "is in a database whose encoding is not UTF8. Make one: CREATE DATABASE ... ENCODING 'UTF8'."
)
IN_DOUBT = (
    "The connection was lost while the last step was written, and whether it was can't be found "
    "out. Run the same again with the same key: what was written then counts."
)
UNDONE = "was not written: the server undid the transaction."
_LONGEST = 300

_REFUSED = (
    "the server does not let this user in",
    "Check the user and its password: in the URL, in PGPASSWORD, or in a password file.",
)
_NO_DATABASE = ("the server has no such database", "Make it, or name another one.")
_ELSE = ("the server refused", "Run the same again when that is mended.")
_FULL = (
    "the server takes no more connections",
    "Raise its max_connections, or use fewer processes.",
)
_READ_ONLY = ("the server only lets read", "Connect to the primary server.")

#: What a code of the server means, by its beginning: the problem, and what to do.
_BY_CODE: dict[str, tuple[str, str]] = {
    "28": _REFUSED,
    "3D": _NO_DATABASE,
    "3F": ("the user may not use its schema", "Grant it USAGE and CREATE on that."),
    "42501": ("the user may not do that", "Grant it CREATE on the database, or on its schema."),
    "42P01": ("its tables were removed", "Put them back from a backup."),
    "53100": ("the server's disk is full", "Make room, and run the same again."),
    "53300": _FULL,
    "25006": _READ_ONLY,
    "55P03": (
        f"another program has held it for {BUSY_SECONDS:g} seconds",
        "End that program, and run the same again.",
    ),
}

#: The same by words of libpq, which gives no codes while it connects.
_BY_WORDS: dict[str, tuple[str, str]] = {
    "too many": _FULL,
    "remaining connection slots": _FULL,
    "authentication failed": _REFUSED,
    "no password supplied": _REFUSED,
    "no pg_hba.conf entry": _REFUSED,
    "role ": _REFUSED,
    "permission denied": _REFUSED,
    'database "': _NO_DATABASE,
    "session is read-only": _READ_ONLY,
    "invalid ": ("its URL has what PostgreSQL does not know", "Check the URL."),
    "missing ": ("its URL has what PostgreSQL does not know", "Check the URL."),
    "FATAL": _ELSE,
    "conn": ("the server can't be reached", "See that it runs, and that its address is right."),
    "resolve host": ("the server can't be reached", "See that its address is right."),
}


def problem_text(place: PostgresAddress, error: BaseException) -> str:
    """Return sentences for an error of a server: what is wrong, and what to do."""
    said = _said(place, error)
    code = getattr(error, "sqlstate", None) or ""
    by_code = (texts for beginning, texts in _BY_CODE.items() if code.startswith(beginning))
    by_words = (texts for words, texts in _BY_WORDS.items() if not code and words in said)
    problem, advice = next(by_code, None) or next(by_words, _ELSE)
    return f"the journal {place.shown!r} can't be used: {problem} ({said}). {advice}"


def _said(place: PostgresAddress, error: BaseException) -> str:
    """Return what the server said, on one line, without a password."""
    text = re.sub(r"\s+", " ", str(error) or type(error).__name__).strip().rstrip(".")
    parts = urlsplit(place.url)
    secrets = [parts.netloc.rpartition("@")[0].partition(":")[2]]
    found = parse_qs(parts.query)
    for name in SECRETS:
        secrets += found.get(name, [])
    for secret in secrets:
        for shape in {secret, unquote(secret)} - {""}:
            text = text.replace(shape, "[hidden]")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "\u2026"

"""This computer: disk, the journal, the file of drift, the terminal.

This module owns the probes of these. A journal that is not there is not made, and one that is there
is not changed.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from a2e_sdk._config.journal_place import VARIABLE, PostgresAddress, journal_place
from a2e_sdk.errors import ConfigurationError, JournalError

from .checks import Check, ok, problem, skipped, warning
from .deadline import Deadline, within

_MEGABYTE = 1_000_000
_LEAST, _LITTLE = 100 * _MEGABYTE, 1_000 * _MEGABYTE
_PG_SECONDS = 5.0


def check_folders() -> Check:
    """Check that files can be written to the current folder and to that of temporary files."""
    try:
        current = Path.cwd()
    except OSError as error:
        return problem(
            "disk",
            f"the current folder is no longer there ({error.strerror})",
            "Change to a folder that is there.",
        )
    for name, folder in (("the current folder", current), ("TMPDIR", tempfile.gettempdir())):
        free = shutil.disk_usage(folder).free
        if free < _LEAST:
            return problem(
                "disk", f"{name}, {folder}, has {free // _MEGABYTE} MB left", "Make room."
            )
        refused = _refused(Path(folder))
        if refused is not None:
            return problem(
                "disk",
                f"{name}, {folder}, can't be written to ({refused})",
                "Change to a folder of yours, or name others with --output and TMPDIR.",
            )
        if free < _LITTLE:
            return warning(
                "disk",
                f"{name}, {folder}, has {free // _MEGABYTE} MB left",
                "Make room before you download videos.",
            )
    return ok("disk", "the current folder and that of temporary files can be written to")


def check_drift(environment: Mapping[str, str]) -> Check:
    """Check that the file of drift can be read and written."""
    path = environment.get("A2E_DRIFT_FILE")
    if not path:
        return ok("drift", "not counted (A2E_DRIFT_FILE is not set)")
    from a2e_sdk._config.drift import load

    advice = "Let A2E_DRIFT_FILE name a file that can be written, or unset it."
    refused = _refused(Path(path).parent)
    if refused is not None:
        return problem("drift", f"A2E_DRIFT_FILE, {path}: {refused}", advice)
    if Path(path).is_dir():
        return problem("drift", f"A2E_DRIFT_FILE, {path}: it is a folder", advice)
    try:
        if Path(path).exists():
            load(path)
    except OSError as error:
        return problem("drift", f"A2E_DRIFT_FILE, {path}: {error.strerror or error}", advice)
    except ValueError as error:
        return problem("drift", f"A2E_DRIFT_FILE: {error}", advice)
    return ok("drift", f"counted in {path}")


def check_journal(
    environment: Mapping[str, str],
    deadline: Deadline,
    fingerprint: Callable[[str], str] | None = None,
) -> Check:
    """Check that the journal that the environment names can be used.

    Args:
        environment: The environment's variables.
        deadline: When the examination ends.
        fingerprint: Makes the account's fingerprint of a journal's salt; None where the account is
            not known.
    """
    try:
        place = journal_place(environment.get(VARIABLE))
    except ConfigurationError as error:
        detail = f"{VARIABLE}: {str(error).rstrip('.')}"
        return problem("journal", detail, "Correct it, or unset it.")
    if place is None:
        return ok("journal", f"none ({VARIABLE} is not set)")
    if isinstance(place, PostgresAddress):
        return _check_postgres(place, deadline)
    return _check_file(place, fingerprint)


def _check_file(path: Path, fingerprint: Callable[[str], str] | None) -> Check:
    from a2e_sdk._journal.sqlite import require_journal, require_place
    from a2e_sdk._journal.sqlite_schema import MIGRATIONS

    advice = f"Let {VARIABLE} name a file that can be written."
    if not path.exists():
        refused = _refused(path.parent)
        if refused is not None:
            return problem("journal", f"{path} can't be made ({refused})", advice)
        return ok("journal", f"{path}, which will be made")
    facts: dict[str, str] = {}
    try:
        require_place(path)
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=1)
        try:
            require_journal(connection, path)
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
            if 0 < version <= len(MIGRATIONS):
                facts = dict(connection.execute("SELECT name, value FROM facts"))
        finally:
            connection.close()
    except JournalError as error:
        other = f"Let {VARIABLE} name a journal, or a new file, in a folder that can be written to."
        return problem("journal", str(error).rstrip("."), other)
    except sqlite3.Error as error:
        kind = getattr(error, "sqlite_errorname", "") or ""
        if kind.startswith("SQLITE_BUSY"):
            return problem(
                "journal",
                f"another program holds {path}",
                "End that program, or run this again when it is done.",
            )
        if kind.startswith("SQLITE_CORRUPT"):
            advice = (
                "Keep it, since it knows what was paid: put a copy from before in its place, or "
                f"let {VARIABLE} name a new file."
            )
        return problem("journal", f"{path} can't be used ({error})", advice)
    if version > len(MIGRATIONS):
        return problem(
            "journal",
            f"{path} was written by a newer version of a2e-sdk",
            "Run: pip install --upgrade a2e-sdk",
        )
    is_known = {"account", "salt"} <= facts.keys()
    if fingerprint is not None and is_known and facts["account"] != fingerprint(facts["salt"]):
        return problem(
            "journal",
            f"{path} is of another account: it was made with another key, or for another server",
            f"Let {VARIABLE} name another file; for a new key of the same account run: "
            "a2e journal adopt",
        )
    return ok("journal", f"{path}, version {version}")


def _check_postgres(place: PostgresAddress, deadline: Deadline) -> Check:
    import psycopg

    from a2e_sdk._journal.postgres_problems import problem_text

    seconds = deadline.step(_PG_SECONDS)

    def ask() -> None:
        with psycopg.connect(place.url, connect_timeout=max(2, int(seconds))) as connection:
            connection.execute("SELECT 1")

    advice = "See that the server runs, and that its address and its user are right."
    try:
        within(seconds, ask)
    except TimeoutError:
        return problem("journal", f"{place.shown} did not respond in time", advice)
    except psycopg.Error as error:
        text = problem_text(place, error)
        sentence, _, remedy = text.rpartition("). ")
        return problem("journal", f"{sentence})" if sentence else text, remedy or advice)
    return ok("journal", f"{place.shown} responds")


def check_terminal(encoding: str | None) -> Check:
    """Check that the terminal shows every letter.

    Args:
        encoding: That of standard output.
    """
    if encoding is None:
        return skipped("terminal", "standard output is closed")
    if encoding.lower().replace("-", "").replace("_", "") != "utf8":
        return warning(
            "terminal",
            f"its encoding is {encoding}, so that other letters are escaped",
            "Set PYTHONUTF8=1, or a locale with UTF-8.",
        )
    return ok("terminal", "UTF-8")


def _refused(folder: Path) -> str | None:
    """Return why no file can be made in a folder; None where one was made, and removed again."""
    try:
        descriptor, name = tempfile.mkstemp(".tmp", ".a2e-doctor-", folder)
        os.close(descriptor)
        os.unlink(name)
    except OSError as error:
        return f"{error.strerror or error}"
    return None

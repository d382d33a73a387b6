"""What to say where a journal's file can't be used.

This module owns the way from errors of SQLite and of the system to sentences. It is pure.
"""

from __future__ import annotations

from pathlib import Path

#: How long another program may hold the journal before a start is refused, in seconds.
BUSY_SECONDS = 60.0


def problem_text(path: Path | None, error: BaseException) -> str:
    """Return sentences for an error of SQLite or of the system: what is wrong, and what to do."""
    text = (str(error) or type(error).__name__).rstrip(".")
    name = getattr(error, "sqlite_errorname", "") or ""
    problem, advice = text, "See that its file can be read and written, and run the same again."
    if name.startswith("SQLITE_FULL"):
        problem, advice = "the disk is full", "Make room, and run the same again."
    elif name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        problem = f"it is damaged ({text})"
        advice = (
            "Keep it, and go on with a backup of it, or with a new one, which does not know what "
            "was paid for."
        )
    elif name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        problem = f"another program has held it for {BUSY_SECONDS:g} seconds"
        advice = "End that program, and run the same again."
    elif name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        problem, advice = f"it can't be written ({text})", "Give one that can be written."
    return f"{named(path)} can't be used: {problem}. {advice}"


def named(path: Path | None) -> str:
    """Return what to call a journal in a sentence."""
    return "the journal in memory" if path is None else f"the journal {shown(path)}"


def shown(path: Path | None) -> str:
    """Return a path for a message."""
    text = str(path)
    return repr(text if len(text) <= 200 else text[:199] + "\u2026")

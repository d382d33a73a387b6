"""``journal.id``: which journal the jobs of a folder are started with.

This module owns that file. Another journal does not know what was started, and would have it paid
for again; so a batch goes on with the journal that it began with, or not at all.
"""

from __future__ import annotations

from pathlib import Path

from a2e_sdk._config.journal_place import JournalPlace
from a2e_sdk.errors import ConfigurationError

from .whole_file import written_whole

_NAME = "journal.id"


def require_same_journal(folder: Path, journal: JournalPlace | None, identity: str) -> None:
    """Refuse another journal than the one that a batch began with; note it where it begins.

    Args:
        folder: The folder of results.
        journal: Where the journal is.
        identity: What tells the journal from others.

    Raises:
        ConfigurationError: It is another one.
        OSError: The folder can't be read or written.
    """
    path = folder / _NAME
    try:
        noted = path.read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        with written_whole(path) as file:
            file.write(identity.encode() + b"\n")
        return
    if noted != identity:
        raise ConfigurationError(
            f"the batch in {str(folder)!r} was begun with another journal than {str(journal)!r}, "
            "which does not know what was started. Nothing was started now: go on with the journal "
            "that it was begun with. If that is lost, what it had started can't be told any more: "
            f"remove {str(path)!r} to begin with this one, which may pay for it again."
        )

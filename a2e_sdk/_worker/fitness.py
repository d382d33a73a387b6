"""A worker's check that it can take part in a batch, before anything is started there.

This module owns that check: the API key and its account, the journal, and the folders.
"""

from __future__ import annotations

from functools import lru_cache

from a2e_sdk import errors
from a2e_sdk._cluster.marks import problem_of_mark
from a2e_sdk._cluster.messages import WorkSettings, unpacked
from a2e_sdk._journal.opening import open_journal, require_journal
from a2e_sdk._journal.queries import identity_of
from a2e_sdk._sync.tasks.journal_notes import journal_work

_RUNS = 16


def problem_of(settings: bytes) -> str | None:
    """Return why this worker can't take part, a sentence; None where it can.

    Args:
        settings: The `WorkSettings`, packed.
    """
    try:
        return _problem(unpacked(settings, WorkSettings))
    except (errors.A2EError, OSError) as error:
        return str(error)


@lru_cache(_RUNS)
def once_checked(settings: bytes) -> str | None:
    """Return what `problem_of` does, found out once in this process."""
    return problem_of(settings)


def _problem(settings: WorkSettings) -> str | None:
    # A journal that is not there would be made, so the folders come first.
    for mark in settings.marks:
        problem = problem_of_mark(mark)
        if problem is not None:
            return problem
    journal = require_journal(open_journal(settings.configuration), "a batch")
    if journal_work(journal, identity_of) != settings.journal:
        return f"its journal {str(journal.place)!r} is another one than the coordinator's"
    return None

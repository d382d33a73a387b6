"""What families are called on the command line, and what is kept of their results.

This module owns these words. It is pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from a2e_sdk._wire.families import TaskFamily

#: Families whose result stays on the server, to be used there: nothing is saved.
KEPT_ON_SERVER = frozenset({"avatar_trainings", "voice_clones"})

#: The argument of a start that says how many results its task will have, by the family.
RESULTS_ARGUMENT = {"photobook": "total_count", "kling_image": "n"}


def tasks_of(family: TaskFamily) -> str:
    """Return what the tasks of a family are called, in the plural."""
    from a2e_sdk._wire.family_table import ENGINES

    return f"{family.title} tasks" if family in ENGINES else f"{family.title}s"

"""``a2e face-swap``: the tree of its commands.

This module owns the names in the tree, which is one step deeper than that of other families: tasks
have a group of their own, beside the faces for reuse. The commands are those of every family.
"""

from __future__ import annotations

from typing import Any

from a2e_sdk._wire.family_table import FACE_SWAP
from a2e_sdk.cli.lazy_group import Entry, group_later, group_of

from .task_commands import task_entries

# The list tells of those that run, too.
_TASKS = ("list", "get", "delete", "create", "wait")


def entries() -> dict[str, Entry]:
    """Return the commands of ``a2e face-swap``."""
    images = "Faces that are kept on the server for reuse."
    return {
        "run": task_entries(FACE_SWAP)["run"],
        "tasks": Entry("The account's face swaps.", _tasks),
        "images": Entry(images, group_later("face_swap_images", images)),
    }


def _tasks() -> Any:
    commands = task_entries(FACE_SWAP)
    return group_of({name: commands[name] for name in _TASKS}, "The account's face swaps.")

"""Where the tasks of a family hang on the client.

This module owns that one look-up, for commands that only read: it imports nothing that costs time.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from a2e_sdk._sync.client import A2E
    from a2e_sdk._sync.tasks.operations import ListableTasks
    from a2e_sdk._wire.families import TaskFamily
    from a2e_sdk.models import Task


def task_resource_of(a2e: A2E, family: TaskFamily) -> ListableTasks[Task]:
    """Return the task resource of a family.

    Args:
        a2e: The client.
        family: The family.
    """
    return cast("ListableTasks[Task]", attrgetter(family.attribute)(a2e))

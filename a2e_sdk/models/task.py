"""What the tasks of every family have in common."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from a2e_sdk._display.displayed import Displayed

from .status import TaskStatus

EMPTY: Mapping[str, Any] = {}


# Not slotted: attrs fills the __dict__ of a frozen class at half the cost of frozen slots, and a
# listing builds one of these for every row.
@attrs.frozen(kw_only=True, slots=False)
class Task(Displayed):
    """A unit of work on the server, as it was when it was read.

    Attributes:
        id: The server's id; empty only where the server left it out (`running` of a family may).
        name: The label given at the start; None where the server gave none.
        status: The state in words of this SDK.
        raw_status: The state in the server's word; None where it gave none.
        result_url: The link of the result; None until there is one. Links expire after days.
        result_urls: All links of results; empty until there is one.
        failed_message: Why the task failed; None where it did not, or the server did not say.
        error_code: The server's error code as a string; None where it is absent or "0".
        created_at: When the task was accepted (aware, UTC).
        updated_at: When the server last changed the record (aware, UTC).
        raw: The server's own object, every field under its wire name.
    """

    #: The name of the client's attribute that this task belongs to, such as ``face_swap``.
    family: ClassVar[str] = ""

    id: str
    name: str | None = None
    status: TaskStatus = TaskStatus.UNKNOWN
    raw_status: str | None = None
    result_url: str | None = None
    result_urls: tuple[str, ...] = ()
    failed_message: str | None = None
    error_code: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    raw: Mapping[str, Any] = attrs.field(default=EMPTY, repr=False, eq=False)

    def _html(self) -> str:
        from a2e_sdk._display.records import class_words, record_card

        return record_card(self, class_words(type(self)))

"""Which operations are called to verify the contract, in which order, and why others are not.

This module owns the rules: what only reads is called; a start, which costs coins, and a write of
the account's own are called only if they are asked for; nothing is deleted that was not made here.
The effects are those of the generated index. It is pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

import attrs

from a2e_sdk._wire.families import TaskFamily

if TYPE_CHECKING:
    from a2e_api.operations import Operation

#: Where an operation takes the id of a record.
ID_FIELDS = ("_id", "id", "video_id", "ids")
#: Called first: without it nothing else is tried.
FIRST = "get_coins"
#: The price of a start is asked here, so it is read before the starts.
QUOTE = "get_quote"

#: Writes that make a record of the account's own, and what lists and deletes it again.
_OWN_RECORDS: Mapping[str, tuple[str, str]] = {
    "add_background": ("list_backgrounds", "delete_background"),
    "add_face_swap_image": ("list_face_swap_images", "delete_face_swap_image"),
}
#: Starts of families that are never made, with the reason.
_NEVER_STARTED: Mapping[str, str] = {
    "start_avatar_training": "it would train an avatar of a person",
    "start_voice_clone": "it would clone the voice of a person",
    "start_avatar_video": "it needs an avatar and a sound of the account",
}
#: Reads that only answer for what one call before has made, without a listing of it.
_WITHOUT_LISTING: Mapping[str, str] = {
    "get_face_swap_preview_status": "it reads a preview, and no listing has their ids",
}


class Reason(Enum):
    """Why a step is part of a plan."""

    #: It only reads.
    READ = "read"
    #: It starts paid work.
    START = "start"
    #: It makes a record that is deleted again.
    WRITE = "write"
    #: It deletes what a start or a write of this plan has made.
    DELETE = "delete"


@attrs.frozen(kw_only=True)
class Step:
    """One call of a plan.

    Attributes:
        operation: What is called.
        reason: Why.
        sources: Operations whose responses have ids for it, the best first; none where it needs no
            id.
        is_reported: Whether the call is a part of the report; one that was not asked for is made
            for the ids in its response alone.
    """

    operation: Operation
    reason: Reason
    sources: tuple[str, ...] = ()
    is_reported: bool = True


@attrs.frozen(kw_only=True)
class Plan:
    """What is called, in order, and what is not.

    Attributes:
        steps: The calls.
        left_out: Why the other operations are not called, by their ids.
    """

    steps: tuple[Step, ...]
    left_out: Mapping[str, str]


def chosen(operations: Iterable[str], patterns: Iterable[str]) -> frozenset[str]:
    """Return the operations that patterns name; all of them without patterns.

    Args:
        operations: The ids of all operations.
        patterns: Ids, in which ``*`` stands for any letters.

    Raises:
        ValueError: A pattern names none.
    """
    known = list(operations)
    found: set[str] = set()
    given = list(patterns)
    for pattern in given:
        matching = {name for name in known if fnmatchcase(name, pattern)}
        if not matching:
            raise ValueError(
                f"no operation is called {pattern!r}; docs/coverage.md lists their ids, and * "
                "stands for any letters."
            )
        found |= matching
    return frozenset(found if given else known)


def make_plan(
    operations: Mapping[str, Operation],
    families: Mapping[str, TaskFamily],
    wanted: frozenset[str],
    *,
    spend: bool,
    write: bool,
) -> Plan:
    """Return what is called to verify operations.

    Args:
        operations: The index of all operations.
        families: The table of families.
        wanted: The ids of those that are verified.
        spend: Whether starts are made.
        write: Whether records of the account's own are made and deleted.
    """
    starts = {str(one.start): one for one in families.values() if one.start is not None}
    planner = _Planner(operations, starts, spend=spend, write=write)
    steps = [step for name in wanted if (step := planner.step(name)) is not None]
    steps += planner.sources_beside(steps)
    order = {name: place for place, name in enumerate(operations)}
    steps.sort(key=lambda step: (_rank(step), order[step.operation.id]))
    return Plan(
        steps=tuple(steps), left_out={n: planner.left_out[n] for n in operations if n in wanted
                                      and n in planner.left_out},
    )  # fmt: skip


class _Planner:
    def __init__(
        self,
        operations: Mapping[str, Operation],
        starts: Mapping[str, TaskFamily],
        *,
        spend: bool,
        write: bool,
    ) -> None:
        self._operations = operations
        self._starts = starts
        self._spend = spend
        self._write = write
        self.left_out: dict[str, str] = {}

    def step(self, name: str) -> Step | None:
        """Return the step for an operation; None where it is left out, with the reason noted."""
        operation = self._operations[name]
        made = {
            "read": self._read,
            "start": self._start,
            "write": self._make,
            "delete": self._delete,
        }[operation.effect or "write"](operation)
        if isinstance(made, str):
            self.left_out[name] = made
            return None
        return made

    def sources_beside(self, steps: Iterable[Step]) -> list[Step]:
        """Return steps for what others need ids or a record of, and that was not asked for."""
        present = {step.operation.id for step in steps}
        needed = {
            source
            for step in steps
            for source in step.sources
            # What costs coins or changes something is called only where it was asked for itself.
            if source not in present and self._operations[source].effect == "read"
        }
        if FIRST not in present:
            needed.add(FIRST)
        return [
            Step(operation=self._operations[name], reason=Reason.READ, is_reported=False)
            for name in needed
        ]

    def _read(self, operation: Operation) -> Step | str:
        if operation.id in _WITHOUT_LISTING:
            return _WITHOUT_LISTING[operation.id]
        if not id_fields(operation):
            return Step(operation=operation, reason=Reason.READ)
        sources = self._makers(operation) + self._listings(operation)
        if not sources:
            return "no listing has ids for it; one comes from a start, which needs --spend"
        return Step(operation=operation, reason=Reason.READ, sources=sources)

    def _start(self, operation: Operation) -> Step | str:
        if operation.id in _NEVER_STARTED:
            return f"never started: {_NEVER_STARTED[operation.id]}"
        if operation.id not in self._starts:
            return "never started: what it makes is no task that could be read and deleted again"
        if not self._spend:
            return "it costs coins: give --spend COINS"
        return Step(operation=operation, reason=Reason.START)

    def _make(self, operation: Operation) -> Step | str:
        if operation.id not in _OWN_RECORDS:
            return "it changes something that could not be taken back"
        if not self._write:
            return "it makes a record: give --write"
        return Step(operation=operation, reason=Reason.WRITE)

    def _delete(self, operation: Operation) -> Step | str:
        for maker, (_, delete) in _OWN_RECORDS.items():
            if operation.id == delete:
                if not self._write:
                    return "it deletes a record, and only one that --write has made"
                return Step(operation=operation, reason=Reason.DELETE, sources=(maker,))
        makers = tuple(
            start for start, family in self._starts.items()
            if family.delete == operation.id and start not in _NEVER_STARTED
        )  # fmt: skip
        if not makers:
            return "nothing is made here that it could delete"
        if not self._spend:
            return "it deletes a task, and only one that --spend has started"
        return Step(operation=operation, reason=Reason.DELETE, sources=makers)

    def _makers(self, operation: Operation) -> tuple[str, ...]:
        """Return the starts whose tasks an operation reads, where starts are made."""
        if not self._spend:
            return ()
        return tuple(
            name for name in self._starts
            if name not in _NEVER_STARTED and _place(self._operations[name]) == _place(operation)
        )  # fmt: skip

    def _listings(self, operation: Operation) -> tuple[str, ...]:
        return tuple(
            other.id
            for other in self._operations.values()
            if other.effect == "read"
            and other.id.startswith("list_")
            and _place(other) == _place(operation)
            and not id_fields(other)
        )


def listing_of(write: str) -> str:
    """Return the operation that lists what a write of the account's own has made."""
    return _OWN_RECORDS[write][0]


def echoed_by(operation: Operation) -> frozenset[str]:
    """Return the fields with which records of an operation may repeat the input of their start."""
    from a2e_api.operations import OPERATIONS

    return frozenset(
        name
        for other in OPERATIONS.values()
        if other.effect == "start" and _place(other) == _place(operation)
        for name in _body_of(other).get("properties", {})
    )


def id_fields(operation: Operation) -> tuple[str, ...]:
    """Return the names under which an operation must be given the id of a record."""
    schemas = operation.input
    required: set[str] = {
        *schemas["path"],
        *(name for name, one in schemas["query"].items() if one["required"]),
        *_body_of(operation).get("required", ()),
    }
    return tuple(name for name in ID_FIELDS if name in required)


def _body_of(operation: Operation) -> Mapping[str, Any]:
    """Return the schema of an operation's body; an empty one where it takes none."""
    schema: Mapping[str, Any] | None = operation.input["body"]
    return schema if schema is not None else {}


def _place(operation: Operation) -> str:
    """Return what the paths of one kind of records have in common: their third part."""
    return operation.path.split("/")[3]


def _rank(step: Step) -> int:
    if step.operation.id in (FIRST, QUOTE):
        return (FIRST, QUOTE).index(step.operation.id)
    if step.reason is Reason.READ:
        return 5 if step.sources else 4
    return {Reason.START: 2, Reason.WRITE: 3, Reason.DELETE: 6}[step.reason]

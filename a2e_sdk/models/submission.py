"""One start as it was submitted, and how its task is told from others.

This module owns the comparison of a record with what was submitted. When and where a lost start is
searched for is decided in ``_tasks.recovery``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeAlias, cast

import attrs

from .cloud import SIGNED
from .task import Task

#: What the server's ``Date`` header, in whole seconds, and its records may differ by.
_TOLERANCE = timedelta(seconds=5)
#: What this machine's clock and the server's may differ by where no ``Date`` header came.
_TOLERANCE_WITHOUT_DATE = timedelta(minutes=5)

#: What of a start its record may show again.
Text: TypeAlias = str | tuple[str, ...]


def texts_of(values: Mapping[str, Any]) -> dict[str, Text]:
    """Return the texts, and the lists of texts, of a body or a record."""
    texts: dict[str, Text] = {}
    for key, value in values.items():
        if isinstance(value, str):
            texts[key] = value
        elif isinstance(value, list) and value:
            items = cast(list[Any], value)
            if all(isinstance(item, str) for item in items):
                texts[key] = tuple(items)
    return texts


@attrs.frozen(kw_only=True)
class Submission:
    """One start as it was submitted; it can be pickled and looked for from another process.

    Attributes:
        family: The family of the task.
        label: The record's key for its name; None where tasks have none.
        name: The task's name, likewise.
        unique_name: Whether the name was made by this SDK, so that no other task can have it.
        inputs: The texts that were submitted, such as ``face_url``, by the server's keys.
        not_before: The task can't have been created before this. It is by the server's clock where
            a response has told that; else by this machine's, or None where the name is unique.
    """

    family: str
    label: str | None = "name"
    name: str | None
    unique_name: bool
    inputs: Mapping[str, Text]
    not_before: datetime | None = None

    @property
    def fingerprint(self) -> Hashable:
        """What two submissions share that can't be told apart in the server's records."""
        return (self.family, self.name, tuple(sorted(self.inputs.items())))

    def began(self, moment: datetime, *, exact: bool) -> Submission:
        """Return the submission with the moment from which its task can date.

        Args:
            moment: When the start was sent.
            exact: Whether that is by the server's clock, rather than by this machine's.
        """
        if exact:
            return attrs.evolve(self, not_before=moment - _TOLERANCE)
        # A name of our own needs no date, and a wrong one would end the search too early.
        guess = None if self.unique_name else moment - _TOLERANCE_WITHOUT_DATE
        return attrs.evolve(self, not_before=guess)

    def is_same(self, other: Submission) -> bool:
        """Tell whether it is the same start, whenever it was sent."""
        return attrs.evolve(self, not_before=None) == attrs.evolve(other, not_before=None)

    def ends_search(self, task: Task, position: int, newest: int) -> bool:
        """Tell whether a record, and so all that follow it in a listing, can't be the task.

        A name of this SDK's own is proof enough, so the date of a record, on which the clocks of
        the server's parts may disagree, counts only behind the newest records.

        Args:
            task: The record.
            position: Where it stands in the list, newest first, from 0.
            newest: How many records to compare whatever their dates, and without dates at all.
        """
        dated = task.created_at is not None and self.not_before is not None
        if position < newest and (self.unique_name or not dated):
            return False
        return not dated or self._is_too_old(task)

    def _is_too_old(self, task: Task) -> bool:
        return (
            self.not_before is not None
            and task.created_at is not None
            and task.created_at < self.not_before
        )

    def has_name_of(self, task: Task) -> bool:
        """Tell whether a record has the name that was submitted."""
        return self.label is not None and _is_same_text(task.raw.get(self.label), self.name)

    def matches(self, task: Task) -> bool:
        """Tell whether a record can be the task of this submission."""
        if self.label is not None and not self.has_name_of(task):
            return False
        # A server may store an input elsewhere; a name that is ours alone is proof enough.
        if self.unique_name:
            return True
        if self._is_too_old(task):
            return False
        recorded = texts_of(task.raw)
        known = {key: value for key, value in self.inputs.items() if key in task.raw}
        same = all(_is_same_text(recorded.get(key), value) for key, value in known.items())
        return same and bool(known)


def _is_same_text(one: Any, other: Any) -> bool:
    """Tell whether a server may have stored one text, or list of texts, as the other."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        items, others = cast(tuple[Any, ...], one), cast(tuple[Any, ...], other)
        return len(items) == len(others) and all(map(_is_same_text, items, others))
    if not isinstance(one, str) or not isinstance(other, str):
        return bool(one == other)
    if other.endswith(SIGNED):  # What was signed is not kept, and may be in the record.
        one, other = one.partition("?")[0], other.removesuffix(SIGNED)
    return not _forms(one).isdisjoint(_forms(other))


def _forms(text: str) -> frozenset[str]:
    """Return a text trimmed and normalised, as it is and with its HTML escapes read.

    A server that escapes writes ``&amp;copy=`` for ``&copy=``, which itself reads as an escape.
    """
    import html  # Here, because its table of names is large.

    return frozenset(
        unicodedata.normalize("NFC", form).strip() for form in (text, html.unescape(text))
    )

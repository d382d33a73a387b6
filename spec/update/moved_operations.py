"""Which operation that is gone and which that came are the same one, moved.

This module owns the rules, and is pure. An operation has moved if its path is there under another
method, if the path is there in another spelling, or if one part of the path is called something
else and all fields are the same. Where several could be meant, none is taken: it is then reported
as gone, and the others as added.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher

from api_operations import Operation
from shape_reader import ShapeReader

#: A segment in another spelling is at least this similar; `continueTranining` is 0.97.
MISSPELT_SIMILARITY = 0.9
#: Enough for a renamed segment, where two fields or more are the same and no other differs.
RENAMED_SIMILARITY = 0.6


def moved_operations(
    ours: ShapeReader, missing: list[Operation], theirs: ShapeReader, extra: list[Operation]
) -> Iterator[tuple[Operation, Operation]]:
    """Find pairs that are one operation, moved.

    Args:
        ours: Our document.
        missing: Our operations that the other document lacks.
        theirs: The other document.
        extra: Its operations that we lack.

    Yields:
        One of ours and what became of it, the surest pairs first; each operation once.
    """
    left, right = list(missing), list(extra)
    renamed: set[tuple[str, str]] = set()
    rules: tuple[Callable[[Operation, Operation], bool], ...] = (
        _other_method,
        lambda one, two: one.method == two.method and _spelling(one) == _spelling(two),
        lambda one, two: _renamed(ours, one, theirs, two),
        # The rest of a family follows, also operations without any field.
        lambda one, two: one.method == two.method and _renaming(one, two) in renamed,
    )
    for rule in rules:
        for one in list(left):
            candidates = [two for two in right if rule(one, two)]
            rivals = [other for other in left if candidates and rule(other, candidates[0])]
            # Several candidates mean that nobody can tell.
            if len(candidates) == 1 and len(rivals) == 1:
                left.remove(one)
                right.remove(candidates[0])
                segments = _renaming(one, candidates[0])
                renamed |= {segments} if segments else set()
                yield one, candidates[0]


def _renamed(ours: ShapeReader, one: Operation, theirs: ShapeReader, two: Operation) -> bool:
    """Tell whether the paths differ in one segment that looks alike, and the fields agree."""
    segments = _renaming(one, two)
    if one.method != two.method or segments is None:
        return False
    similarity = SequenceMatcher(None, *segments).ratio()
    fields = _field_names(ours, one)
    if fields != _field_names(theirs, two):
        return False
    return similarity >= (RENAMED_SIMILARITY if len(fields) > 1 else MISSPELT_SIMILARITY)


def _other_method(one: Operation, two: Operation) -> bool:
    """Tell whether both are one path, under methods that the vendor has swapped or may swap."""
    exchanged = {one.method, two.method} in ({"get", "post"}, {"post", "put"}, {"put", "patch"})
    return exchanged and one.key[1] == two.key[1]


def _spelling(operation: Operation) -> str:
    return re.sub(r"[^a-z0-9{}/]", "", operation.key[1].lower())


def _renaming(one: Operation, two: Operation) -> tuple[str, str] | None:
    """Return the one segment in which two paths differ, if it is one and not another version."""
    before, after = one.key[1].split("/"), two.key[1].split("/")
    differing = [pair for pair in zip(before, after, strict=False) if pair[0] != pair[1]]
    if len(before) != len(after) or len(differing) != 1 or "{}" in differing[0]:
        return None
    (pair,) = differing
    return pair if re.findall(r"\d+", pair[0]) == re.findall(r"\d+", pair[1]) else None


def _field_names(reader: ShapeReader, operation: Operation) -> frozenset[str]:
    names = {name.partition(".")[2] for name in operation.parameters if name[:5] != "path."}
    for place in operation.body.values():
        names |= set(reader.shape(place).properties)
    return frozenset(names)

"""Which operation that is gone and which that came are the same one, moved.

This module owns the rules, in the order in which they are tried, and is pure. Each says how sure it
is. Where several operations could be meant, none is taken: it is then reported as gone, and the
others as added. Another version of an engine is another operation: only the version of the API may
differ.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from api_operations import Operation
from operation_contents import Contents, contents_of
from operation_naming import first_segment
from shape_reader import ShapeReader

#: A segment in another spelling is at least this similar; `continueTranining` is 0.97.
MISSPELT_SIMILARITY = 0.9
#: Enough for a renamed segment, where two fields or more are the same and no other differs.
RENAMED_SIMILARITY = 0.6
#: Of two beginnings of a path that fit equally well, one is more alike than the other by this.
CLEARLY_MORE_ALIKE = 0.2
#: So many fields are shared by few operations; `pageNum` and `pageSize` by dozens.
TELLING_FIELDS = 3

#: A segment that says which version of the API this is.
_API_VERSION = re.compile(r"v\d+(\.\d+)*")


class Sureness(StrEnum):
    """How sure it is that two operations are one."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Move(NamedTuple):
    """An operation, and what became of it.

    Attributes:
        before: One of ours.
        after: The same one in the other document.
        sureness: How sure that is.
        reason: What it is taken from.
    """

    before: Operation
    after: Operation
    sureness: Sureness
    reason: str


#: Operations of ours, each with one of the other document.
Pairs = list[tuple[Operation, Operation]]
#: The beginning of a path, and what it has become; what follows is the same in both.
Replacement = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Rule:
    holds: Callable[[Operation, Operation], bool]
    sureness: Sureness
    reason: str


def moved_operations(
    ours: ShapeReader,
    missing: list[Operation],
    theirs: ShapeReader,
    extra: list[Operation],
    previous_ids: Mapping[tuple[str, str], str] | None = None,
) -> Iterator[Move]:
    """Find pairs that are one operation, moved.

    Args:
        ours: Our document.
        missing: Our operations that the other document lacks.
        theirs: The other document.
        extra: Its operations that we lack.
        previous_ids: The operationIds of the other document's previous edition by method and path.

    Yields:
        The pairs, the surest first; each operation once.
    """
    search = _Search(ours, missing, theirs, extra, previous_ids or {})
    yield from search.run()


class _Search:
    """One search; what is found is taken out of both lists."""

    def __init__(
        self,
        ours: ShapeReader,
        missing: list[Operation],
        theirs: ShapeReader,
        extra: list[Operation],
        previous_ids: Mapping[tuple[str, str], str],
    ) -> None:
        self._left, self._right = list(missing), list(extra)
        self._previous_ids = previous_ids
        self._contents: dict[int, Contents] = {
            id(operation): contents_of(reader, operation)
            for reader, operations in ((ours, missing), (theirs, extra))
            for operation in operations
        }
        self._ids = Counter(_operation_id(operation) for operation in extra)
        self._replaced: set[Replacement] = set()

    def run(self) -> Iterator[Move]:
        certain, likely, possible = Sureness
        yield from self._by(_Rule(_other_method, certain, "the path is there"))
        yield from self._by(_Rule(self._same_id, certain, "the same operationId"))
        yield from self._by(_Rule(_same_spelling, certain, "only the spelling differs"))
        yield from self._by_beginnings()
        yield from self._by(_Rule(self._renamed, likely, "a similar name and the same fields"))
        same = "the same fields, which no other has"
        yield from self._by(_Rule(self._same_in_family, likely, same))
        yield from self._by(_Rule(self._same_anywhere, possible, same))
        yield from self._by(_Rule(self._follows, likely, "others have moved in the same way"))

    def _by(self, rule: _Rule) -> Iterator[Move]:
        for one in list(self._left):
            candidates = [two for two in self._right if rule.holds(one, two)]
            # Several candidates, or rivals for one, mean that nobody can tell.
            if len(candidates) != 1:
                continue
            if sum(rule.holds(other, candidates[0]) for other in self._left) == 1:
                yield self._take(Move(one, candidates[0], rule.sureness, rule.reason))

    def _take(self, move: Move) -> Move:
        self._left.remove(move.before)
        self._right.remove(move.after)
        replacement = _replacement(move.before, move.after)
        if replacement:
            self._replaced.add(replacement)
        return move

    def _by_beginnings(self) -> Iterator[Move]:
        """Find families, or the whole API, whose paths begin with something else."""
        refused: set[Replacement] = set()
        while True:
            groups = self._groups(refused)
            best = max(groups, key=lambda one: self._weight(groups[one]), default=None)
            if best is None:
                return
            pairs = groups[best]
            rivals = [one for one in groups if one != best and _compete(groups[one], pairs)]
            clear = all(
                self._weight(groups[one]) < self._weight(pairs)
                or _similarity(*one) + CLEARLY_MORE_ALIKE <= _similarity(*best)
                for one in rivals
            )
            if not clear:
                refused |= {best, *rivals}
                continue
            alike = sum(self._same(one, two) for one, two in pairs)
            sureness = Sureness.CERTAIN if alike == len(pairs) else Sureness.LIKELY
            beginnings = f"{best[0] or '/'} became {best[1] or '/'}"
            reason = f"{beginnings}, with the same fields in {alike} of {len(pairs)}"
            for one, two in pairs:
                yield self._take(Move(one, two, sureness, reason))

    def _groups(self, refused: set[Replacement]) -> dict[Replacement, Pairs]:
        """Return the pairs whose paths differ in one beginning, where that proves something."""
        groups: dict[Replacement, Pairs] = defaultdict(list)
        by_end: dict[tuple[str, str], list[Operation]] = defaultdict(list)
        for two in self._right:
            by_end[two.method, two.key[1].rpartition("/")[2]].append(two)
        for one in self._left:
            for two in by_end[one.method, one.key[1].rpartition("/")[2]]:
                replacement = _replacement(one, two)
                if replacement and replacement not in refused and _same_version(one, two):
                    groups[replacement].append((one, two))
        return {one: pairs for one, pairs in groups.items() if self._proves(pairs)}

    def _proves(self, pairs: Pairs) -> bool:
        alike = [one for one, two in pairs if self._same(one, two)]
        telling = any(len(self._contents[id(one)].fields) >= TELLING_FIELDS for one in alike)
        return telling and len(alike) > 1 and 2 * len(alike) > len(pairs)

    def _weight(self, pairs: Pairs) -> int:
        return sum(
            1 + len(self._contents[id(one)].fields) for one, two in pairs if self._same(one, two)
        )

    def _same(self, one: Operation, two: Operation) -> bool:
        return self._contents[id(one)].agrees_with(self._contents[id(two)])

    def _same_id(self, one: Operation, two: Operation) -> bool:
        known = {_operation_id(one), self._previous_ids.get(one.key)} - {None}
        name = _operation_id(two)
        return name in known and self._ids[name] == 1 and not _other_engine(one, two)

    def _renamed(self, one: Operation, two: Operation) -> bool:
        """Tell whether the paths differ in one segment that looks alike, and the fields agree."""
        if one.method != two.method or not _same_version(one, two) or not self._same(one, two):
            return False
        pair = _renaming(one, two)
        enough = len(self._contents[id(one)].fields) > 1
        wanted = RENAMED_SIMILARITY if enough else MISSPELT_SIMILARITY
        return pair is not None and _similarity(*pair) >= wanted

    def _same_in_family(self, one: Operation, two: Operation) -> bool:
        family = first_segment(one.path) == first_segment(two.path)
        return family and not _other_engine(one, two) and self._same_contents(one, two, 2)

    def _same_anywhere(self, one: Operation, two: Operation) -> bool:
        return _same_version(one, two) and self._same_contents(one, two, TELLING_FIELDS)

    def _same_contents(self, one: Operation, two: Operation, enough: int) -> bool:
        if one.method != two.method or not self._same(one, two):
            return False
        return self._contents[id(one)].evidence(self._contents[id(two)]) >= enough

    def _follows(self, one: Operation, two: Operation) -> bool:
        return one.method == two.method and _replacement(one, two) in self._replaced


def _other_method(one: Operation, two: Operation) -> bool:
    """Tell whether both are one path, under methods that the vendor has swapped or may swap."""
    exchanged = {one.method, two.method} in ({"get", "post"}, {"post", "put"}, {"put", "patch"})
    return exchanged and one.key[1] == two.key[1]


def _same_spelling(one: Operation, two: Operation) -> bool:
    return one.method == two.method and _spelling(one) == _spelling(two)


def _spelling(operation: Operation) -> str:
    return re.sub(r"[^a-z0-9{}/]", "", operation.key[1].lower())


def _operation_id(operation: Operation) -> str | None:
    name = operation.place.node.get("operationId")
    return name if isinstance(name, str) else None


def _replacement(one: Operation, two: Operation) -> Replacement | None:
    """Return the beginnings in which two paths differ, or None if their ends differ too."""
    before, after = one.key[1].split("/"), two.key[1].split("/")
    shared = 0
    while shared < min(len(before), len(after)) and before[-1 - shared] == after[-1 - shared]:
        shared += 1
    if not shared:
        return None
    return "/".join(before[: len(before) - shared]), "/".join(after[: len(after) - shared])


def _renaming(one: Operation, two: Operation) -> tuple[str, str] | None:
    """Return the one segment in which two paths differ, if it is one."""
    before, after = one.key[1].split("/"), two.key[1].split("/")
    differing = [pair for pair in zip(before, after, strict=False) if pair[0] != pair[1]]
    if len(before) != len(after) or len(differing) != 1 or "{}" in differing[0]:
        return None
    return differing[0]


def _similarity(one: str, two: str) -> float:
    return SequenceMatcher(None, one, two).ratio()


def _compete(some: Pairs, others: Pairs) -> bool:
    """Tell whether an operation is in pairs of both."""
    taken = {id(operation) for pair in others for operation in pair}
    return any(id(operation) in taken for pair in some for operation in pair)


def _numbers(operation: Operation) -> list[str]:
    """Return the numbers of a path but the version of the API; the 2 of text2image is a word."""
    path = re.sub(r"(?<=[a-z])2(?=[A-Za-z])", "to", _without_api_version(operation))
    return re.findall(r"\d+", path)


def _without_api_version(operation: Operation) -> str:
    segments = operation.key[1].split("/")
    return "/".join(part for part in segments if not _API_VERSION.fullmatch(part))


def _same_version(one: Operation, two: Operation) -> bool:
    return "".join(_numbers(one)) == "".join(_numbers(two))


def _other_engine(one: Operation, two: Operation) -> bool:
    """Tell whether both paths name versions, and other ones."""
    before, after = (re.findall(r"\d+", _without_api_version(path)) for path in (one, two))
    return bool(before and after and "".join(before) != "".join(after))

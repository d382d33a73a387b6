"""What differs between two OpenAPI documents: a pure function from both to a list of changes.

Operations are matched by method and path, whatever their path parameters are called, and then by
moved_operations.py. Fields are compared by what their schemas allow, so a document may be rewritten
without a change. Texts are not compared, because ours are in our own words. Who is hurt by a change
is left to verdict.py; what a change is, to changes.py.

Written here because no kept-up Python library compares OpenAPI documents (oasdiff is a program in
Go), and none detects moved operations or says where in our file an addition belongs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from api_operations import Operation, read_operations
from changes import Change, Kind, Side
from media_fields import media_of
from moved_operations import Move, moved_operations
from openapi_document import nameless, operations_of
from schema_shape import LIMITED_TYPES, Bound, Place, Pointer, Shape, tighter
from server_addresses import server_addresses, with_whole_paths
from shape_reader import ShapeReader


def compare(
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    previous: Mapping[str, Any] | None = None,
) -> list[Change]:
    """Compare two documents.

    Args:
        ours: Our document.
        theirs: The other one; what it has and ours lacks is an addition.
        previous: The other one's previous edition, if it is at hand: its operationIds tell where an
            operation went.

    Returns:
        The changes that lead from ours to the other one, in the order of our document.
    """
    return _Comparison(ours, theirs, previous).run()


def moved_paths(
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    previous: Mapping[str, Any] | None = None,
) -> dict[str, str]:
    """Return the new paths of operations that have moved, by those of ours; see `compare`."""
    moves = _Comparison(ours, theirs, previous).moves()
    return {move.before.path: move.after.path for move in moves}


class _Comparison:
    """One comparison; collects the changes."""

    def __init__(
        self,
        ours: Mapping[str, Any],
        theirs: Mapping[str, Any],
        previous: Mapping[str, Any] | None,
    ) -> None:
        self._ours = ShapeReader(ours)
        self._theirs = ShapeReader(with_whole_paths(theirs))
        self._ids = _operation_ids(previous)
        self._our_operations = read_operations(self._ours)
        self._their_operations = {
            operation.key: operation for operation in read_operations(self._theirs)
        }
        self._changes: list[Change] = []
        self._operation = ""
        self._seen: set[tuple[Pointer, Pointer, Side]] = set()

    def moves(self) -> list[Move]:
        """Return the operations that both documents have under different names."""
        ours, theirs = self._our_operations, self._their_operations
        missing = [operation for operation in ours if operation.key not in theirs]
        known = {operation.key for operation in ours}
        extra = [operation for key, operation in theirs.items() if key not in known]
        return list(moved_operations(self._ours, missing, self._theirs, extra, self._ids))

    def run(self) -> list[Change]:
        self._compare_servers()
        ours, theirs = self._our_operations, dict(self._their_operations)
        moves = {move.before.key: move for move in self.moves()}
        pairs = {one.key: theirs.pop(one.key) for one in ours if one.key in theirs}
        pairs |= {key: theirs.pop(move.after.key) for key, move in moves.items()}
        for one in ours:
            other = pairs.get(one.key)
            self._operation = one.name
            if other is None:
                self._add(Kind.OPERATION_GONE, Side.API, before=one.name)
                continue
            move = moves.get(one.key)
            if move is not None:
                because = f"{move.sureness}: {move.reason}"
                names = {"before": one.name, "after": other.name}
                respelt = one.key[0] == other.key[0] and one.key[1].lower() == other.key[1].lower()
                kind = Kind.OPERATION_RESPELT if respelt else Kind.OPERATION_MOVED
                self._add(kind, Side.API, because=because, **names)
            self._compare_operations(one, other)
        for two in theirs.values():
            self._operation = two.name
            self._add(Kind.OPERATION_ADDED, Side.API, after=two.name, addition=two.place)
        return self._changes

    def _add(self, kind: Kind, side: Side, place: str = "", **values: Any) -> None:
        self._changes.append(Change(kind, side, self._operation, place, **values))

    def _compare_servers(self) -> None:
        ours, theirs = (
            server_addresses(self._ours.document),
            server_addresses(self._theirs.document),
        )
        for url in ours:
            # A server may carry the first part of every path.
            if not any(_same_server(url, other) for other in theirs):
                self._add(Kind.SERVER_GONE, Side.API, url, before=url)
        for url in theirs:
            if not any(_same_server(url, other) for other in ours):
                self._add(Kind.SERVER_ADDED, Side.API, url, after=url)

    def _compare_operations(self, one: Operation, two: Operation) -> None:
        self._seen.clear()
        if one.deprecated != two.deprecated:
            kind = Kind.OPERATION_DEPRECATED if two.deprecated else Kind.OPERATION_RESTORED
            self._add(kind, Side.API, target=one.place.pointer)
        if one.security is not None and two.security is not None and one.security != two.security:
            enough = _still_enough(one.security, two.security)
            kind = Kind.SECURITY_LOOSENED if enough else Kind.SECURITY_CHANGED
            before, after = (
                [" + ".join(parts) or "nothing" for parts in sorted(ways)]
                for ways in (one.security, two.security)
            )
            self._add(kind, Side.API, "security", before=before, after=after)
        self._compare_parameters(one, two)
        self._compare_body(one, two)
        self._compare_content(Side.RESPONSE, one.response, two.response)
        if one.statuses & two.statuses:
            # Another one alone is another way to write the same.
            for status in sorted(two.statuses - one.statuses):
                self._add(Kind.OPERATION_STATUS_ADDED, Side.API, f"status {status}")

    def _compare_parameters(self, one: Operation, two: Operation) -> None:
        for name, place in one.parameters.items():
            other = two.parameters.get(name)
            if other is None:
                self._add(Kind.FIELD_GONE, Side.REQUEST, name)
                continue
            if place.node.get("required") is True and other.node.get("required") is not True:
                self._add(Kind.NOW_OPTIONAL, Side.REQUEST, name)
            elif other.node.get("required") is True and place.node.get("required") is not True:
                self._add(Kind.NOW_REQUIRED, Side.REQUEST, name)
            if other.node.get("deprecated") is True and place.node.get("deprecated") is not True:
                self._add(Kind.FIELD_DEPRECATED, Side.REQUEST, name, target=place.pointer)
            self._compare_schemas(Side.REQUEST, name, place.child("schema"), other.child("schema"))
        for name, other in two.parameters.items():
            if name not in one.parameters:
                needed = other.node.get("required") is True
                kind = Kind.REQUIRED_FIELD_ADDED if needed else Kind.FIELD_ADDED
                target = (*one.place.pointer, "parameters")
                self._add(kind, Side.REQUEST, name, target=target, addition=other)

    def _compare_body(self, one: Operation, two: Operation) -> None:
        if one.body and two.body:
            if one.body_required != two.body_required:
                kind = Kind.NOW_REQUIRED if two.body_required else Kind.NOW_OPTIONAL
                self._add(kind, Side.REQUEST, "body")
            self._compare_content(Side.REQUEST, one.body, two.body)
        elif two.body:
            kind = Kind.REQUIRED_FIELD_ADDED if two.body_required else Kind.FIELD_ADDED
            self._add(kind, Side.REQUEST, "body", after=sorted(two.body))
        elif one.body:
            self._add(Kind.FIELD_GONE, Side.REQUEST, "body", before=sorted(one.body))

    def _compare_content(
        self, side: Side, ours: Mapping[str, Place], theirs: Mapping[str, Place]
    ) -> None:
        """Compare what is sent; a document without any content type says nothing about it."""
        if not ours or not theirs:
            return
        one, two = _preferred(ours), _preferred(theirs)
        place = "body" if side is Side.REQUEST else ""
        if one != two and "*/*" not in (one, two):
            self._add(Kind.CONTENT_TYPE_CHANGED, side, place, before=one, after=two)
        else:
            self._compare_schemas(side, place, ours[one], theirs[two])

    def _compare_schemas(self, side: Side, place: str, ours: Place, theirs: Place) -> None:
        one, two = self._ours.shape(ours), self._theirs.shape(theirs)
        pair = (one.pointer, two.pointer, side)
        if pair in self._seen or two.says_nothing:
            return
        self._seen.add(pair)
        if not one.says_nothing:
            self._compare_types(side, place, one, two)
            self._compare_words(side, place, one, two)
            self._compare_limits(side, place, one, two)
        if one.deprecated != two.deprecated and two.deprecated:
            self._add(Kind.FIELD_DEPRECATED, side, place, target=ours.pointer)
        if one.default is not None and two.default is not None and one.default != two.default:
            before, after = one.default[0], two.default[0]
            self._add(Kind.DEFAULT_CHANGED, side, place, before=before, after=after)
        if one.format != two.format:
            self._add(Kind.FORMAT_CHANGED, side, place, before=one.format, after=two.format)
        if one.open is True and two.open is False and side is Side.REQUEST:
            self._add(Kind.CLOSED, side, place)
        if side is Side.REQUEST:
            self._compare_choices(place, one, two)
        self._compare_properties(side, place, one, two)
        if one.items is not None and two.items is not None:
            self._compare_schemas(side, f"{place}[]", one.items, two.items)

    def _compare_types(self, side: Side, place: str, one: Shape, two: Shape) -> None:
        before, after = _accepted(one.types), _accepted(two.types)
        if side is Side.RESPONSE:
            # A response may hold null anywhere; every model decodes it.
            before, after = before - {"null"}, after - {"null"}
        if before == after:
            return
        kind = Kind.TYPE_CHANGED
        if after < before:
            kind = Kind.TYPE_NARROWED
        elif after > before:
            kind = Kind.TYPE_WIDENED
        self._add(kind, side, place, before=sorted(one.types), after=sorted(two.types))

    def _compare_words(self, side: Side, place: str, one: Shape, two: Shape) -> None:
        before, after = one.words, two.words
        if before is None and after is None:
            return
        if before is None or after is None:
            # "Anything goes" became a list, or the other way round.
            kind = Kind.LIMIT_TIGHTENED if before is None else Kind.LIMIT_LOOSENED
            words = None if before is None else list(before), None if after is None else list(after)
            self._add(kind, side, place, before=words[0], after=words[1])
            return
        if one.types.isdisjoint(two.types):
            # That the type has changed is said already; only what is called something else counts.
            texts = set(map(_text_of, before)), set(map(_text_of, after))
            gone = [word for word in before if _text_of(word) not in texts[1]]
            added = [word for word in after if _text_of(word) not in texts[0]]
        else:
            gone = [word for word in before if not _holds(after, word)]
            added = [word for word in after if not _holds(before, word)]
        if before and after and len(gone) == len(before) and side is Side.RESPONSE:
            self._add(Kind.WORDS_REPLACED, side, place, before=gone, after=added)
            return
        if gone:
            self._add(Kind.WORDS_GONE, side, place, before=gone)
        if added:
            self._add(Kind.WORDS_ADDED, side, place, after=added, target=one.words_at)

    def _compare_limits(self, side: Side, place: str, one: Shape, two: Shape) -> None:
        for name, types in LIMITED_TYPES.items():
            if not (one.types & types and two.types & types):
                continue
            before, after = one.limits.get(name), two.limits.get(name)
            if before == after:
                continue
            tightened = tighter(name, before, after)
            kind = Kind.LIMIT_TIGHTENED if tightened else Kind.LIMIT_LOOSENED
            words = _limit_text(name, before), _limit_text(name, after)
            self._add(kind, side, place, before=words[0], after=words[1])

    def _compare_choices(self, place: str, one: Shape, two: Shape) -> None:
        """Compare of which groups of fields one has to be there."""
        for groups in sorted(two.choices - one.choices, key=_choice_text):
            if not any(group <= one.required for group in groups):
                self._add(Kind.NOW_REQUIRED, Side.REQUEST, place, after=_choice_text(groups))
        for groups in sorted(one.choices - two.choices, key=_choice_text):
            if not any(group <= two.required for group in groups):
                self._add(Kind.NOW_OPTIONAL, Side.REQUEST, place, before=_choice_text(groups))

    def _compare_properties(self, side: Side, place: str, one: Shape, two: Shape) -> None:
        if "object" not in two.types:
            return
        for name, ours in one.properties.items():
            inner = _below(place, name)
            theirs = two.properties.get(name)
            if theirs is None:
                if one.types and two.lists_properties:
                    self._add(Kind.FIELD_GONE, side, inner)
                continue
            # In responses every attribute may be None, whatever a document promises.
            if side is Side.REQUEST and (name in one.required) != (name in two.required):
                needed = name in two.required
                self._add(Kind.NOW_REQUIRED if needed else Kind.NOW_OPTIONAL, side, inner)
            self._compare_schemas(side, inner, ours, theirs)
        for name, theirs in two.properties.items():
            if name not in one.properties:
                needed = side is Side.REQUEST and name in two.required
                kind = Kind.REQUIRED_FIELD_ADDED if needed else Kind.FIELD_ADDED
                at = one.properties_at
                because = self._media_note(name, theirs) if side is Side.REQUEST else ""
                values = {"target": at, "addition": theirs, "because": because}
                self._add(kind, side, _below(place, name), **values)

    def _media_note(self, name: str, place: Place) -> str:
        shape = self._theirs.shape(place)
        item = shape if shape.items is None else self._theirs.shape(shape.items)
        kinds = media_of(name, item.format, f"{shape.description} {item.description}")
        if not kinds:
            return ""
        return f"likely the URL of a file: mark it with x-media: [{', '.join(kinds)}]"


def _operation_ids(document: Mapping[str, Any] | None) -> dict[tuple[str, str], str]:
    if document is None:
        return {}
    return {
        (method, nameless(path)): node["operationId"]
        for method, path, _, node in operations_of(document)
        if isinstance(node.get("operationId"), str)
    }


def _still_enough(ours: frozenset[tuple[str, ...]], theirs: frozenset[tuple[str, ...]]) -> bool:
    """Tell whether whoever sends what one of our ways needs has sent enough."""
    return any(set(way) <= set(sent) for sent in ours for way in theirs)


def _same_server(one: str, two: str) -> bool:
    # The path of a server belongs to the paths, see `with_whole_paths`; the SDK takes https
    # whatever a document says.
    one, two = (url.lower().replace("http://", "https://", 1) for url in (one, two))
    return urlsplit(one)[:2] == urlsplit(two)[:2]


def _preferred(content: Mapping[str, Place]) -> str:
    return next((kind for kind in content if "json" in kind), next(iter(content)))


def _accepted(types: frozenset[str]) -> frozenset[str]:
    return types | {"integer"} if "number" in types else types


def _holds(words: tuple[Any, ...], word: Any) -> bool:
    # `1 in (True,)` holds in Python, not in JSON.
    return any(type(other) is type(word) and other == word for other in words)


def _choice_text(groups: frozenset[frozenset[str]]) -> str:
    return "one of " + ", ".join(sorted(" + ".join(sorted(group)) for group in groups))


def _text_of(word: Any) -> str:
    return word if isinstance(word, str) else json.dumps(word)


def _limit_text(name: str, limit: Any) -> str | None:
    if limit is None:
        return None
    if isinstance(limit, Bound):
        word = {"lower": "more than", "upper": "less than"}[name] if limit.exclusive else None
        return f"{word or {'lower': 'from', 'upper': 'up to'}[name]} {limit.value:g}"
    return f"{name} {limit}"


def _below(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name

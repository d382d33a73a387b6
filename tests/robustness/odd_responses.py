"""What servers, proxies and networks send in the place of an answer.

This module owns the list of faults of the matrix, and the ways to spoil a valid answer.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from a2e_sdk.sandbox import Fault

Named = tuple[str, Fault]

#: One value of each JSON type, to be put where another was promised; and numbers no field has.
WRONG_VALUES: tuple[Any, ...] = (
    None,
    True,
    "odd",
    7,
    1e400,
    [],
    {},
    [None, [1]],
    {"_id": {"x": 1}},
)

_REDIRECTS = (301, 302, 303, 307, 308)
_STATUSES = (400, 401, 402, 403, 404, 408, 409, 410, 418, 422, 500, 502, 503, 504, 520, 599, 999)
_CODES = (1001, 1003, 1004, 30005, -1, 401, 500, 10**30, "0", "401", "", "weird", True, [], {})


_LOGIN_PAGE = Fault(status=200, headers={"content-type": "text/html"}, body=b"<html>Log in")

#: Faults after which another attempt may succeed, so that it matters whether they last.
PASSING = frozenset(
    {
        "drop before",
        "drop after read",
        "stall",
        "429",
        "429 Retry-After 7",
        "429 Retry-After 3600",
        "503 Retry-After 1",
        "HTML 200",
        "empty 200",
        "HTML 500",
        "HTML 502",
        "JSON 503",
        "HTML 520",
        "code 1001",
        "data null",
        "rows null",
    }
)


def faults() -> list[Named]:
    """Return the faults that do not depend on the ordinary answer."""
    found: list[Named] = [
        ("drop before", Fault.drop_before()),
        ("drop after read", Fault.drop_after_read()),
        ("stall", Fault.stall(3600)),
        ("429", Fault.rate_limited()),
        ("429 Retry-After 7", Fault.rate_limited(retry_after=7)),
        ("429 Retry-After 3600", Fault.rate_limited(retry_after=3600)),
        ("429 Retry-After date", Fault.rate_limited("Wed, 21 Oct 2015 07:28:00 GMT")),
        ("429 Retry-After odd", Fault.rate_limited("\xff soon, nan")),
        ("503 Retry-After 1", Fault(status=503, headers={"retry-after": "1"})),
        ("HTML 200", _LOGIN_PAGE),
        ("empty 200", Fault(status=200)),
        ("empty 204", Fault(status=204)),
        ("odd status word", Fault(status=200, body=b'{"code":0,"data":{"current_status":"\xc3"}}')),
        ("binary", Fault(status=200, body=bytes(range(256)))),
        ("UTF-16", Fault(status=200, body='{"code":0,"data":[]}'.encode("utf-16"))),
        ("deep JSON", Fault(status=200, body=b'{"data":' + b"[" * 100_000)),
        ("long number", Fault(status=200, body=b'{"code":' + b"9" * 5000 + b',"data":{}}')),
        ("NaN", Fault(status=200, body=b'{"code":NaN,"data":{"count":Infinity,"rows":[NaN]}}')),
        ("data null", Fault.null_data()),
        ("rows null", Fault.null_rows()),
        ("no data", Fault.json({"code": 0})),
        ("empty object", Fault.json({})),
        ("success false", Fault.json({"success": False, "errors": [{"message": None}, 7]})),
        ("bare array", Fault.json([])),
        ("bare array of odd rows", Fault.json([None, 7, "x", {"_id": None}, [[]]])),
        ("bare null", Fault.json(None)),
        ("bare text", Fault.json("ok")),
        ("bare number", Fault.json(0)),
        ("redirect without location", Fault(status=302)),
        ("odd date", Fault(headers={"date": "Wed, 99 Foo 0000 99:99:99 +9999"})),
        ("no date", Fault(headers={"date": None})),
    ]
    found += [(f"HTML {status}", Fault.http(status)) for status in _STATUSES]
    found += [
        (f"JSON {status}", Fault.json({"error": {"message": "no"}}, status=status))
        for status in _STATUSES
    ]
    found += [
        (f"code {code!r:.12}", Fault.json({"code": code, "msg": "no", "data": None}))
        for code in _CODES
    ]
    found += [
        (f"code {code} HTTP 403", Fault.code(code, status=403)) for code in (0, 200, 1003, -1)
    ]
    for status in _REDIRECTS:
        found.append((f"redirect {status}", Fault.redirect("https://elsewhere.example/x", status)))
    found.append(("redirect relative", Fault.redirect("//[", 307)))
    return found


def few_faults() -> list[Named]:
    """Return one fault of each kind, for scenarios that are like others which meet all of them."""
    return [
        ("drop after read", Fault.drop_after_read()),
        ("HTML 520", Fault.http(520)),
        ("HTML 200", _LOGIN_PAGE),
        ("data null", Fault.null_data()),
        ("data a list of oddities", Fault.json({"code": 0, "data": [None, 7, "x", [[]], {}]})),
        ("429 Retry-After 7", Fault.rate_limited(retry_after=7)),
        ("cut at 10", Fault.cut(10)),
        ("code 4711", Fault.code(4711)),
    ]


def cuts(body: bytes) -> list[Named]:
    """Return an answer cut at ten offsets, both as a broken connection and as whole nonsense."""
    offsets = sorted({len(body) * step // 10 for step in range(10)})
    broken = [(f"cut at {offset}", Fault.cut(offset)) for offset in offsets]
    whole = [
        (f"truncated at {offset}", Fault(status=200, body=body[:offset])) for offset in offsets
    ]
    return broken + whole


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _places(item, (*path, key))
    elif value and isinstance(value, list):
        yield from _places(value[0], (*path, 0))


def spoilt(envelope: Any) -> Iterator[tuple[str, Any]]:
    """Yield a valid answer with a value of a wrong type, nothing, or a stranger in each place."""
    for path in _places(envelope):
        name = ".".join(map(str, path)) or "all"
        for wrong in WRONG_VALUES:
            yield f"{name} = {wrong!r}", replaced(envelope, path, wrong)
        if path:
            yield f"{name} missing", replaced(envelope, path, _MISSING)
    for name in ("current_status", "status", "extra"):
        yield f"strange {name} everywhere", _strange(envelope, name)


_MISSING = object()


def replaced(envelope: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return a copy of a JSON value with another value at a path."""
    if not path:
        return value
    changed = copy.deepcopy(envelope)
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    if value is _MISSING:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return changed


def _strange(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        return {key: _strange(item, name) for key, item in value.items()} | {name: "never seen"}
    return [_strange(item, name) for item in value] if isinstance(value, list) else value


def spoilt_answers(body: bytes) -> list[Named]:
    """Return the faults that answer with a spoilt form of a valid body; none for no JSON."""
    try:
        envelope = json.loads(body)
    except ValueError:
        return []
    return [(name, Fault.json(answer)) for name, answer in spoilt(envelope)]

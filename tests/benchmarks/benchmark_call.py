"""One typed call against the untyped one that a user would write."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import httpx
from measuring import Comparison, compare, take_turns
from serving import HEADERS, KEY, loopback_server, page_url

from a2e_sdk import A2E

_OURS = "page(1, page_size=10)"
_OURS_MOVING = "page(n, page_size=10), another n each time"
_BARE = "httpx.Client.get + json.loads"
_BARE_MOVING = "httpx.Client.get + json.loads, likewise"
_PAGES = 1000


def run(*, quick: bool) -> list[Comparison]:
    """Measure pages of ten rows, one call after the other."""
    with (
        loopback_server(rows=10 * _PAGES) as base_url,
        httpx.Client(headers=HEADERS) as client,
        A2E(KEY, base_url=base_url) as a2e,
    ):
        tasks = a2e.face_swap.tasks
        ours, bare = _numbers(), _numbers()
        candidates: dict[str, Callable[[], Any]] = {
            _OURS: lambda: tasks.page(1, page_size=10),
            _BARE: lambda: json.loads(client.get(page_url(base_url, 1, 10)).content),
            _OURS_MOVING: lambda: tasks.page(next(ours), page_size=10),
            _BARE_MOVING: lambda: json.loads(
                client.get(page_url(base_url, next(bare), 10)).content
            ),
        }
        samples = take_turns(candidates, rounds=8 if quick else 40, calls=25, scale=1e6)
    return [
        compare(samples, _OURS, _BARE, unit="us", target="<= 1.0x"),
        compare(samples, _OURS_MOVING, _BARE_MOVING, unit="us", target="<= 1.0x"),
    ]


def _numbers() -> Iterator[int]:
    return (number % _PAGES + 1 for number in count())

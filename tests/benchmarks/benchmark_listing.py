"""Listing 50 pages over a slow link, against one page after another."""

from __future__ import annotations

import asyncio
import time

from measuring import Comparison, Samples, compare, seconds_of, take_turns_async
from serving import KEY, loopback_server

from a2e_sdk import A2E, AsyncA2E

_PAGES = 50
_SIZE = 100
_LATENCY = 0.05
_ROUND_TRIPS = 2 + _PAGES / 8
_TARGET = f"about {_ROUND_TRIPS / _PAGES:.2f}x ({_ROUND_TRIPS:.1f} round trips)"

_SYNC = "list of 50 pages at 50 ms"
_ASYNC = "list of 50 pages at 50 ms, async"
_ONE_BY_ONE = "page after page"
_ONE_BY_ONE_ASYNC = "page after page, async"


def run(*, quick: bool) -> list[Comparison]:
    """Measure whole listings, the first page included."""
    rounds = 1 if quick else 3
    samples: Samples = {_SYNC: [], _ONE_BY_ONE: []}
    with (
        loopback_server(rows=_PAGES * _SIZE, latency=_LATENCY) as base_url,
        A2E(KEY, base_url=base_url) as a2e,
    ):
        tasks = a2e.face_swap.tasks
        tasks.page(1)  # Connecting is no part of it.
        for _ in range(rounds):
            samples[_SYNC].append(
                seconds_of(lambda: _check(len(tasks.list(page_size=_SIZE).to_list())))
            )
            samples[_ONE_BY_ONE].append(
                seconds_of(lambda: [tasks.page(n, page_size=_SIZE) for n in range(1, _PAGES + 1)])
            )
        samples.update(asyncio.run(_measure(base_url, rounds)))
    return [
        compare(samples, _SYNC, _ONE_BY_ONE, unit="s", target=_TARGET),
        compare(samples, _ASYNC, _ONE_BY_ONE_ASYNC, unit="s", target=_TARGET),
    ]


async def _measure(base_url: str, rounds: int) -> Samples:
    async with AsyncA2E(KEY, base_url=base_url) as a2e:
        tasks = a2e.face_swap.tasks

        async def ahead() -> float:
            begin = time.perf_counter()
            _check(len(await tasks.list(page_size=_SIZE).to_list()))
            return time.perf_counter() - begin

        async def one_by_one() -> float:
            begin = time.perf_counter()
            for number in range(1, _PAGES + 1):
                await tasks.page(number, page_size=_SIZE)
            return time.perf_counter() - begin

        return await take_turns_async({_ASYNC: ahead, _ONE_BY_ONE_ASYNC: one_by_one}, rounds=rounds)


def _check(rows: int) -> None:
    if rows != _PAGES * _SIZE:
        raise RuntimeError(f"the listing gave {rows} rows of {_PAGES * _SIZE}")

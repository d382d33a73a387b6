"""A listing yields what exists from its start to its end exactly once (promise 6)."""

from __future__ import annotations

import gc
import json
import threading
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2e_sdk import errors
from a2e_sdk._http.messages import HttpRequest, HttpResponse
from a2e_sdk.sandbox import Fault, Sandbox
from a2e_sdk.sandbox.http_server import serve
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver
from examples import examples

LIST = "list_face_swap_tasks"


class ChangingTransport(SandboxTransport):
    """A sandbox whose records change between requests, as a script says.

    ``lived`` ends as the ids that were there from the first request to the last, in list order.
    """

    def __init__(self, rows: int, script: list[tuple[str, int]]) -> None:
        super().__init__(Sandbox(seed_records=False, log_limit=100_000))
        self._script = list(script)
        self._lock = threading.Lock()
        for number in range(rows):
            self.sandbox.add_face_swap_task(name=str(number))
        self.lived = [row["_id"] for row in self.sandbox.face_swap_tasks()]

    def change(self, kind: str, place: int) -> None:
        if kind == "insert":
            for _ in range(place % 3 + 1):
                self.sandbox.add_face_swap_task(name="new")
            return
        rows = self.sandbox.face_swap_tasks()
        if rows:
            self.delete(rows[place % len(rows)]["_id"])

    def delete(self, task_id: str) -> None:
        self.sandbox.delete_face_swap_task(task_id)
        if task_id in self.lived:
            self.lived.remove(task_id)

    def _step(self) -> None:
        with self._lock:
            if self._script:
                self.change(*self._script.pop(0))

    def send_request(self, request: HttpRequest) -> HttpResponse:
        self._step()
        return super().send_request(request)

    async def send_request_async(self, request: HttpRequest) -> HttpResponse:
        self._step()
        return await super().send_request_async(request)


scripts = st.lists(
    st.tuples(st.sampled_from(["insert", "delete"]), st.integers(0, 500)), max_size=40
)


@pytest.mark.parametrize("mode", ["sync", "async"])
@examples(60)
@given(
    rows=st.integers(0, 130),
    page_size=st.integers(1, 40),
    script=scripts,
    while_consuming=scripts,
    deletes_what_it_gets=st.booleans(),
)
def test_every_row_that_lives_throughout_comes_exactly_once_and_in_order(
    mode: str,
    rows: int,
    page_size: int,
    script: list[tuple[str, int]],
    while_consuming: list[tuple[str, int]],
    deletes_what_it_gets: bool,
) -> None:
    driver = Driver(mode)
    transport = ChangingTransport(rows, script)
    a2e = driver.client(region="sandbox", http_client=transport)
    seen: list[str] = []

    def after_each(taken: list[Any]) -> bool:
        seen.append(taken[-1].id)
        if while_consuming:
            transport.change(*while_consuming.pop(0))
        if deletes_what_it_gets:
            transport.sandbox.delete_face_swap_task(taken[-1].id)
        return False

    driver.items(a2e.face_swap.tasks.list(page_size=page_size), after_each)
    driver.finish()
    assert len(seen) == len(set(seen)), "no row comes twice"
    lived = set(transport.lived)
    assert [task_id for task_id in seen if task_id in lived] == transport.lived


def test_pages_are_fetched_ahead_in_order_and_bounded(driver: Driver) -> None:
    sandbox = Sandbox(seed_records=False, latency=0.002)
    for number in range(2000):
        sandbox.add_face_swap_task(name=str(number))
    transport = CountingTransport(sandbox)
    a2e = driver.client(region="sandbox", http_client=transport)
    names = [task.name for task in driver.items(a2e.face_swap.tasks.list(page_size=50))]
    assert names == [str(number) for number in reversed(range(2000))]
    assert 2 <= transport.most_at_once <= 8
    assert sandbox.requests.count(LIST) <= 2000 / 50 * 1.2


class CountingTransport(SandboxTransport):
    """Knows how many exchanges ran at once at the most."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__(sandbox)
        self._lock = threading.Lock()
        self.now = self.most_at_once = self.begun = 0

    def _begin(self) -> None:
        with self._lock:
            self.begun += 1
            self.now += 1
            self.most_at_once = max(self.most_at_once, self.now)

    def _end(self) -> None:
        with self._lock:
            self.now -= 1

    def send_request(self, request: HttpRequest) -> HttpResponse:
        self._begin()
        try:
            return super().send_request(request)
        finally:
            self._end()

    async def send_request_async(self, request: HttpRequest) -> HttpResponse:
        self._begin()
        try:
            return await super().send_request_async(request)
        finally:
            self._end()


@pytest.mark.parametrize(
    ("limit", "page_size", "requests"), [(1, 10, 1), (10, 10, 1), (25, 10, 4), (5000, 100, 3)]
)
def test_a_limit_reads_no_more_pages_than_it_takes(
    driver: Driver, limit: int, page_size: int, requests: int
) -> None:
    sandbox = Sandbox(seed_records=False)
    for number in range(250):
        sandbox.add_face_swap_task(name=str(number))
    a2e = driver.client(region="sandbox", http_client=SandboxTransport(sandbox))
    listing = a2e.face_swap.tasks.list(page_size=page_size, limit=limit)
    assert len(driver.items(listing)) == min(limit, 250)
    assert sandbox.requests.count(LIST) <= requests
    pages = driver.items(listing.pages())
    assert sum(len(page) for page in pages) == min(limit, 250)


@pytest.mark.parametrize("by_pages", [False, True])
def test_leaving_early_starts_no_further_request(driver: Driver, by_pages: bool) -> None:
    sandbox = Sandbox(seed_records=False)
    for number in range(3000):
        sandbox.add_face_swap_task(name=str(number))
    transport = CountingTransport(sandbox)
    a2e = driver.client(region="sandbox", http_client=transport)
    listing = a2e.face_swap.tasks.list(page_size=10)
    driver.items(listing.pages() if by_pages else listing, lambda taken: True)
    gc.collect()
    begun = transport.begun
    assert begun <= 9, "the first page and eight ahead"
    for thread in threading.enumerate():
        if thread.name == "a2e-read-ahead":
            thread.join(5)
    driver.run(a2e.face_swap.tasks.page(1))
    assert (transport.begun, transport.now) == (begun + 1, 0)


def test_a_failing_page_ends_the_listing_with_its_error(
    driver: Driver, pauses: list[float]
) -> None:
    sandbox = Sandbox(seed_records=False)
    for number in range(500):
        sandbox.add_face_swap_task(name=str(number))
    a2e = driver.client(region="sandbox", http_client=SandboxTransport(sandbox))

    def break_after_the_first(taken: list[Any]) -> bool:
        if len(taken) == 1:
            sandbox.faults.add(Fault.code(401, "gone", status=401), operation=LIST, times=None)
        return False

    taken: list[Any] = []
    with pytest.raises(errors.AuthenticationError):
        driver.items(
            a2e.face_swap.tasks.list(page_size=10),
            lambda items: break_after_the_first(items) or taken.append(items[-1]),  # type: ignore[func-returns-value]
        )
    assert len(taken) >= 10


def test_a_server_that_lies_about_its_rows_ends_in_an_error_not_in_a_loop(driver: Driver) -> None:
    class Shuffling(SandboxTransport):
        number = 0

        def send_request(self, request: HttpRequest) -> HttpResponse:
            Shuffling.number += 1
            rows = ",".join(f'{{"_id":"{Shuffling.number:012x}{n:012x}"}}' for n in range(10))
            body = f'{{"code":0,"data":{{"rows":[{rows}],"count":1000000}}}}'
            return HttpResponse(200, {}, body.encode())

        async def send_request_async(self, request: HttpRequest) -> HttpResponse:
            return self.send_request(request)

    a2e = driver.client(region="sandbox", http_client=Shuffling())
    listing = a2e.face_swap.tasks.list(page_size=10)
    limit = 5000
    try:
        taken = driver.items(listing, lambda items: len(items) >= limit)
    except errors.UnexpectedResponseError as error:
        assert error.operation == LIST
    else:
        assert len(taken) <= limit


@pytest.mark.parametrize("page_size", [2, 3, 100])
def test_rows_without_an_id_and_null_rows_are_listed_too(driver: Driver, page_size: int) -> None:
    rows = [None, {"name": "a"}, {"name": "b"}, 7, {"name": "a"}, {"_id": None, "name": "c"}, None]

    class Odd(SandboxTransport):
        def send_request(self, request: HttpRequest) -> HttpResponse:
            query = parse_qs(urlsplit(request.url).query)
            number, size = int(query["pageNum"][0]), int(query["pageSize"][0])
            part = rows[(number - 1) * size : number * size]
            data = {"rows": part, "count": len(rows)}
            return HttpResponse(200, {}, json.dumps({"code": 0, "data": data}).encode())

        async def send_request_async(self, request: HttpRequest) -> HttpResponse:
            return self.send_request(request)

    a2e = driver.client(region="sandbox", http_client=Odd())
    tasks = driver.items(a2e.face_swap.tasks.list(page_size=page_size))
    assert [task.name for task in tasks] == ["a", "b", "c"], "equal rows without an id are one"
    assert [task.id for task in tasks] == ["", "", ""]


def test_over_real_http_too(driver: Driver) -> None:
    sandbox = Sandbox()
    for number in range(600):
        sandbox.add_face_swap_task(name=str(number))
    with serve(sandbox) as server:
        a2e = driver.client(api_key="sk_test", base_url=server.url)
        tasks = driver.items(a2e.face_swap.tasks.list(page_size=50))
        driver.close(a2e)
    assert len({task.id for task in tasks}) == len(tasks) == 603

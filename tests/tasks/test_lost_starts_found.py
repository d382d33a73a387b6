"""A lost start is found although clocks disagree and servers rewrite names; others don't starve it."""

from __future__ import annotations

import asyncio
import html
import json
import threading
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from a2e_sdk import AsyncA2E, errors
from a2e_sdk._http.failures import Delivery, TransportFailure
from a2e_sdk._http.messages import HttpRequest, HttpResponse
from a2e_sdk._tasks.client_state import ClientState, Start
from a2e_sdk._tasks.recovery import FIRST_RECORDS
from a2e_sdk.models import FaceSwapTask
from a2e_sdk.models.submission import Submission
from driver import Driver
from scripted_transport import ScriptedTransport

KEY = "sk_test_0123456789abcdef"
FACE = "https://example.com/face.png?a=1&b=2"
VIDEO = "https://example.com/clip.mp4"
NOW = datetime(2026, 11, 25, 12, 0, 0, tzinfo=UTC)


class LosingServer:
    """Carries every start out, loses its response, and lists it as it stores it.

    Args:
        created: What a record says of when it was made.
        date: The ``Date`` header of every response.
        store: What becomes of a text that is stored.
    """

    def __init__(
        self,
        created: str | None,
        date: str | None,
        store: Callable[[str], str] = str,
        newer: int = 0,
    ) -> None:
        self._created, self._date, self._store, self._newer = created, date, store, newer
        self.rows: list[dict[str, Any]] = []
        self.starts = 0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            self.starts += 1
            given = json.loads(request.body or b"{}")
            stored = {key: self._store(value) for key, value in given.items()}
            self._add({"_id": f"{self.starts:024x}", **stored})
            for number in range(self._newer):
                self._add({"_id": f"{number + 1000:024x}", "name": "somebody else's"})
            raise TransportFailure("the connection broke", Delivery.UNKNOWN)
        query = dict(part.split("=") for part in request.url.partition("?")[2].split("&"))
        number, size = int(query["pageNum"]), int(query["pageSize"])
        page = self.rows[(number - 1) * size : number * size]
        headers = {} if self._date is None else {"date": self._date}
        body = {"code": 0, "data": {"count": len(self.rows), "rows": page}}
        return HttpResponse(200, headers, json.dumps(body).encode())

    def _add(self, row: dict[str, Any]) -> None:
        if self._created is not None:
            row["createdAt"] = self._created
        self.rows.insert(0, row)


def iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


GOOD_DATE = format_datetime(NOW, usegmt=True)


@pytest.mark.parametrize(
    ("created", "date"),
    [
        pytest.param(
            iso(NOW - timedelta(minutes=3)), GOOD_DATE, id="the database's clock is behind"
        ),
        pytest.param(iso(NOW - timedelta(hours=8)), GOOD_DATE, id="local time marked Z"),
        pytest.param(iso(NOW), "half past nine", id="an unreadable Date"),
        pytest.param(iso(NOW), "Wed, 25 Nov 2026 12:00:00", id="a Date without a zone"),
        pytest.param(iso(NOW), "Wed, 25 Nov 2046 12:00:00 GMT", id="a Date years ahead"),
        pytest.param(None, GOOD_DATE, id="no dates at all"),
        pytest.param("yesterday", None, id="nothing readable"),
    ],
)
def test_a_name_of_our_own_needs_no_date(
    driver: Driver, pauses: list[float], created: str | None, date: str | None
) -> None:
    server = LosingServer(created, date)
    a2e = driver.client(api_key=KEY, http_client=ScriptedTransport(server))
    task = driver.run(a2e.face_swap.tasks.create(face=FACE, video=VIDEO))
    assert (task.id, server.starts) == (f"{1:024x}", 1)
    assert a2e.submissions == ()


def test_it_is_found_behind_many_newer_records(driver: Driver, pauses: list[float]) -> None:
    behind = FIRST_RECORDS * 4
    server = LosingServer(iso(NOW - timedelta(hours=8)), GOOD_DATE, newer=behind)
    a2e = driver.client(api_key=KEY, http_client=ScriptedTransport(server))
    task = driver.run(a2e.face_swap.tasks.create(face=FACE, video=VIDEO))
    assert (task.id, server.starts) == (f"{1:024x}", 1)


@pytest.mark.parametrize(
    ("name", "store"),
    [
        ("  a name with space around it ", str.strip),
        ("Cafe\u0301 a\u0308rger", lambda text: unicodedata.normalize("NFC", text)),
        ("me & \"you\" <3 'us'", html.escape),
        ("Tom&notes", html.escape),
        ("5 &lt; 6", html.escape),
        ("5 &lt; 6", html.unescape),
        ("Tom's clip", lambda text: html.escape(text).replace("&#x27;", "&#39;")),
    ],
)
def test_a_name_of_the_caller_is_found_as_a_server_stores_it(
    driver: Driver, pauses: list[float], name: str, store: Callable[[str], str]
) -> None:
    # By this machine's clock, as no Date header came.
    server = LosingServer(iso(datetime.now(UTC)), None, store)
    a2e = driver.client(api_key=KEY, http_client=ScriptedTransport(server))
    task = driver.run(a2e.face_swap.tasks.create(face=FACE, video=VIDEO, name=name))
    assert (task.id, server.starts) == (f"{1:024x}", 1)


@pytest.mark.parametrize("store", [html.escape, html.unescape, str])
def test_an_input_is_found_as_a_server_stores_it(store: Callable[[str], str]) -> None:
    urls = ("https://example.com/face.png?a=1&copy=2", "https://example.com/b.png?x=&lt;&amp=1")
    sought = Submission(
        family="face_swap", name="mine", unique_name=False, inputs={"urls": urls, "url": urls[0]}
    )

    def record(*stored: str) -> FaceSwapTask:
        raw = {"name": "mine", "urls": [*map(store, stored)], "url": store(stored[0])}
        return FaceSwapTask(id="a" * 24, raw=raw)

    assert sought.matches(record(*urls))
    assert not sought.matches(record(urls[0], urls[1] + "&y=2"))
    assert not sought.matches(record(urls[0]))


def test_another_name_is_not_taken_for_it(driver: Driver, pauses: list[float]) -> None:
    server = LosingServer(iso(datetime.now(UTC)), None, lambda text: text + " (copy)")
    a2e = driver.client(api_key=KEY, http_client=ScriptedTransport(server))
    with pytest.raises(errors.SubmissionUnknownError):
        driver.run(a2e.face_swap.tasks.create(face=FACE, video=VIDEO, name="mine"))


def submission(name: str = "mine") -> Submission:
    return Submission(family="face_swap", name=name, unique_name=False, inputs={"face_url": FACE})


def test_a_search_waits_only_for_equal_starts_that_could_have_made_what_it_saw() -> None:
    memory = ClientState()
    first, later = Start(submission()), Start(submission())
    with memory.starting(first):
        seen = memory.claims.equal_starts(submission())
        assert seen == {first}
        with memory.starting(later):
            assert memory.claims.under_way(seen)
        assert memory.claims.under_way(seen)
    assert not memory.claims.under_way(seen), "and not for one that began later"
    assert memory.claims.equal_starts(submission("another")) == frozenset()


def test_equal_starts_without_end_do_not_starve_a_search() -> None:
    """One start is lost while others, equal to it, follow each other without a gap."""
    lost_once = threading.Event()
    rows: list[dict[str, Any]] = []

    class Server:
        async def send_request_async(self, request: HttpRequest) -> HttpResponse:
            if request.method == "POST":
                given = json.loads(request.body or b"{}")
                row = {"_id": f"{len(rows) + 1:024x}", **given, "createdAt": iso(datetime.now(UTC))}
                rows.insert(0, row)
                await asyncio.sleep(0.05)
                if not lost_once.is_set():
                    lost_once.set()
                    raise TransportFailure("the connection broke", Delivery.UNKNOWN)
                return HttpResponse(200, {}, json.dumps({"code": 0, "data": row}).encode())
            body = {"code": 0, "data": {"count": len(rows), "rows": rows[:100]}}
            return HttpResponse(200, {}, json.dumps(body).encode())

        async def aclose(self) -> None:
            pass

    async def main() -> set[str]:
        client = AsyncA2E(KEY, http_client=Server())
        done = asyncio.Event()
        ids: list[str] = []

        async def one() -> None:
            task = await client.face_swap.tasks.create(face=FACE, video=VIDEO, name="mine")
            ids.append(task.id)

        async def others(delay: float) -> None:
            await asyncio.sleep(delay)
            while not done.is_set():
                await one()

        crowd = [asyncio.ensure_future(others(0.01 * number)) for number in range(1, 5)]
        async with asyncio.timeout(25):
            await one()
        done.set()
        await asyncio.gather(*crowd)
        assert len(ids) == len(set(ids)), "no task is handed out twice"
        return set(ids)

    assert asyncio.run(main()) == {row["_id"] for row in rows}


def test_a_list_that_is_shorter_than_its_count_is_searched_all_the_same(
    driver: Driver, pauses: list[float]
) -> None:
    server = LosingServer(iso(NOW), GOOD_DATE)

    def respond(request: HttpRequest) -> HttpResponse:
        response = server(request)
        body = json.loads(response.body)
        body["data"]["count"] += 5
        return HttpResponse(200, response.headers, json.dumps(body).encode())

    a2e = driver.client(api_key=KEY, http_client=ScriptedTransport(respond))
    task = driver.run(a2e.face_swap.tasks.create(face=FACE, video=VIDEO))
    assert (task.id, server.starts) == (f"{1:024x}", 1)

    server.rows.clear()
    server.rows.append({"_id": f"{9:024x}", "name": "another", "createdAt": iso(NOW)})
    server._store = lambda text: text + "?"
    with pytest.raises(errors.SubmissionUnknownError, match="no record of it appeared"):
        driver.run(a2e.face_swap.tasks.create(face=FACE, video=VIDEO, name="mine"))

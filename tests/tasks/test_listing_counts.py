"""A listing that ends before the server's count says so, after every row that the server shows."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from typing import Any

import pytest

from a2e_sdk import errors
from a2e_sdk._tasks.pagination import ASK_AGAIN
from a2e_sdk._wire.records import RawPage
from driver import Driver
from scripted_api import ScriptedApi, paged

LIST = "list_face_swap_tasks"


def record(number: int) -> dict[str, Any]:
    return {"_id": f"{number:024x}", "name": str(number), "current_status": "completed"}


def counted(rows: int, count: int) -> Any:
    return paged([record(number) for number in range(rows)], lambda page, _: wrap(page, count))


def wrap(page: list[Mapping[str, Any]], count: int | None) -> dict[str, Any]:
    return {"rows": page, "count": count}


@pytest.mark.parametrize(("rows", "count"), [(0, 1234), (7, 8), (45, 1000), (100, 101), (250, 300)])
def test_a_listing_that_shows_less_than_it_counts_ends_with_an_error_that_says_so(
    driver: Driver, rows: int, count: int
) -> None:
    api = ScriptedApi(**{LIST: counted(rows, count)})
    a2e = api.client(driver)
    came: list[Any] = []
    with pytest.raises(errors.UnexpectedResponseError) as caught:
        driver.items(a2e.face_swap.tasks.list(), lambda taken: bool(came.append(taken[-1].name)))
    assert came == [str(number) for number in range(rows)], "all that is shown comes first"
    said = str(caught.value)
    assert f"counts {count} rows" in said
    assert f"after {rows}" in said
    assert "page()" in said
    assert caught.value.operation == LIST
    assert str(pickle.loads(pickle.dumps(caught.value))) == said
    assert len(api.sent) <= rows // 50 + 2 * ASK_AGAIN + 8
    with pytest.raises(errors.UnexpectedResponseError):
        driver.run(a2e.face_swap.tasks.list().to_list())


def test_a_single_page_and_a_limit_are_read_without_a_look_at_the_count(driver: Driver) -> None:
    a2e = ScriptedApi(**{LIST: counted(5, 1000)}).client(driver)
    page = driver.run(a2e.face_swap.tasks.page(1, page_size=10))
    assert (len(page), page.total) == (5, 1000)
    assert len(driver.items(a2e.face_swap.tasks.list(limit=5))) == 5


def test_an_empty_page_that_was_an_accident_is_made_good(driver: Driver) -> None:
    real = counted(3, 3)
    empty = wrap([], 3)
    api = ScriptedApi.in_turn(**{LIST: [empty, empty, real]})
    assert len(driver.items(api.client(driver).face_swap.tasks.list())) == 3


def test_rows_that_are_deleted_meanwhile_are_no_error(driver: Driver) -> None:
    rows = [record(number) for number in range(60)]
    a2e = ScriptedApi(**{LIST: paged(rows, wrap)}).client(driver)

    def delete(taken: list[Any]) -> bool:
        if len(taken) == 5:
            del rows[3:]
        return False

    assert len(driver.items(a2e.face_swap.tasks.list(page_size=10), delete)) >= 5


@pytest.mark.parametrize("data", [{"rows": [], "count": 0}, {"rows": []}, None])
def test_an_empty_list_is_no_error(driver: Driver, data: Any) -> None:
    api = ScriptedApi(**{LIST: data})
    assert driver.items(api.client(driver).face_swap.tasks.list()) == []
    assert len(api.sent) == 1


def test_a_list_in_one_piece_that_counts_more_than_it_holds_is_said_too(driver: Driver) -> None:
    reads = []

    def rows() -> RawPage[Any]:
        reads.append(1)
        return RawPage([], 7, lambda row: row)

    with pytest.raises(errors.UnexpectedResponseError, match="counts 7 rows"):
        driver.items(driver_paginator(driver, rows))
    assert len(reads) == 1 + ASK_AGAIN


LISTS: Mapping[str, Any] = {
    "list_face_swap_tasks": lambda a2e: a2e.face_swap.tasks.list(),
    "list_avatar_videos": lambda a2e: a2e.avatar_videos.list(),
    "list_avatar_trainings": lambda a2e: a2e.avatars.trainings.list(),
    "list_wan_25_tasks": lambda a2e: a2e.wan_25.list(),
    "list_face_swap_images": lambda a2e: a2e.face_swap.images.list(),
}


@pytest.mark.parametrize("key", ["count", "total"])
@pytest.mark.parametrize("number", [1234, "1234"])
@pytest.mark.parametrize(("operation", "ask"), LISTS.items(), ids=LISTS)
def test_an_empty_first_page_with_any_count_is_no_empty_list(
    driver: Driver, operation: str, ask: Any, key: str, number: Any
) -> None:
    a2e = ScriptedApi(**{operation: {"rows": [], key: number}}).client(driver)
    with pytest.raises(errors.UnexpectedResponseError, match=r"counts 1,?234 rows"):
        driver.items(ask(a2e))


def test_a_list_in_one_piece_may_count_fewer_or_the_same_or_nothing(driver: Driver) -> None:
    row = {"_id": "a" * 24, "face_url": "https://example.com/a.png"}
    for data in ({"rows": [row], "count": 0}, {"rows": [row], "total": 1}, {"rows": [row]}, [row]):
        a2e = ScriptedApi(list_face_swap_images=data).client(driver)
        assert len(driver.items(a2e.face_swap.images.list())) == 1


def driver_paginator(driver: Driver, rows: Any) -> Any:
    if driver.mode == "sync":
        from a2e_sdk._sync.page_sources import WholeSource
        from a2e_sdk._sync.pagination import Paginator

        return Paginator(WholeSource("list_things", str, rows), 100)
    from a2e_sdk._async.page_sources import AsyncWholeSource
    from a2e_sdk._async.pagination import AsyncPaginator

    async def read() -> RawPage[Any]:
        return rows()  # type: ignore[no-any-return]

    return AsyncPaginator(AsyncWholeSource("list_things", str, read), 100)


def test_the_repr_says_what_it_lists_and_asks_nobody(driver: Driver) -> None:
    api = ScriptedApi(**{LIST: counted(3, 3)})
    listing = api.client(driver).face_swap.tasks.list(page_size=50, limit=2)
    name = "Paginator" if driver.mode == "sync" else "AsyncPaginator"
    assert repr(listing) == f"{name}({LIST}, page_size=50, limit=2)"
    assert api.sent == []
    driver.items(listing)
    assert repr(listing) == f"{name}({LIST}, page_size=50, limit=2, total=3)"

"""Listings, pages and batches of both clients as tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from a2e_sdk import AsyncA2E, errors
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk.models import FaceSwapTask, Voice
from a2e_sdk.sandbox import Sandbox
from driver import Driver


def test_a_listing_becomes_dicts_and_frames(driver: Driver, a2e: Any) -> None:
    listing = a2e.face_swap.tasks.list()
    rows = driver.run(listing.to_dicts())
    assert [row["id"] for row in rows] == [task.id for task in driver.items(listing)]
    assert {row["family"] for row in rows} == {"face_swap"}
    pytest.importorskip("polars")
    assert driver.run(listing.to_polars()).to_dicts() == rows
    pytest.importorskip("pandas")
    assert driver.run(listing.to_pandas())["id"].tolist() == [row["id"] for row in rows]
    pytest.importorskip("pyarrow")
    assert driver.run(listing.to_arrow()).to_pylist() == rows


def test_a_page_knows_its_class_also_without_items(driver: Driver, a2e: Any) -> None:
    full = driver.run(a2e.face_swap.tasks.page(1))
    empty = driver.run(a2e.face_swap.tasks.page(99))
    assert full.model is empty.model is FaceSwapTask
    assert repr(empty) == "Page(items=(), total=3, number=99, size=10)"
    pytest.importorskip("pyarrow")
    assert len(empty) == 0
    assert empty.to_arrow().schema == full.to_arrow().schema


def test_the_pages_of_a_listing_know_it_too(driver: Driver, a2e: Any) -> None:
    for page in driver.items(a2e.face_swap.tasks.list(page_size=2).pages()):
        assert page.model is FaceSwapTask
    (page,) = driver.items(a2e.voices.list().pages())
    assert page.model is Voice


def test_every_listing_knows_the_class_of_its_items(a2e: Any) -> None:
    for family in TASK_FAMILIES.values():
        if family.list is None:
            continue
        section: Any = a2e
        for name in family.attribute.split("."):
            section = getattr(section, name)
        assert section.list()._source.model is family.model_class


def test_duckdb_and_polars_read_a_listing_as_it_is(driver: Driver, a2e: Any) -> None:
    pytest.importorskip("pyarrow")
    polars = pytest.importorskip("polars")
    listing = a2e.face_swap.tasks.list()
    if driver.mode != "sync":
        with pytest.raises(TypeError, match=r"await listing\.to_arrow\(\)"):
            polars.DataFrame(listing)
        return
    assert polars.DataFrame(listing).equals(listing.to_polars())
    duckdb = pytest.importorskip("duckdb")
    assert duckdb.sql("SELECT count(*) FROM listing").fetchall() == [(3,)]


def test_a_batch_tells_its_results_without_starting_anything(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float], tmp_path: Path
) -> None:
    jobs = [{"key": name, "prompt": f"a {name}"} for name in ("sea", "rain", "snow")]
    batch = a2e.batch(jobs, engine="wan-25", output=tmp_path / "results")
    assert len(driver.run(batch.results())) == 0
    assert sandbox.requests.count("start_wan_25_task") == 0
    outcomes = driver.items(batch)
    sent = len(sandbox.requests)
    results = driver.run(batch.results())
    assert len(sandbox.requests) == sent
    assert [outcome.key for outcome in results] == ["sea", "rain", "snow"]
    assert {outcome.key for outcome in outcomes} == {outcome.key for outcome in results}
    rows = results.to_dicts()
    assert [row["status"] for row in rows] == ["succeeded"] * 3
    assert all(isinstance(row["paths"], list) and len(row["paths"]) == 1 for row in rows)


def test_damaged_results_are_said_to_be_so(driver: Driver, a2e: Any, tmp_path: Path) -> None:
    (tmp_path / "results.jsonl").write_text("{}\n")
    batch = a2e.batch([{"prompt": "x"}], engine="wan-25", output=tmp_path)
    with pytest.raises(errors.ConfigurationError, match=r"line 1: it is no line of results"):
        driver.run(batch.results())


def test_an_async_listing_has_the_method_only_to_say_so() -> None:
    listing = AsyncA2E(region="sandbox").face_swap.tasks.list()
    with pytest.raises(TypeError, match="an async listing is read with await"):
        listing.__arrow_c_stream__()

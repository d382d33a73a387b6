"""The same columns in dicts, pandas, polars and Arrow, with rows and without."""

from __future__ import annotations

import importlib
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from a2e_sdk import TaskStatus, tables
from a2e_sdk.models import BatchResults, JobOutcome, JobStatus, Page, Wan25Task

MOMENT = datetime(2026, 11, 27, 3, 4, 5, 678901, tzinfo=UTC)
TASKS = (
    Wan25Task(
        id="1",
        name="\ud800 <b>",
        status=TaskStatus.SUCCEEDED,
        result_urls=("https://a.example/1", "https://a.example/2"),
        created_at=MOMENT,
        duration=5.0,
    ),
    Wan25Task(id="2", created_at=datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
    Wan25Task(id="3", created_at=datetime(1, 1, 1, tzinfo=UTC)),
)
OUTCOMES = (
    JobOutcome(key="sea", engine="wan_25", status=JobStatus.SUCCEEDED, size=2**53 + 1, line=1),
    JobOutcome(key="rain", engine="wan_25", status=JobStatus.PAUSED, task=TASKS[0]),
)
PAGE = Page(TASKS, 3, 1, 10, Wan25Task)
EMPTY = Page[Wan25Task]((), 0, 1, 10, Wan25Task)
RESULTS, NO_RESULTS = BatchResults(OUTCOMES), BatchResults()
PAIRS = [pytest.param(PAGE, EMPTY, id="page"), pytest.param(RESULTS, NO_RESULTS, id="results")]


@pytest.mark.parametrize(("full", "empty"), PAIRS)
def test_pandas_has_the_same_types_with_rows_and_without(full: Any, empty: Any) -> None:
    pytest.importorskip("pandas")
    frame, nothing = full.to_pandas(), empty.to_pandas()
    assert dict(frame.dtypes) == dict(nothing.dtypes)
    assert list(frame.columns) == list(full.to_dicts()[0])
    assert (len(frame), len(nothing)) == (len(full), 0)


def test_pandas_keeps_moments_numbers_and_what_is_missing() -> None:
    pandas = pytest.importorskip("pandas")
    frame = PAGE.to_pandas()
    assert frame["created_at"].dtype == "datetime64[us, UTC]"
    assert frame["created_at"][0].to_pydatetime() == MOMENT
    assert frame["created_at"][1].year == 9999
    assert frame["created_at"][2].year == 1
    assert frame["updated_at"].isna().all()
    assert frame["duration"].tolist()[0] == 5.0
    assert frame["name"][0] == "? <b>"
    assert frame["name"][1] is pandas.NA or pandas.isna(frame["name"][1])
    assert frame["result_urls"][0] == ["https://a.example/1", "https://a.example/2"]
    sizes = RESULTS.to_pandas()["size"]
    assert sizes[0] == 2**53 + 1  # float64 would lose it
    assert sizes[1] is pandas.NA


@pytest.mark.parametrize(("full", "empty"), PAIRS)
def test_polars_has_the_same_schema_with_rows_and_without(full: Any, empty: Any) -> None:
    polars = pytest.importorskip("polars")
    frame, nothing = full.to_polars(), empty.to_polars()
    assert frame.schema == nothing.schema
    assert (frame.height, nothing.height) == (len(full), 0)
    assert frame.to_dicts() == full.to_dicts()
    moments = [name for name in frame.columns if name.endswith("_at")]
    assert {frame.schema[name] for name in moments} == {polars.Datetime("us", "UTC")}


@pytest.mark.parametrize(("full", "empty"), PAIRS)
def test_arrow_has_the_same_schema_with_rows_and_without(full: Any, empty: Any) -> None:
    arrow = pytest.importorskip("pyarrow")
    table, nothing = full.to_arrow(), empty.to_arrow()
    assert table.schema == nothing.schema
    assert (table.num_rows, nothing.num_rows) == (len(full), 0)
    assert table.to_pylist() == full.to_dicts()
    assert arrow.table(full) == table  # by __arrow_c_stream__


@pytest.mark.parametrize(("full", "empty"), PAIRS)
def test_arrow_and_polars_agree(full: Any, empty: Any) -> None:
    pytest.importorskip("pyarrow")
    polars = pytest.importorskip("polars")
    for one in (full, empty):
        frame = polars.DataFrame(one)
        assert frame.schema == one.to_polars().schema
        assert frame.equals(one.to_polars())


def test_duckdb_takes_a_page_and_results_as_they_are() -> None:
    pytest.importorskip("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    page, results = PAGE, RESULTS
    query = "SELECT status, count(*) AS n FROM page GROUP BY status ORDER BY n"
    assert duckdb.sql(query).fetchall() == [("succeeded", 1), ("unknown", 2)]
    assert duckdb.sql("SELECT sum(size) FROM results").fetchall() == [(2**53 + 1,)]
    assert page is PAGE
    assert results is RESULTS


def test_a_requested_schema_is_passed_on() -> None:
    arrow = pytest.importorskip("pyarrow")
    wanted = arrow.schema(
        [
            (field.name, arrow.large_string() if field.type == arrow.string() else field.type)
            for field in PAGE.to_arrow().schema
        ]
    )
    reader = arrow.RecordBatchReader.from_stream(PAGE, schema=wanted)
    assert reader.schema == wanted
    assert reader.read_all().num_rows == 3


@pytest.mark.parametrize(
    ("method", "library", "extra"),
    [
        ("to_pandas", "pandas", "pandas"),
        ("to_polars", "polars", "polars"),
        ("to_arrow", "pyarrow", "arrow"),
        ("__arrow_c_stream__", "pyarrow", "arrow"),
    ],
)
def test_a_library_that_is_missing_is_named_with_its_extra(
    method: str, library: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError) as raised:
        getattr(PAGE, method)()
    assert str(raised.value) == f"this needs {library}: pip install 'a2e-sdk[{extra}]'."
    assert PAGE.to_dicts()  # needs none


def test_the_functions_take_a_list() -> None:
    pytest.importorskip("pandas")
    rows = list(TASKS)
    assert tables.to_pandas(rows).equals(PAGE.to_pandas())
    assert tables.to_pandas([], model=Wan25Task).dtypes.equals(PAGE.to_pandas().dtypes)
    assert tables.to_dicts(iter(rows)) == PAGE.to_dicts()


@pytest.mark.once
def test_no_library_is_loaded_before_it_is_used() -> None:
    code = (
        "import sys, a2e_sdk; a2e_sdk.Page; a2e_sdk.BatchResults; a2e_sdk.Paginator;"
        "loaded = {name.partition('.')[0] for name in sys.modules};"
        "assert not loaded & {'pandas', 'polars', 'pyarrow', 'numpy', 'IPython'}, loaded;"
        "assert 'a2e_sdk._tables.frames' not in sys.modules"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_every_library_that_is_used_has_an_extra() -> None:
    tomllib = importlib.import_module("tomllib")
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    assert {"pandas", "polars", "arrow"} <= extras.keys()

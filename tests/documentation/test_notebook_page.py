"""The page on notebooks: its examples run, and its tables are what the code says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from documentation_pages import blocks_of, run_example, text_of

from a2e_sdk import models
from a2e_sdk._tables import frames
from a2e_sdk._tables.schema import Kind, columns_of
from a2e_sdk.models import Task

pytestmark = pytest.mark.once

PAGE = "docs/notebooks.md"
EXAMPLES = blocks_of(PAGE, "python")


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_runs(number: int, tmp_path: Path) -> None:
    for name in ("pandas", "polars", "pyarrow", "duckdb"):
        pytest.importorskip(name)
    run_example(EXAMPLES[number], tmp_path)


def rows_of(heading: str) -> list[list[str]]:
    table = text_of(PAGE).split(f"\n| {heading} |")[1].split("\n\n")[0]
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in table.splitlines()[2:]]


CLASSES = rows_of("class")


@pytest.mark.parametrize("row", CLASSES, ids=[row[0] for row in CLASSES])
def test_the_columns_of_a_class_are_those_of_the_page(row: list[str]) -> None:
    model: Any = getattr(models, row[0].split("`")[1])
    told = [(name, kind) for name, kind in re.findall(r"`(\w+)` ([A-Z]+)", row[1])]
    columns = [(column.name, column.kind.name) for column in columns_of(model)]
    if "those of `Task`" in row[1]:
        base = [(column.name, column.kind.name) for column in columns_of(Task)]
        told = [*base, *told]
    assert told == columns


def test_every_class_of_tasks_is_on_the_page() -> None:
    named = {getattr(models, row[0].split("`")[1]) for row in CLASSES}
    for name in dir(models):
        model = getattr(models, name)
        if isinstance(model, type) and issubclass(model, Task):
            assert model in named or models.GenerationTask in model.__mro__


def test_the_types_of_the_page_are_those_of_the_libraries() -> None:
    polars = pytest.importorskip("polars")
    arrow = pytest.importorskip("pyarrow")
    rows = {Kind[row[0].strip("`")]: row for row in rows_of("kind")}
    assert rows.keys() == set(Kind)
    for kind, row in rows.items():
        assert row[2].split("`")[1] == frames._PANDAS_TYPES[kind]
    outcomes = models.BatchResults()
    schema, arrow_schema = outcomes.to_polars().schema, outcomes.to_arrow().schema
    for column in columns_of(models.JobOutcome):
        row = rows[column.kind]
        written = eval(row[3].strip("`"), vars(polars))
        assert schema[column.name] == written
        told = row[4].strip("`").replace("UTC", "tz=UTC").replace("<string>", "<item: string>")
        assert str(arrow_schema.field(column.name).type).replace("element", "item") == told
    assert arrow.__name__ == "pyarrow"

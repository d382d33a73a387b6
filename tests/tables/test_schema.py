"""The columns of every model follow from its fields, and are those of the documentation."""

from __future__ import annotations

import inspect
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import Any

import attrs
import pytest

from a2e_sdk import models, tables
from a2e_sdk._tables.cells import row_of
from a2e_sdk._tables.schema import Column, Kind, columns_of
from a2e_sdk.models import (
    ApiToken,
    CloudPath,
    FaceSwapTask,
    JobOutcome,
    JobStatus,
    Page,
    Task,
    VoiceLanguage,
    VoiceRegion,
    Wan25Task,
)

TASK = {
    "id": Kind.TEXT,
    "family": Kind.TEXT,
    "name": Kind.TEXT,
    "status": Kind.TEXT,
    "raw_status": Kind.TEXT,
    "result_url": Kind.TEXT,
    "result_urls": Kind.TEXTS,
    "failed_message": Kind.TEXT,
    "error_code": Kind.TEXT,
    "created_at": Kind.TIMESTAMP,
    "updated_at": Kind.TIMESTAMP,
}
#: The classes whose values are no rows.
NOT_ROWS = (Page, models.BatchResults)

MODELS = [
    value
    for name in dir(models)
    if inspect.isclass(value := getattr(models, name, None))
    and attrs.has(value)
    and value not in NOT_ROWS
]


def kinds_of(model: type) -> dict[str, Kind]:
    return {column.name: column.kind for column in columns_of(model)}


def test_a_task_has_its_fields_and_its_family() -> None:
    assert kinds_of(Task) == TASK
    assert list(kinds_of(Task)) == list(TASK)
    assert kinds_of(Wan25Task) == TASK | {
        "prompt": Kind.TEXT,
        "negative_prompt": Kind.TEXT,
        "duration": Kind.NUMBER,
        "coins": Kind.NUMBER,
        "initialized_at": Kind.TIMESTAMP,
        "processing_at": Kind.TIMESTAMP,
        "completed_at": Kind.TIMESTAMP,
    }


def test_an_outcome_has_every_kind() -> None:
    kinds = kinds_of(JobOutcome)
    assert kinds["paths"] is Kind.TEXTS
    assert kinds["size"] is kinds["line"] is Kind.INTEGER
    assert kinds["task"] is Kind.JSON
    assert kinds["status"] is Kind.TEXT


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_has_columns_and_no_hidden_field_is_one(model: type) -> None:
    kinds = kinds_of(model)
    hidden = {field.name for field in attrs.fields(model) if not field.repr}
    shown = {field.name for field in attrs.fields(model)} - hidden
    assert kinds.keys() - {"family"} == shown - {"family"}
    assert not hidden & kinds.keys()


def test_the_models_are_all_there() -> None:
    assert len(MODELS) > 55
    assert ApiToken in MODELS
    assert "token" not in kinds_of(ApiToken)


@attrs.frozen(kw_only=True, slots=False)
class MyTask(Wan25Task):
    score: int | None = None
    secret: str | None = attrs.field(default=None, repr=False)


def test_a_subclass_of_the_users_own_has_its_columns_too() -> None:
    assert columns_of(MyTask)[-1] == Column("score", Kind.INTEGER)


def test_a_class_that_is_no_model_is_refused() -> None:
    with pytest.raises(TypeError, match=r"rows of models, such as Task, not of dict"):
        tables.columns_of(dict)


def test_the_rows_of_several_families_have_the_columns_that_all_have() -> None:
    rows = [Wan25Task(id="1"), FaceSwapTask(id="2")]
    (first, second) = tables.to_dicts(rows)
    assert list(first) == list(TASK)
    assert [first["family"], second["family"]] == ["wan_25", "face_swap"]


def test_rows_without_a_common_class_are_refused() -> None:
    with pytest.raises(TypeError, match=r"these are ApiToken, Wan25Task"):
        tables.to_dicts([Wan25Task(id="1"), ApiToken(id="2", token="s")])
    with pytest.raises(TypeError, match=r"a row is a Wan25Task, and no FaceSwapTask"):
        tables.to_dicts([Wan25Task(id="1")], model=FaceSwapTask)


def test_no_rows_need_a_class() -> None:
    assert tables.to_dicts([]) == []
    pytest.importorskip("pandas")
    with pytest.raises(ValueError, match=r"name their class in the argument model"):
        tables.to_pandas([])


class Word(StrEnum):
    ONE = "one"


@pytest.mark.parametrize(
    ("value", "kind", "cell"),
    [
        ("\ud800x", Kind.TEXT, "?x"),
        (Word.ONE, Kind.TEXT, "one"),
        (7, Kind.TEXT, "7"),
        ((CloudPath("s3://b/1"), Path("a")), Kind.TEXTS, ["s3://b/1", "a"]),
        ((), Kind.TEXTS, []),
        ("6", Kind.NUMBER, 6.0),
        ("six", Kind.NUMBER, None),
        (10**400, Kind.NUMBER, None),
        (2**63, Kind.INTEGER, None),
        (-(2**63), Kind.INTEGER, -(2**63)),
        ("x", Kind.TIMESTAMP, None),
        (datetime(2026, 1, 1), Kind.TIMESTAMP, datetime(2026, 1, 1, tzinfo=UTC)),
        (
            datetime(2026, 1, 1, 2, tzinfo=timezone(timedelta(hours=2))),
            Kind.TIMESTAMP,
            datetime(2026, 1, 1, tzinfo=UTC),
        ),
        (
            datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=2))),
            Kind.TIMESTAMP,
            datetime(1, 1, 1, tzinfo=UTC),
        ),
        ({"a": ("\ud800", None)}, Kind.JSON, '{"a": ["?", null]}'),
        (None, Kind.JSON, None),
    ],
)
def test_a_cell_is_what_its_column_holds_whatever_came(value: Any, kind: Kind, cell: Any) -> None:
    @attrs.frozen
    class Row:
        it: Any

    assert row_of(Row(value), (Column("it", kind),)) == {"it": cell}


def test_a_value_with_parts_is_json_without_what_is_hidden() -> None:
    language = VoiceLanguage(code="en", regions=(VoiceRegion(code="US", name="USA"),))
    assert tables.to_dicts([language]) == [
        {"code": "en", "name": None, "regions": '[{"code": "US", "name": "USA"}]'}
    ]
    task = Wan25Task(id="1", raw={"webhook_token": "hush"}, created_at=datetime(2026, 1, 1))
    (row,) = tables.to_dicts(
        [JobOutcome(key="k", engine="wan_25", status=JobStatus.FAILED, task=task)]
    )
    assert "hush" not in str(row)
    assert '"created_at": "2026-01-01T00:00:00"' in str(row["task"])

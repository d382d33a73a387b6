"""A report of ``a2e verify`` becomes evidence: marks in openapi.yaml, and proposals for differences."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from update_cases import ROOT, Workplace

import update

sys.path.insert(0, str(ROOT / "tests" / "verify"))

from verify_runs import changed_json, results_of, sandbox_with_content

from a2e_sdk._verify.results import report
from document_layout import load
from evidence import evidence_of, mark_verified, read_report
from overlay import apply_overlay, check_overlay
from plain_data import parse
from spec_document import load_spec
from yaml_document import read_document


def spoil(body: Any) -> None:
    for row in body["data"]["rows"]:
        row["quality"] = 3
        row["current_status"] = "paused"
        row["duration"] = "6"
        row["_id"] = "task-1"
        del row["face_url"]


@pytest.fixture(scope="module")
def verified() -> dict[str, Any]:
    """The report of a run whose server differs in one listing, as if it were the live service's."""
    changes = {"list_face_swap_tasks": changed_json(spoil)}
    results = results_of(sandbox_with_content(), changes=changes)
    day = date(2026, 11, 27)
    return report(
        results.values(), sdk="0.1.0", region="global", on=day, spent=0.0, is_complete=True
    )


@pytest.fixture(scope="module")
def marked(verified: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of openapi.yaml after ``--evidence REPORT --write``; writing takes seconds."""
    root = tmp_path_factory.mktemp("marked")
    path, document = root / "report.json", root / "openapi.yaml"
    path.write_text(json.dumps(verified))
    shutil.copy(ROOT / "spec" / "openapi.yaml", document)
    files = update.Files(document=document)
    update.main(["--evidence", str(path), "--write"], files=files, trial=lambda _: None)
    return document


@pytest.fixture
def use(workplace: Workplace, verified: dict[str, Any]) -> Callable[..., int]:
    shutil.copy(ROOT / "spec" / "openapi.yaml", workplace.files.document)

    def run(*arguments: str, **changes: Any) -> int:
        path = workplace.root / "report.json"
        path.write_text(json.dumps(verified | changes))
        return workplace.run("--evidence", str(path), *arguments)

    return run


def operations(path: Path) -> dict[str, dict[str, Any]]:
    document = yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {
        operation["operationId"]: operation
        for item in document["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict) and "operationId" in operation
    }


def test_without_write_nothing_is_written(use: Callable[..., int], workplace: Workplace) -> None:
    before = workplace.files.document.read_bytes()
    assert use() == 1
    assert workplace.printed.startswith("1")
    assert workplace.files.document.read_bytes() == before


def test_more_than_a_hundred_operations_are_marked(marked: Path) -> None:
    before = operations(ROOT / "spec" / "openapi.yaml")
    after = operations(marked)
    names = {name for name, one in after.items() if one["x-evidence"] == "verified"}
    assert len(names) >= 130
    # The one that differs is not, nor is one that was not tried or listed nothing.
    assert not names & {"listFaceSwapTasks", "addFaceSwapTask", "listRunningDubbingTasks"}
    label = "verified 2026-11-27, a2e-sdk 0.1.0"
    source = after["getWan25Task"]["x-evidence-source"]
    assert source == f"{label} (global); {before['getWan25Task']['x-evidence-source']}"
    assert (
        f"{label} (global, the data of its response is not described); "
        in (after["listAnchors"]["x-evidence-source"])
    )
    for name, operation in after.items():
        rest = {key: value for key, value in operation.items() if "evidence" not in key}
        assert rest == {k: v for k, v in before[name].items() if "evidence" not in k}


def test_a_field_that_looks_like_data_is_named_and_not_proposed(
    use: Callable[..., int], workplace: Workplace, verified: dict[str, Any]
) -> None:
    rows = json.loads(json.dumps(verified["operations"]))
    (row,) = [one for one in rows if one["operation"] == "list_face_swap_tasks"]
    place = "$.components.schemas.FaceSwapTask"
    path = '$.data.rows[*]["(not a name)"]'
    difference = {"kind": "unknown", "path": path, "expected": [], "seen": "string", "count": 1}
    row["differences"] = [difference | {"place": place}]
    use(operations=rows)
    proposals, _, left = workplace.printed.partition("Differences without a proposal:")
    assert "not a name" not in proposals
    assert path in left


def without_evidence(lines: list[str]) -> list[str]:
    """The lines beside marks and sources, which may go on over several lines."""
    kept, within = [], False
    for line in lines:
        indent = len(line) - len(line.lstrip())
        within = "x-evidence" in line or (within and indent > 6)
        if not within:
            kept.append(line)
    return kept


def test_the_rest_of_the_file_stays_and_a_second_time_changes_nothing(
    use: Callable[..., int], workplace: Workplace, marked: Path
) -> None:
    before = workplace.files.document.read_text("utf-8").splitlines()
    once = marked.read_text("utf-8").splitlines()
    shutil.copy(marked, workplace.files.document)
    assert without_evidence(once) == without_evidence(before)
    use("--write")
    assert workplace.files.document.read_text("utf-8").splitlines() == once
    assert "0 operations of openapi.yaml were changed." in workplace.printed


def test_a_later_report_takes_the_place_of_the_mark_before_it(
    verified: dict[str, Any], marked: Path
) -> None:
    # Without writing it: that takes seconds, and is tested above.
    later = read_report(json.dumps(verified | {"date": "2027-01-05"}).encode())
    document = load(marked.read_text("utf-8"))
    assert mark_verified(document, evidence_of(later, parse(marked.read_bytes()))) >= 130
    source = document["paths"]["/api/v1/userWan25/{_id}"]["get"]["x-evidence-source"]
    assert source.count("verified") == 1
    assert source.startswith("verified 2027-01-05, ")


def test_differences_become_proposals_that_hit_the_spec(
    use: Callable[..., int], workplace: Workplace
) -> None:
    assert use("--json") == 1
    overlay = workplace.report
    assert len(check_overlay(overlay)) >= 130
    applied = apply_overlay(load_spec(), overlay)
    assert not applied.missed
    task = applied.document["components"]["schemas"]["FaceSwapTask"]
    assert task["properties"]["quality"]["type"] == "integer"
    assert "string" in task["properties"]["duration"]["type"]
    assert "face_url" not in task["required"]
    words = applied.document["components"]["schemas"]["FaceSwapTaskStatus"]["enum"]
    assert "paused" in words
    operation = applied.document["paths"]["/api/v1/user/remainingCoins"]["get"]
    assert operation["x-evidence"] == "verified"
    use()
    assert "list_face_swap_tasks: $.data.rows[*]._id: pattern" in workplace.printed


def test_the_mark_reaches_the_index_of_operations(marked: Path) -> None:
    # With the generator's names, which take seconds to import.
    from operation_index import index_files

    text = index_files(read_document(marked))["operations/account.py"]
    assert "'verified'" in text


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"region": "sandbox"}, "only a report of global or china is evidence"),
        ({"region": "other"}, "only a report of global or china is evidence"),
        ({"format": "a2e-verify/2"}, "no report of a2e verify"),
        ({"date": "yesterday"}, "missing or of another type"),
        ({"sdk": "0.1.0; rm"}, "missing or of another type"),
        ({"operations": [{"operation": "x"}]}, "missing or of another type"),
    ],
)
def test_what_is_no_evidence_is_refused(
    use: Callable[..., int], workplace: Workplace, changes: dict[str, Any], text: str
) -> None:
    before = workplace.files.document.read_bytes()
    assert use("--write", **changes) == 2
    assert text in workplace.errors
    assert workplace.files.document.read_bytes() == before


def test_an_operation_that_is_gone_is_named(use: Callable[..., int], workplace: Workplace) -> None:
    row = {"operation": "get_gold", "proves": True, "described": True, "differences": []}
    assert use(operations=[row]) == 0
    assert "Not in openapi.yaml: get_gold" in workplace.printed

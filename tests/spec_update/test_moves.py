"""Promises about operations under another path: recognized where they are sure to be the same."""

from __future__ import annotations

import copy
import json
from typing import Any

from update_cases import DOCUMENTS, Workplace

from changes import Change, Kind
from comparison import compare
from plain_data import parse

OURS = parse((DOCUMENTS / "ours.yaml").read_bytes())
VENDOR = parse((DOCUMENTS / "vendor.yaml").read_bytes())


def api(*families: str, fields: tuple[str, ...] = ("prompt", "seed", "ratio")) -> dict[str, Any]:
    """A document with families of three operations each, whose starts take these fields."""
    properties = {name: {"type": "string"} for name in fields}
    schema = {"type": "object", "properties": properties}
    body = {"content": {"application/json": {"schema": schema}}}
    page = {"name": "pageNum", "in": "query", "schema": {"type": "integer"}}
    paths: dict[str, Any] = {}
    for family in families:
        paths[f"{family}/start"] = {"post": {"requestBody": body, "responses": {}}}
        paths[f"{family}/allRecords"] = {"get": {"parameters": [page], "responses": {}}}
        paths[f"{family}/{{id}}"] = {"get": {"responses": {}}}
    return {"paths": paths}


def kinds(changes: list[Change]) -> list[Kind]:
    return sorted(change.kind for change in changes)


def went(changes: list[Change]) -> dict[str, str]:
    return {one.before: one.after for one in changes if one.kind is Kind.OPERATION_MOVED}


def test_our_corrections_follow_operations_that_have_moved(workplace: Workplace) -> None:
    vendor = copy.deepcopy(VENDOR)
    vendor["paths"] = {path.replace("/v1/", "/v2/"): item for path, item in VENDOR["paths"].items()}
    source = workplace.root / "vendor.json"
    source.write_text(json.dumps(vendor), "utf-8")
    assert workplace.run(str(source), "--json") == 1
    report = workplace.report
    assert {change["kind"] for change in report["breaks_users"]} == {"operation moved"}
    assert len(report["breaks_users"]) == len(VENDOR["paths"])
    assert report["new_for_users"] == []
    assert report["overlay"]["missed"] == []
    assert ["running-task-by-id", "/api/v2/userFaceSwapTask/status"] in report["overlay"]["moved"]
    assert workplace.run(str(source)) == 1
    assert "running-task-by-id was applied to /api/v2/userFaceSwapTask/status" in workplace.printed


def test_the_comparison_says_how_sure_it_is_and_why() -> None:
    changes = compare(api("/api/v1/grok", "/api/v1/veo"), api("/api/v2/grok", "/api/v2/veo"))
    assert {change.because for change in changes} == {
        "certain: /api/v1 became /api/v2, with the same fields in 6 of 6"
    }


def test_a_family_of_another_name_has_moved_if_its_fields_have() -> None:
    changes = compare(api("/api/v1/userSound"), api("/api/v1/media/audio"))
    assert kinds(changes) == [Kind.OPERATION_MOVED] * 3
    assert went(changes)["GET /api/v1/userSound/{id}"] == "GET /api/v1/media/audio/{id}"


def test_another_engine_in_its_place_has_not() -> None:
    ours = api("/api/v1/userSound")
    theirs = api("/api/v1/userUpscale", fields=("source_url", "factor", "model"))
    assert set(kinds(compare(ours, theirs))) == {Kind.OPERATION_GONE, Kind.OPERATION_ADDED}
    newer = compare(api("/api/v1/userWan25"), api("/api/v1/userWan26"))
    assert set(kinds(newer)) == {Kind.OPERATION_GONE, Kind.OPERATION_ADDED}


def test_of_two_families_that_fit_equally_well_none_is_taken() -> None:
    one_for_two = compare(api("/api/v1/aaa", "/api/v1/bbb"), api("/api/v1/ccc"))
    assert Kind.OPERATION_MOVED not in kinds(one_for_two)
    two_for_one = compare(api("/api/v1/aaa"), api("/api/v1/bbb", "/api/v1/ccc"))
    assert Kind.OPERATION_MOVED not in kinds(two_for_one)


def test_families_that_moved_each_for_itself_are_told_by_their_names() -> None:
    changes = compare(
        api("/api/v1/userSound", "/api/v1/userUpscale"),
        api("/api/v2/audio/sound", "/api/v2/pictures/upscale"),
    )
    assert went(changes)["POST /api/v1/userSound/start"] == "POST /api/v2/audio/sound/start"
    assert went(changes)["GET /api/v1/userUpscale/{id}"] == "GET /api/v2/pictures/upscale/{id}"


def test_an_operation_id_of_the_previous_document_tells_where_it_went() -> None:
    ours, older, newer = (api("/api/v1/grok") for _ in range(3))
    older["paths"]["/api/v1/grok/{id}"]["get"]["operationId"] = "grokDetail"
    item = newer["paths"].pop("/api/v1/grok/{id}")
    newer["paths"]["/api/v1/details/{id}/of/grok"] = item
    item["get"]["operationId"] = "grokDetail"
    assert Kind.OPERATION_MOVED not in kinds(compare(ours, newer))
    (moved,) = compare(ours, newer, older)
    assert moved.after == "GET /api/v1/details/{id}/of/grok"
    assert moved.because == "certain: the same operationId"


def test_an_operation_id_that_is_there_twice_tells_nothing() -> None:
    ours, theirs = api("/api/v1/grok"), api("/api/v1/grok")
    ours["paths"]["/api/v1/grok/{id}"]["get"]["operationId"] = "detail"
    item = theirs["paths"].pop("/api/v1/grok/{id}")
    item["get"]["operationId"] = "detail"
    theirs["paths"] |= {"/api/v1/one/{id}/x": item, "/api/v1/two/{id}/y": item}
    assert Kind.OPERATION_MOVED not in kinds(compare(ours, theirs))


def test_a_start_of_another_name_in_its_family_has_moved() -> None:
    theirs = api("/api/v1/grok")
    theirs["paths"]["/api/v1/grok/submit"] = theirs["paths"].pop("/api/v1/grok/start")
    (moved,) = compare(api("/api/v1/grok"), theirs)
    assert (moved.kind, moved.because[:6]) == (Kind.OPERATION_MOVED, "likely")


def test_our_own_document_is_not_lost_when_the_whole_api_moves() -> None:
    theirs = copy.deepcopy(OURS)
    theirs["paths"] = {
        path.replace("/api/v1/", "/open/v3/"): item for path, item in OURS["paths"].items()
    }
    assert set(kinds(compare(OURS, theirs))) == {Kind.OPERATION_MOVED}

"""Promises of the comparison: each case of documents/cases gets the verdict that stands in it."""

from __future__ import annotations

from typing import Any

import pytest
from update_cases import CASES, DOCUMENTS, Workplace

from vendor_document import read_document

GROUPS = {
    "breaks": "breaks_users",
    "new": "new_for_users",
    "no_effect": "no_effect",
    "only_ours": "only_ours",
}
BODY = "$.paths['/api/v1/userText2image/start'].post.requestBody.content['application/json'].schema"
#: Our document keeps one operation that no vendor document here has.
KEPT = "POST /api/v1/video/awsResult: operation gone"


def named(change: dict[str, Any]) -> str:
    operation, place = change["operation"], change["place"]
    return f"{operation}: {change['kind']} {place}".strip(": ")


@pytest.mark.parametrize("case", CASES)
def test_the_verdict_is_the_expected_one_and_nothing_is_written(
    workplace: Workplace, case: str
) -> None:
    expected = CASES[case]["expected"]
    previous = ["--previous", str(DOCUMENTS / "vendor.yaml")] * CASES[case].get("previous", False)
    source = workplace.vendor(CASES[case]["actions"])
    before = workplace.tree()
    code = workplace.run(source, "--json", *previous)
    assert workplace.tree() == before
    report = workplace.report
    found = {
        key: sorted({named(change) for change in report[group]} - {KEPT})
        for key, group in GROUPS.items()
    }
    assert found == {key: sorted(expected.get(key, [])) for key in GROUPS}
    assert code == expected["exit"]
    assert report["release"] == expected.get("release")
    assert report["overlay"]["missed"] == expected.get("missed", [])
    assert report["overlay"]["caught_up"] == expected.get("caught_up", [])


@pytest.mark.parametrize("case", CASES)
def test_the_document_is_the_same_in_yaml(workplace: Workplace, case: str) -> None:
    """Nothing else of it is looked at, but its fingerprint."""
    actions = CASES[case]["actions"]
    as_json, as_yaml = (
        read_document(workplace.vendor(actions, as_yaml=as_yaml)) for as_yaml in (False, True)
    )
    assert as_yaml.content == as_json.content


@pytest.mark.parametrize("case", ["malicious_names", "new_engine_family"])
def test_the_report_is_the_same_of_yaml(workplace: Workplace, case: str) -> None:
    reports = []
    for as_yaml in (False, True):
        workplace.run(workplace.vendor(CASES[case]["actions"], as_yaml=as_yaml), "--json")
        reports.append(workplace.report | {"document": ""})
    assert reports[0] == reports[1]
    assert reports[0]["new_for_users"]


@pytest.mark.parametrize("case", CASES)
def test_the_printed_report_says_the_same_and_nothing_that_moves_the_cursor(
    workplace: Workplace, case: str
) -> None:
    expected = CASES[case]["expected"]
    source = workplace.vendor(CASES[case]["actions"])
    before = workplace.tree()
    workplace.run(source)
    assert workplace.tree() == before
    for key, title in (("new", "New for users"), ("no_effect", "No effect")):
        assert f"{title} ({len(expected.get(key, []))})" in workplace.printed
    assert all(character.isprintable() or character == "\n" for character in workplace.printed)
    release = expected.get("release")
    if release and not CASES[case].get("previous"):
        assert f"Version: {release}" in workplace.printed


def test_a_moved_operation_says_where_it_went(workplace: Workplace) -> None:
    workplace.run(workplace.vendor(CASES["path_renamed"]["actions"]), "--json")
    (moved,) = workplace.report["breaks_users"]
    assert moved["before"] == "POST /api/v1/userVideoTwin/continueTranining"
    assert moved["after"] == "POST /api/v1/userVideoTwin/continueTraining"


def test_a_list_of_many_words_is_compared_and_shown_short(workplace: Workplace) -> None:
    words = [f"word{number}" for number in range(50_000)]
    target = f"{BODY}.properties.model_type"
    source = workplace.vendor([{"target": target, "update": {"enum": words}}])
    assert workplace.run(source) == 1
    assert "word0, word1" in workplace.printed
    assert "and 49992 more" in workplace.printed
    assert len(workplace.printed) < 2000
    assert workplace.run(source, "--write") == 1
    assert "Left to you (1)" in workplace.printed
    assert (DOCUMENTS / "ours.yaml").read_bytes() == workplace.files.document.read_bytes()

"""Promises of the overlay: data with reasons, checked against what is known of the vendor's document."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from update_cases import DOCUMENTS, ROOT, Workplace, overlay_of

from comparison import compare
from overlay import OverlayError, apply_overlay, check_overlay
from plain_data import parse
from verdict import judge

OVERLAY = parse((ROOT / "spec" / "overlay.yaml").read_bytes())
VENDOR = parse((DOCUMENTS / "vendor.yaml").read_bytes())
ACTIONS = {action["x-name"]: action for action in OVERLAY["actions"]}
#: A document on which every way of changing can be tried.
SMALL = {"list": [{"n": 1, "k": "a"}, {"n": 2}, {"n": 3}], "map": {"a": {"x": 1}, "b": {"x": 2}}}


def test_every_action_has_its_reason_and_evidence() -> None:
    for action in check_overlay(OVERLAY):
        assert len(action["description"]) > 20
        assert len(action["x-evidence"]) > 20


def test_every_action_hits_the_vendors_document_as_far_as_it_is_known() -> None:
    applied = apply_overlay(VENDOR, OVERLAY)
    assert applied.missed == ()
    assert applied.caught_up == ()


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_that_was_applied_can_go_or_hits_nothing(name: str) -> None:
    overlay = {**OVERLAY, "actions": [ACTIONS[name]]}
    once = apply_overlay(VENDOR, overlay)
    twice = apply_overlay(once.document, overlay)
    assert twice.document == once.document
    assert (twice.caught_up or twice.missed) == (name,)


@pytest.mark.parametrize("name", ACTIONS)
def test_without_an_action_the_known_difference_is_reported(name: str) -> None:
    ours = parse((DOCUMENTS / "ours.yaml").read_bytes())
    others = [action for key, action in ACTIONS.items() if key != name]
    corrected = apply_overlay(VENDOR, {**OVERLAY, "actions": others}).document
    assert judge(compare(ours, corrected)).matters


def test_our_whole_document_agrees_with_the_known_operations_of_the_vendors() -> None:
    ours = parse((ROOT / "spec" / "openapi.yaml").read_bytes())
    known = copy.deepcopy(VENDOR)
    known["paths"] = {path: item for path, item in VENDOR["paths"].items() if "FaceSwap" in path}
    verdict = judge(compare(ours, apply_overlay(known, OVERLAY).document))
    assert verdict.breaks == ()
    assert verdict.new == ()


def test_the_document_given_is_not_changed() -> None:
    before = copy.deepcopy(VENDOR)
    apply_overlay(VENDOR, OVERLAY)
    assert before == VENDOR


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ({"target": "$.list[0]", "update": {"n": 9}}, {"list": [{"n": 9, "k": "a"}, {"n": 2}, {"n": 3}]}),
        ({"target": "$.list[?@.n > 1]", "remove": True}, {"list": [{"n": 1, "k": "a"}]}),
        ({"target": "$.list", "update": [{"n": 4}]}, {"list": [*SMALL["list"], {"n": 4}]}),
        ({"target": "$.list", "update": {"n": 4}}, {"list": [*SMALL["list"], {"n": 4}]}),
        ({"target": "$.map.*", "update": {"y": {}}}, {"map": {"a": {"x": 1, "y": {}}, "b": {"x": 2, "y": {}}}}),
        ({"target": "$.map.a.x", "update": [7]}, {"map": {"a": {"x": [7]}, "b": {"x": 2}}}),
        ({"target": "$.map['a', 'b'].x", "remove": True}, {"map": {"a": {}, "b": {}}}),
        ({"target": "$", "update": {"new": 1}}, {"new": 1}),
        ({"target": "$.map.a", "remove": False, "update": {"z": 1}}, {"map": {"a": {"x": 1, "z": 1}, "b": {"x": 2}}}),
    ],
)  # fmt: skip
def test_an_action_does_what_the_standard_says(
    action: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert apply_overlay(SMALL, overlay_of([action])).document == {**SMALL, **expected}


def test_two_places_do_not_share_what_they_got() -> None:
    actions = [
        {"target": "$.map.*", "update": {"inner": {}}},
        {"target": "$.map.a.inner", "update": {"only": "a"}},
    ]
    changed = apply_overlay(SMALL, overlay_of(actions)).document["map"]
    assert (changed["a"]["inner"], changed["b"]["inner"]) == ({"only": "a"}, {})


@pytest.mark.parametrize(
    "broken",
    [
        {"target": "$.map"},
        {"target": "$.map", "remove": True, "update": {}},
        {"target": "$.map[", "remove": True},
        {"target": "$", "remove": True},
        {"target": "$.map", "update": {}, "description": " "},
        {"target": "$.map", "update": {}, "x-evidence": ""},
        {"update": {}},
    ],
)
def test_a_wrong_action_is_named(broken: dict[str, Any]) -> None:
    with pytest.raises(OverlayError, match="action 0"):
        apply_overlay(SMALL, overlay_of([broken]))


@pytest.mark.parametrize("wrong", [None, [], {}, {"overlay": "2.0.0"}, overlay_of([])])
def test_what_is_no_overlay_is_refused(wrong: Any) -> None:
    with pytest.raises(OverlayError):
        check_overlay(wrong)


def test_two_actions_of_one_name_are_refused() -> None:
    action = {"target": "$.map", "update": {}, "x-name": "twice"}
    with pytest.raises(OverlayError, match="twice"):
        check_overlay(overlay_of([action, action]))


def test_an_action_that_hits_nothing_fails_with_its_name_and_nothing_is_written(
    workplace: Workplace,
) -> None:
    gone = [{"target": "$.paths['/api/v1/userFaceSwapTask/records']", "remove": True}]
    source = workplace.vendor(gone)
    before = workplace.tree()
    assert workplace.run(source, "--write") == 2
    for name in ("page-number-as-text", "page-size-as-text"):
        assert f"overlay.yaml: {name} hits nothing any more" in workplace.printed
    assert workplace.tree() == before

"""The overlay of a drift report can be applied to the spec, and makes what was seen part of it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import update_cases  # noqa: F401 - puts spec/update/ on the path

from a2e_api.operations import OPERATIONS
from a2e_sdk._config.drift import findings_in, overlay
from overlay import apply_overlay, check_overlay
from spec_document import load_spec

SPEC = load_spec()
ANSWERS: dict[str, Any] = {
    "list_face_swap_tasks": {
        "code": 0,
        "data": {"count": None, "rows": [{"_id": "x", "brand_new": {}, "current_status": "odd"}]},
    },
    "get_coins": {"code": 0, "data": {"coins": "7", "gold": 1}},
    "get_wan_25_task": {"code": 0, "data": {"_id": "x", "seed": 1, "current_status": "odd"}},
    "list_avatar_videos": {"code": 0, "data": {"data": [{"status": "odd"}], "pages": 3}},
}


def test_a_drift_report_is_an_overlay_that_hits_something_with_every_action() -> None:
    counts = Counter(
        finding
        for operation, answer in ANSWERS.items()
        for finding in findings_in(answer, {"$ref": OPERATIONS[operation].answer}, operation)
    )
    report = overlay(counts)
    assert len(check_overlay(report)) >= 8

    applied = apply_overlay(SPEC, report)

    assert not applied.missed
    assert not applied.caught_up
    schemas = applied.document["components"]["schemas"]
    assert "brand_new" in schemas["FaceSwapTask"]["properties"]
    assert "odd" in schemas["TaskStatus"]["enum"]

"""Drift seen in the field comes out of the terminal as an overlay that the spec can take."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from cli_runs import Outcome

from a2e_sdk.sandbox.http_server import SandboxServer

Cli = Callable[..., Outcome]


def test_commands_count_and_the_report_prints_an_overlay(
    a2e_cli: Cli, server: SandboxServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "drift.json"
    monkeypatch.setenv("A2E_DRIFT_FILE", str(path))
    server.sandbox.add_face_swap_task(current_status="paused", brand_new=1, secret="a@example.com")

    assert a2e_cli("face-swap", "tasks", "list").code == 0
    report = a2e_cli("drift-report")

    assert report.code == 0, report.err
    actions = yaml.safe_load(report.out)["actions"]
    updates = [action["update"] for action in actions]
    assert {"enum": ["paused"]} in updates
    assert any("brand_new" in update.get("properties", {}) for update in updates)
    assert "example.com" not in path.read_text() + report.out
    assert json.loads(a2e_cli("drift-report", str(path), "--json").out)["actions"] == actions


@pytest.mark.parametrize("content", [None, "[1]"])
def test_a_file_that_is_none_is_bad_input(
    a2e_cli: Cli, tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "drift.json"
    if content is not None:
        path.write_text(content)
    assert a2e_cli("drift-report", str(path)).code == 2


def test_without_a_file_it_says_what_to_name(a2e_cli: Cli) -> None:
    outcome = a2e_cli("drift-report")
    assert (outcome.code, outcome.out) == (2, "")
    assert "A2E_DRIFT_FILE" in outcome.err

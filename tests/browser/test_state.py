"""The view State: a dump, a load, a reset, and what holds now."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from watched_page import SWAP, Open

from a2e_sdk import A2E
from a2e_sdk.sandbox import Sandbox


def test_a_dump_is_loaded_again(
    open_page: Open, client: A2E, sandbox: Sandbox, tmp_path: Path, expect: Any
) -> None:
    task = client.face_swap.tasks.create(**SWAP, name="birthday")
    page = open_page("state")
    with page.expect_download() as download:
        page.locator("#dump").click()
    dump = tmp_path / "dump.json"
    download.value.save_as(dump)
    assert json.loads(dump.read_text())
    sandbox.reset()
    page.locator("#load-file").set_input_files(dump)
    page.locator("#load").click()
    expect(page.locator("#load-status")).to_have_text("Loaded.")
    assert client.face_swap.tasks.get(task.id).name == "birthday"
    page.locator("#tab-tasks").click()
    expect(page.locator("#tasks .card")).to_contain_text("birthday")


def test_a_file_that_is_no_dump_is_refused_and_changes_nothing(
    open_page: Open, client: A2E, tmp_path: Path, watched: Any, expect: Any
) -> None:
    task = client.face_swap.tasks.create(**SWAP, name="birthday")
    page = open_page("state")
    page.locator("#load").click()
    expect(page.locator("#load-status")).to_have_text("Choose a file first.")
    for content in ("{}", "no JSON", '{"version": 99}'):
        file = tmp_path / "wrong.json"
        file.write_text(content)
        page.locator("#load-file").set_input_files(file)
        page.locator("#load").click()
        expect(page.locator("#load-status")).not_to_have_text("")
        expect(page.locator("#load-status")).not_to_have_text("Loaded.")
    assert client.face_swap.tasks.get(task.id).name == "birthday"
    # The browser writes each refusal to its console.
    assert all("status of 400" in problem for problem in watched.take())


def test_settings_are_shown_as_they_are_now(open_page: Open, sandbox: Sandbox, expect: Any) -> None:
    page = open_page("state")
    expect(page.locator("#settings")).to_contain_text('"completed_after": 3')
    sandbox.set_pace(completed_after=90)
    expect(page.locator("#settings")).to_contain_text('"completed_after": 90')

"""The view Faults: what the form arms, what its lines say, and what waits."""

from __future__ import annotations

import shutil
import subprocess
from typing import Any

import pytest
from watched_page import SWAP, Open, Watched

from a2e_sdk import A2E, errors
from a2e_sdk.sandbox import Fault, Sandbox, SandboxForTests

ARM = "Let requests meet it"


def fill_in(page: Any) -> None:
    page.get_by_label("Kind").select_option("rate_limited")
    page.get_by_label("retry_after").fill("7")
    page.get_by_label("Operation", exact=True).fill("add_face_swap_task")
    page.get_by_label("Times").fill("2")


def meets(client: A2E) -> None:
    client.account.coins()
    for _ in range(2):
        with pytest.raises(errors.RateLimitError) as caught:
            client.face_swap.tasks.create(**SWAP, name="birthday")
        assert caught.value.retry_after == 7
    client.face_swap.tasks.create(**SWAP, name="birthday")


def test_an_armed_fault_is_met_by_the_sdk(open_page: Open, client: A2E, expect: Any) -> None:
    page = open_page("faults")
    fill_in(page)
    page.get_by_role("button", name=ARM).click()
    expect(page.locator("#waiting-faults li")).to_contain_text("2 requests left")
    meets(client)
    expect(page.locator("#waiting-faults li")).to_have_count(0)


def test_the_python_line_does_the_same(open_page: Open, expect: Any) -> None:
    page = open_page("faults")
    fill_in(page)
    line = page.locator("#fault-python")
    expect(line).to_contain_text("times=2")
    sandbox = SandboxForTests()
    eval(line.inner_text(), {"sandbox": sandbox, "Fault": Fault})
    meets(sandbox.client(max_retries=0))


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on PATH")
def test_the_curl_line_does_the_same(open_page: Open, client: A2E, expect: Any) -> None:
    page = open_page("faults")
    fill_in(page)
    line = page.locator("#fault-curl")
    expect(line).to_contain_text('"times":2')
    subprocess.run(["bash", "-c", line.inner_text()], check=True, capture_output=True)
    expect(page.locator("#waiting-faults li")).to_have_count(1)
    meets(client)


def test_typing_alone_arms_nothing(open_page: Open, sandbox: Sandbox, expect: Any) -> None:
    page = open_page("faults")
    fill_in(page)
    expect(page.locator("#fault-python")).to_contain_text("times=2")
    assert len(sandbox.faults) == 0


def test_what_is_wrong_is_said_before_it_is_armed(
    open_page: Open, watched: Watched, expect: Any
) -> None:
    page = open_page("faults")
    page.get_by_label("Kind").select_option("http")
    problem = page.locator("#fault-problem")
    expect(problem).to_have_text("Give a value for status.")
    expect(page.get_by_role("button", name=ARM)).to_be_disabled()
    page.get_by_label("status").fill("many")
    expect(problem).to_contain_text("arguments.status must be")
    # The browser writes the refusal to its console.
    assert all("status of 400" in problem for problem in watched.take())
    page.get_by_label("status").fill("502")
    expect(problem).to_have_text("")
    page.get_by_label("Operation", exact=True).fill("no_such_operation")
    expect(problem).to_contain_text("no_such_operation")


def test_every_kind_can_be_chosen(open_page: Open, expect: Any) -> None:
    values = {
        "status": "503",
        "code": "1001",
        "envelope": '{"code": 0}',
        "seconds": "1",
        "after": "10",
        "location": "https://example.com/",
        "value": '"x"',
    }
    page = open_page("faults")
    kinds = page.get_by_label("Kind").locator("option").all_inner_texts()
    assert len(kinds) > 15
    for kind in kinds:
        page.get_by_label("Kind").select_option(kind)
        for name, value in values.items():
            required = page.locator(f"#fault-argument-{name}[aria-required=true]")
            if required.count() == 1:
                required.fill(value)
        call = "Fault(" if kind == "custom" else f"Fault.{kind}("
        expect(page.locator("#fault-python")).to_contain_text(call)
        sandbox = Sandbox()
        line = page.locator("#fault-python").inner_text()
        eval(line, {"sandbox": sandbox, "Fault": Fault})
        assert len(sandbox.faults) == 1


def test_waiting_faults_are_removed(open_page: Open, sandbox: Sandbox, expect: Any) -> None:
    for status in (500, 502, 503):
        sandbox.faults.add(Fault.http(status), times=None)
    page = open_page("faults")
    waiting = page.locator("#waiting-faults li")
    expect(waiting).to_have_count(3)
    waiting.nth(1).get_by_role("button").click()
    expect(waiting).to_have_count(2)
    assert len(sandbox.faults) == 2
    page.get_by_role("button", name="Remove all").click()
    expect(waiting).to_have_count(0)
    assert len(sandbox.faults) == 0

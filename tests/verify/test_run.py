"""What a run calls, what it spends, what it leaves behind, and what its report holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import attrs
import pytest
from verify_runs import (
    MEDIA,
    changed_json,
    results_of,
    sandbox_with_content,
    verification,
)

from a2e_api.operations import OPERATIONS
from a2e_api.schemas.answers import SCHEMAS
from a2e_sdk import errors
from a2e_sdk._http.failures import Delivery, TransportFailure
from a2e_sdk._http.messages import HttpResponse
from a2e_sdk._verify.plan import chosen
from a2e_sdk._verify.results import Outcome, Result, report
from a2e_sdk.sandbox import Fault
from a2e_sdk.sandbox.testing import SandboxForTests

#: Values in the sandbox that are words of the report, too.
SPEC_WORDS = {"read", "text", "type", "place", "start", "image", "video", "audio"} | {
    word for schema in SCHEMAS.values() for word in schema.get("enum", ())
}
READS = {name for name, one in OPERATIONS.items() if one.effect == "read"}


@pytest.fixture(scope="module")
def content() -> SandboxForTests:
    return sandbox_with_content()


def as_report(results: Any) -> dict[str, Any]:
    day = date(2026, 11, 27)
    return report(results, sdk="0.1.0", region="global", on=day, spent=0.0, is_complete=True)


def test_everything_readable_agrees_and_raises_the_evidence_of_a_hundred_operations(
    content: SandboxForTests,
) -> None:
    results = results_of(content)
    assert {name for name, one in results.items() if one.outcome is Outcome.DIFFERS} == set()
    tried = {name for name, one in results.items() if one.outcome is Outcome.AGREES}
    print(f"{len(tried)} tried, {sum(one.proves for one in results.values())} proven")
    assert tried <= READS
    # What is left has no listing that would have an id for it.
    assert set(READS - tried) == {
        "get_face_swap_preview_status",
        "get_wan_26_image_task",
        "get_wan_26_reference_task",
        "get_wan_27_image_task",
    }
    assert sum(one.proves for one in results.values()) >= 130
    assert results.keys() == OPERATIONS.keys()


def test_a_run_without_options_only_reads() -> None:
    sandbox = SandboxForTests()
    before = sandbox.coins.balance
    results_of(sandbox)
    called = {request.operation for request in sandbox.requests}
    assert called <= READS
    assert sandbox.coins.balance == before


def test_what_is_started_is_paid_once_and_deleted_again() -> None:
    sandbox = SandboxForTests()
    run = verification(sandbox, spend=100_000, write=True)
    results = {one.operation: one for one in run.run()}
    assert {name for name, one in results.items() if one.outcome is Outcome.DIFFERS} == set()
    tried = [one for one in results.values() if one.outcome is Outcome.AGREES]
    print(f"{len(tried)} tried, {sum(one.proves for one in tried)} proven, {run.spent:g} coins")
    assert sum(one.proves for one in tried) >= 200
    # The sandbox gives coins back for a task that is deleted while it runs.
    assert run.spent == -sum(one.amount for one in sandbox.coins if one.amount < 0)
    starts = [one.operation for one in tried if one.effect == "start"]
    assert len(starts) >= 30
    assert all(sandbox.requests.count(name) == 1 for name in starts)
    # What is left is of families whose tasks the API can't delete.
    left = {one.operation for one in run.made if not one.is_deleted}
    assert left == {
        "start_wan_26_image_task",
        "start_wan_27_image_task",
        "start_wan_26_reference_task",
        "start_wan_30_task",
        "start_seedance_task",
        "start_hailuo_task",
        "start_minimax_task",
    }
    made = {one.id for one in run.made if one.is_deleted}
    assert len(made) == len([one for one in run.made if one.is_deleted])
    assert not made & {row["_id"] for row in sandbox.face_swap_tasks()}


def test_the_account_s_own_records_are_there_afterwards(content: SandboxForTests) -> None:
    a2e = content.client()
    before = [one.id for one in a2e.wan_25.list()], [one.id for one in a2e.backgrounds.list()]
    results_of(content, "*wan_25*", "*background", spend=1000, write=True)
    assert content.requests.count("delete_wan_25_task") == 1
    assert content.requests.count("delete_background") == 1
    assert before == (
        [one.id for one in a2e.wan_25.list()],
        [one.id for one in a2e.backgrounds.list()],
    )


@pytest.mark.parametrize("budget", [0, 1, 60, 333])
def test_the_budget_is_never_exceeded(budget: float) -> None:
    sandbox = SandboxForTests()
    before = sandbox.coins.balance
    run = verification(sandbox, "start_*", spend=budget)
    results = list(run.run())
    assert before - sandbox.coins.balance == run.spent <= budget
    refused = [one for one in results if "of --spend are left" in one.reason]
    assert refused
    assert all(sandbox.requests.count(one.operation) == 0 for one in refused)


@pytest.mark.parametrize("status", [402, 429])
def test_a_refused_start_costs_nothing_of_the_budget(status: int) -> None:
    sandbox = SandboxForTests()
    sandbox.faults.add(Fault.code(status, status=status), "start_wan_25_task", times=None)
    run = verification(sandbox, "start_wan_25_task", spend=1000)
    (result,) = run.run()
    assert result.outcome is Outcome.NOT_TRIED
    assert sandbox.requests.count("start_wan_25_task") >= 1
    assert run.spent == 0


def test_a_start_without_a_price_is_not_made() -> None:
    sandbox = SandboxForTests()
    sandbox.faults.add(Fault.code(400, status=400), "get_quote", times=None)
    results = results_of(sandbox, "start_wan_25_task", spend=1000)
    assert "no price" in results["start_wan_25_task"].reason
    assert sandbox.requests.count("start_wan_25_task") == 0


def test_a_start_whose_response_is_lost_is_sent_once_and_named() -> None:
    sandbox = SandboxForTests()
    sandbox.faults.add(Fault.drop_after_read(), "start_wan_25_task")
    run = verification(sandbox, "start_wan_25_task", spend=1000)
    (result,) = run.run()
    assert result.outcome is Outcome.NOT_TRIED
    assert sandbox.requests.count("start_wan_25_task") == 1
    assert run.spent > 0
    assert [(one.operation, one.id) for one in run.made] == [("start_wan_25_task", "")]


def test_a_file_that_is_needed_and_not_given_is_asked_for() -> None:
    results = results_of(SandboxForTests(), "start_upscale_task", spend=1000, media={})
    reason = results["start_upscale_task"].reason
    assert reason == "needs a file: give --image URL or --video URL"


def texts_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)
    elif isinstance(value, str):
        yield value


def test_the_report_has_nothing_that_the_account_holds(content: SandboxForTests) -> None:
    held: set[str] = set()

    def watch(response: HttpResponse) -> HttpResponse:
        held.update(texts_of(json.loads(response.body)))
        return response

    def spoil(body: Any) -> None:
        for row in body["data"]["rows"]:
            row["_id"] += "-alice"
            row["current_status"] = row["name"] = "Alice's private wedding"
            row["alice@example.com"] = row["face_url"]

    changes = dict.fromkeys(READS, watch)
    plain = as_report(results_of(content, changes=changes).values())
    spoiled = as_report(
        results_of(
            content, "list_face_swap_tasks",
            changes={"list_face_swap_tasks": changed_json(spoil)},
        ).values()
    )  # fmt: skip
    assert spoiled["counts"]["differs"] == 1
    for row in (*plain["operations"], *spoiled["operations"]):
        # These come from the index of operations alone.
        assert row.pop("operation") in OPERATIONS
        assert row.pop("effect") in {"read", "write", "start", "delete"}
    assert len(held) > 200
    text = json.dumps([plain, spoiled])
    for value in {*held, *MEDIA.values(), "Alice", "alice", "wedding", "private"}:
        # Words that the spec itself has, such as those of a status, are no secret.
        if len(value) > 3 and value not in SPEC_WORDS:
            assert json.dumps(value)[1:-1] not in text, value
    assert re.search(r"\bsk_", text) is None
    assert "http" not in text.replace("HTTP", "")


def test_three_calls_in_a_row_without_a_response_end_the_run() -> None:
    def lost(_: HttpResponse) -> HttpResponse:
        raise TransportFailure("the connection broke", Delivery.UNKNOWN)

    sandbox = SandboxForTests()
    run = verification(sandbox, "list_*", changes=dict.fromkeys(READS - {"get_coins"}, lost))
    results = list(run.run())
    assert not run.reaches_server
    assert {one.outcome for one in results} == {Outcome.NOT_TRIED}
    called = {request.operation for request in sandbox.requests} - {"get_coins", "get_quote"}
    assert len(called) <= 3


def test_a_key_that_is_not_accepted_ends_the_run_at_the_first_call() -> None:
    sandbox = SandboxForTests()
    sandbox.faults.add(Fault.code(401, status=401), "get_coins", times=None)
    with pytest.raises(errors.AuthenticationError):
        list(verification(sandbox).run())
    assert len(list(sandbox.requests)) == 1


@pytest.mark.parametrize("status", [429, 503, 500])
def test_a_server_that_is_busy_or_fails_shows_no_difference(status: int) -> None:
    sandbox = SandboxForTests()
    sandbox.faults.add(Fault.http(status), "list_wan_25_tasks", times=None)
    results = results_of(sandbox, "list_wan_25_tasks")
    assert results["list_wan_25_tasks"].outcome is Outcome.NOT_TRIED
    assert f"HTTP {status}" in results["list_wan_25_tasks"].reason


def test_a_listing_without_records_proves_nothing() -> None:
    result = results_of(SandboxForTests(), "list_wan_25_tasks")["list_wan_25_tasks"]
    assert result.outcome is Outcome.AGREES
    assert not result.proves
    assert attrs.evolve(result, records=1).proves


def test_patterns_choose_operations() -> None:
    assert chosen(["a", "b_1", "b_2"], ["b_*"]) == {"b_1", "b_2"}
    assert chosen(["a", "b"], []) == {"a", "b"}
    with pytest.raises(ValueError, match="no operation is called 'c'"):
        chosen(["a"], ["c"])


def test_what_only_gives_ids_is_not_reported(content: SandboxForTests) -> None:
    results = results_of(content, "get_wan_25_task")
    assert {name: one.outcome for name, one in results.items()} == {
        "get_wan_25_task": Outcome.AGREES
    }


def test_the_report_counts() -> None:
    row = Result(operation="a", effect="read", evidence="", outcome=Outcome.AGREES)
    other = attrs.evolve(row, operation="b", outcome=Outcome.NOT_TRIED, reason="why")
    made = as_report([row, other])
    assert made["counts"] == {"agrees": 1, "differs": 0, "not tried": 1}
    assert [one["operation"] for one in made["operations"]] == ["a", "b"]

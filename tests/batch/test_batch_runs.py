"""A batch starts each job once, saves each result, and goes on where it ended."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import aclosing, closing
from pathlib import Path
from typing import Any

import pytest
from batch_cases import lines, rows, statuses

from a2e_sdk import Job, JobOutcome, JobStatus, Progress, errors
from a2e_sdk.sandbox import Fault, Sandbox, SandboxForTests
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver

pytestmark = [pytest.mark.usefixtures("pauses"), pytest.mark.trio_nightly]

Run = Callable[..., list[JobOutcome]]


def left_after(driver: Driver, batch: Any, count: int) -> None:
    """Iterate a batch for some outcomes, and leave it in the middle."""
    if driver.mode == "sync":
        with closing(iter(batch)) as outcomes:
            for _ in range(count):
                next(outcomes)
        return

    async def iterate() -> None:
        async with aclosing(aiter(batch)) as outcomes:
            for _ in range(count):
                await anext(outcomes)

    driver.call(iterate)


def test_every_job_has_its_file_its_provenance_and_its_line(
    run: Run, sandbox: Sandbox, tmp_path: Path
) -> None:
    outcomes = run(rows(12))
    assert statuses(outcomes) == {"succeeded": 12}
    found = lines(tmp_path / "out")
    assert [line["key"] for line in found] == [f"row-{number}" for number in range(12)]
    for line in found:
        content = (tmp_path / "out" / line["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == line["sha256"]
        assert len(content) == line["bytes"]
        made = json.loads((tmp_path / "out" / f"{line['key']}.json").read_text())
        assert made["task_id"] == line["task_id"]
        assert made["inputs"] == {"prompt": f"sea {line['key'][4:]}"}
    assert -sum(entry.amount for entry in sandbox.coins) == sum(line["coins"] for line in found)
    assert sandbox.paid_twice() == []


def test_the_same_again_asks_the_server_nothing_and_gives_the_same_outcomes(
    run: Run, sandbox: Sandbox
) -> None:
    first = run(rows(5))
    asked = len(sandbox.requests)
    again = run(rows(5))
    assert len(sandbox.requests) == asked
    assert {one.key: one.paths for one in again} == {one.key: one.paths for one in first}
    assert statuses(again) == {"succeeded": 5}


def test_a_file_that_is_gone_is_saved_again_and_not_paid_again(
    run: Run, sandbox: Sandbox, tmp_path: Path
) -> None:
    run(rows(3))
    (tmp_path / "out" / "row-1.mp4").unlink()
    paid = len(sandbox.coins)
    assert statuses(run(rows(3))) == {"succeeded": 3}
    assert (tmp_path / "out" / "row-1.mp4").exists()
    assert len(sandbox.coins) == paid


def test_without_coins_it_pauses_and_goes_on_when_there_are_some(
    run: Run, sandbox: Sandbox
) -> None:
    sandbox.coins.balance = 200
    first = run(rows(10))
    assert statuses(first) == {"succeeded": 4, "paused": 6}
    sandbox.buy_coins(1000)
    assert statuses(run(rows(10))) == {"succeeded": 10}
    assert sandbox.paid_twice() == []


def test_over_the_budget_it_pauses_with_the_sentence_and_no_coin_more_is_spent(
    run: Run, sandbox: Sandbox
) -> None:
    first = run(rows(10), client={"budget": 170})
    assert statuses(first) == {"succeeded": 3, "paused": 7}
    paused = [one for one in first if one.status is JobStatus.PAUSED]
    assert all("the budget of 170 coins" in str(one.error) for one in paused)
    assert -sum(entry.amount for entry in sandbox.coins) == 150
    assert statuses(run(rows(10), client={"budget": 500})) == {"succeeded": 10}
    assert sandbox.paid_twice() == []


def test_a_task_that_fails_stops_no_other_and_is_started_anew_only_when_asked(
    run: Run, sandbox: Sandbox
) -> None:
    sandbox.fail_next(message="no face")
    first = run(rows(4))
    assert statuses(first) == {"succeeded": 3, "failed": 1}
    (failed,) = [one for one in first if one.status is JobStatus.FAILED]
    assert failed.error == "no face"
    started = len(sandbox.coins)
    assert statuses(run(rows(4))) == {"succeeded": 3, "failed": 1}
    assert len(sandbox.coins) == started
    assert statuses(run(rows(4), retry=("failed",))) == {"succeeded": 4}
    assert len(sandbox.coins) == started + 1


def test_a_start_that_the_server_refuses_stops_no_other_and_costs_nothing(
    run: Run, sandbox: Sandbox
) -> None:
    sandbox.reject_next()
    outcomes = run(rows(4))
    assert statuses(outcomes) == {"succeeded": 3, "refused": 1}
    assert len(sandbox.coins) == 3


def test_a_job_that_fails_stops_the_others_when_asked(run: Run, sandbox: Sandbox) -> None:
    sandbox.reject_next()
    outcomes = run(rows(30), stop_on_failure=True, concurrency=1)
    assert statuses(outcomes) == {"refused": 1, "paused": 29}


@pytest.mark.parametrize("busy", [429, 503, 1001])
def test_the_account_s_limit_is_found_and_no_job_is_lost_to_it(
    run: Run, sandbox: Sandbox, busy: int
) -> None:
    sandbox.limit_running(3, busy_code=busy)
    assert statuses(run(rows(20))) == {"succeeded": 20}
    assert sandbox.paid_twice() == []


def test_lost_responses_are_recovered_and_nothing_is_paid_twice(run: Run, sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault.drop_after_read(), "start_wan_25_task", 2)
    sandbox.faults.add(Fault.drop_before(), "start_wan_25_task", 2)
    assert statuses(run(rows(10))) == {"succeeded": 10}
    assert sandbox.paid_twice() == []


def test_one_bad_row_starts_nothing_and_all_mistakes_are_told(
    run: Run, sandbox: Sandbox, tmp_path: Path
) -> None:
    table = tmp_path / "jobs.csv"
    table.write_text("key,prompt,duration\na,sea,5\nb,,5\nc,sea,77\n")
    with pytest.raises(errors.InvalidJobsError) as refused:
        run(table, engine="wan-25")
    assert [mistake[:6] for mistake in refused.value.mistakes] == ["line 3", "line 4"]
    assert not sandbox.requests
    assert not (tmp_path / "out" / "results.jsonl").exists()


def test_jobs_of_many_engines_run_side_by_side(run: Run, sandbox: Sandbox) -> None:
    jobs = [
        Job("wan-25", "a", {"prompt": "sea"}),
        Job("veo", "b", {"prompt": "sea"}),
        Job("text-to-image", "c", {"prompt": "sea"}),
        Job("nano-banana", "d", {"prompt": "sea"}),
    ]
    # pytest parses what is imported, which CPython 3.11.7 can't do in several threads at once.
    other = SandboxForTests(seed_records=False).client()
    for engine in (other.wan_25, other.veo, other.text_to_image, other.nano_banana):
        engine.create(prompt="sea")
    assert statuses(run(jobs)) == {"succeeded": 4}


def test_without_a_journal_of_the_client_s_it_keeps_one_beside_the_results(
    run: Run, tmp_path: Path
) -> None:
    assert statuses(run(rows(2), client={"journal": None})) == {"succeeded": 2}
    assert (tmp_path / "out" / "journal.db").exists()


def test_a_folder_without_a_batch_is_refused(run: Run) -> None:
    with pytest.raises(errors.ConfigurationError, match="there is no batch in"):
        run(None)


def test_two_runs_in_one_folder_are_refused(
    driver: Driver, sandbox: Sandbox, tmp_path: Path
) -> None:
    a2e = driver.client(region="sandbox", http_client=SandboxTransport(sandbox))
    first = a2e.batch(rows(3), output=tmp_path)
    second = a2e.batch(rows(3), output=tmp_path)
    if driver.mode == "sync":
        running = iter(first)
        next(running)
        with pytest.raises(errors.ConfigurationError, match="another run is at work"):
            next(iter(second))
        running.close()
        return

    async def both() -> None:
        running = aiter(first)
        await anext(running)
        with pytest.raises(errors.ConfigurationError, match="another run is at work"):
            await anext(aiter(second))
        await running.aclose()

    driver.call(both)


def test_stopped_it_waits_for_starts_and_leaves_the_rest_to_the_next_run(
    driver: Driver, run: Run, sandbox: Sandbox, tmp_path: Path
) -> None:
    a2e = driver.client(
        region="sandbox",
        http_client=SandboxTransport(sandbox),
        journal=tmp_path / "journal.db",
    )
    batch = a2e.batch(rows(30), output=tmp_path / "out", concurrency=2)

    def stop(taken: list[JobOutcome]) -> bool:
        if len(taken) == 3:
            batch.stop()
        return False

    outcomes = driver.items(batch, stop)
    assert len(outcomes) == 30
    assert {one.status for one in outcomes} <= {
        JobStatus.SUCCEEDED,
        JobStatus.RUNNING,
        JobStatus.PAUSED,
    }
    assert statuses(outcomes)["paused"] > 20
    assert statuses(run(rows(30))) == {"succeeded": 30}
    assert sandbox.paid_twice() == []


def test_left_in_the_middle_it_goes_on_and_pays_nothing_twice(
    driver: Driver, run: Run, sandbox: Sandbox, tmp_path: Path
) -> None:
    for taken in range(1, 6):
        a2e = driver.client(
            region="sandbox",
            http_client=SandboxTransport(sandbox),
            journal=tmp_path / "journal.db",
        )
        left_after(driver, a2e.batch(rows(20), output=tmp_path / "out"), 3 * taken)
    assert statuses(run(rows(20))) == {"succeeded": 20}
    assert sandbox.paid_twice() == []
    assert [line["key"] for line in lines(tmp_path / "out")] == [f"row-{n}" for n in range(20)]


def test_what_each_job_may_cost_counts_where_the_server_gives_no_price(
    run: Run, sandbox: Sandbox
) -> None:
    sandbox.faults.add(Fault.http(400), "get_quote", None)
    refused = run(rows(3), client={"budget": 200})
    assert statuses(refused) == {"refused": 3}
    assert "max_coins" in str(refused[0].error)
    again = run(rows(3), client={"budget": 200}, max_coins=60, retry=("refused",))
    assert statuses(again) == {"succeeded": 3}
    assert -sum(entry.amount for entry in sandbox.coins) == 150


def test_a_job_above_what_it_may_cost_is_refused_and_stops_no_other(
    run: Run, sandbox: Sandbox
) -> None:
    jobs = [
        Job("wan-25", "dear", {"prompt": "sea"}),
        Job("nano-banana", "cheap", {"prompt": "sea"}),
    ]
    outcomes = run(jobs, max_coins=20)
    assert {one.key: one.status.value for one in outcomes} == {
        "dear": "refused",
        "cheap": "succeeded",
    }


def test_a_paid_task_that_the_server_lost_is_no_refusal(
    run: Run, sandbox: Sandbox, tmp_path: Path
) -> None:
    run(rows(2))
    (tmp_path / "out" / "row-0.mp4").unlink()
    sandbox.faults.add(Fault.null_data(), "get_wan_25_task", None)
    outcomes = {one.key: one for one in run(rows(2))}
    assert outcomes["row-0"].status is JobStatus.FAILED
    assert "started and paid for before" in str(outcomes["row-0"].error)
    assert outcomes["row-0"].task_id is not None


def test_what_ends_a_run_early_says_how_many_tasks_go_on(
    driver: Driver, new_batch: Callable[..., Any], sandbox: Sandbox, tmp_path: Path
) -> None:
    def stop_once_started(progress: Progress) -> None:
        if progress.counts.get("under way") == 3:
            raise KeyboardInterrupt

    sandbox.set_pace(processing_after=1000, completed_after=2000)
    with pytest.raises(KeyboardInterrupt) as caught:
        driver.items(new_batch(rows(3), progress=stop_once_started))
    assert caught.value.__notes__ == [
        "3 jobs were starting or running; they go on on the server, billed as started. Run the "
        f"same batch again, with the folder {str(tmp_path / 'out')!r}, to go on: nothing is paid "
        "twice."
    ]
    assert statuses(driver.items(new_batch(rows(3)))) == {"succeeded": 3}
    assert (sandbox.starts, sandbox.paid_twice()) == (3, [])


@pytest.mark.parametrize(("price", "coins"), [(50, "50"), (2.5, "2.5")])
def test_whole_coins_are_whole_numbers(
    price: float, coins: str, driver: Driver, new_batch: Callable[..., Any], sandbox: Sandbox
) -> None:
    sandbox.set_price("start_wan_25_task", price)  # type: ignore[arg-type]  # as A2E may
    batch = new_batch(rows(1), client={"budget": 100})
    (outcome,) = driver.items(batch)
    assert [repr(outcome.coins), repr(outcome.quote), repr(batch.progress.coins)] == [coins] * 3


def test_a_batch_says_where_its_results_are(new_batch: Callable[..., Any], tmp_path: Path) -> None:
    assert repr(new_batch(rows(1))).endswith(f"Batch({str(tmp_path / 'out')!r})")

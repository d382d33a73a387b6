"""A batch under hostile servers, clients and disks: nothing lost, nothing untrue, nothing hangs."""

from __future__ import annotations

import errno
import os
import random
import re
import shutil
import threading
from _thread import interrupt_main
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import attrs
import pytest
from batch_cases import lines, rows, statuses
from staging import PNG

from a2e_sdk import A2E, Job, JobOutcome, errors
from a2e_sdk._http.failures import Delivery, TransportFailure
from a2e_sdk._http.messages import HttpRequest
from a2e_sdk.sandbox import Fault, ManualClock, Sandbox, SandboxReply
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver

pytestmark = [pytest.mark.usefixtures("pauses"), pytest.mark.trio_nightly]

Run = Callable[..., list[JobOutcome]]
NewBatch = Callable[..., Any]


def test_iterated_again_it_goes_on_also_where_it_was_paused(
    driver: Driver, new_batch: NewBatch, sandbox: Sandbox
) -> None:
    sandbox.coins.balance = 200
    batch = new_batch(rows(10))
    assert statuses(driver.items(batch)) == {"succeeded": 4, "paused": 6}
    sandbox.buy_coins(1000)
    assert statuses(driver.items(batch)) == {"succeeded": 10}
    assert batch.progress.reason is None
    assert (batch.progress.done, batch.progress.total, batch.progress.waiting) == (10, 10, 0)
    assert batch.progress.coins == 500


def test_iterated_again_it_goes_on_also_where_it_was_stopped(
    driver: Driver, new_batch: NewBatch
) -> None:
    batch = new_batch(rows(10))
    batch.stop()
    assert statuses(driver.items(batch)) == {"paused": 10}
    assert statuses(driver.items(batch)) == {"succeeded": 10}


def test_a_stop_during_the_check_of_the_jobs_holds(driver: Driver, new_batch: NewBatch) -> None:
    def jobs() -> Iterator[Job]:
        yield from rows(5)
        batch.stop()
        yield Job("wan-25", "last", {"prompt": "last"})

    batch = new_batch(jobs())
    assert statuses(driver.items(batch)) == {"paused": 6}
    assert statuses(driver.items(batch)) == {"succeeded": 6}


def test_a_second_iteration_that_is_refused_does_not_take_the_first_out_of_reach(
    driver: Driver, new_batch: NewBatch
) -> None:
    batch = new_batch(rows(30), concurrency=1)

    def refuse_then_stop(taken: list[JobOutcome]) -> bool:
        if len(taken) == 1 and driver.mode == "sync":
            with pytest.raises(errors.ConfigurationError, match="another run is at work"):
                next(iter(batch))
        if len(taken) == 1:
            batch.stop()
        return False

    assert statuses(driver.items(batch, refuse_then_stop))["paused"] >= 20


def test_who_moves_the_files_away_gets_each_outcome_once(
    driver: Driver, run: Run, new_batch: NewBatch, tmp_path: Path
) -> None:
    run(rows(4))

    def move(taken: list[JobOutcome]) -> bool:
        path = taken[-1].path
        assert path is not None
        path.rename(tmp_path / path.name)
        return False

    assert statuses(driver.items(new_batch(rows(6)), move)) == {"succeeded": 6}


class OneTask(SandboxTransport):
    """A server that gives each start the same id."""

    def _handle(self, request: HttpRequest) -> SandboxReply:
        reply = super()._handle(request)
        if not request.url.endswith("/wan25/start") and b'"_id"' not in reply.body:
            return reply
        self.first = getattr(self, "first", None) or re.search(rb'"_id":"(\w+)"', reply.body)
        assert self.first is not None
        if request.method == "POST":
            body = re.sub(rb'"_id":"\w+"', self.first[0], reply.body)
            headers = {**reply.headers, "content-length": str(len(body))}
            return attrs.evolve(reply, body=body, headers=headers)
        return reply


def test_jobs_that_the_server_gives_one_task_all_end(
    run: Run, sandbox: Sandbox, tmp_path: Path
) -> None:
    outcomes = run(rows(3), transport=OneTask(sandbox), concurrency=3)
    assert sorted(outcome.key for outcome in outcomes) == ["row-0", "row-1", "row-2"]
    assert len({outcome.task_id for outcome in outcomes}) == 1
    assert len(lines(tmp_path / "out")) == 3


def forget(sandbox: Sandbox, gone: bool) -> None:
    """Let the server know no task, or all of them again."""
    sandbox.faults.clear()
    if gone:
        not_found = Fault.code(404, status=404)
        for operation in ("get_wan_25_task", "get_many_wan_25_tasks", "list_wan_25_tasks"):
            sandbox.faults.add(not_found, operation, None)


def test_a_server_that_knows_no_task_for_two_minutes_loses_none(
    driver: Driver, new_batch: NewBatch, sandbox: Sandbox, clock: ManualClock
) -> None:
    forget(sandbox, True)
    began = clock.now()

    class Healing(SandboxTransport):
        def _handle(self, request: HttpRequest) -> SandboxReply:
            if (clock.now() - began).total_seconds() > 120 and len(sandbox.faults):
                forget(sandbox, False)
            return super()._handle(request)

    batch = new_batch(rows(4), transport=Healing(sandbox))
    assert statuses(driver.items(batch)) == {"succeeded": 4}
    assert sandbox.starts == 4


def test_a_task_that_is_gone_for_good_fails_and_its_coins_are_told(
    run: Run, sandbox: Sandbox, tmp_path: Path
) -> None:
    forget(sandbox, True)
    outcomes = run(rows(2))
    assert statuses(outcomes) == {"failed": 2}
    assert "has not known the task" in str(outcomes[0].error)
    assert [line["coins"] for line in lines(tmp_path / "out")] == [50, 50]


@pytest.mark.parametrize(
    "fault",
    [
        Fault.redirect("https://login.example/"),
        Fault.http(200),
        Fault.json([]),
        Fault.json({"code": 0, "data": {"_id": "../../etc"}}),
        Fault.json({"code": 0, "data": [[[]]]}),
        Fault.code(7777),
        Fault.http(408),
        Fault.http(451),
        Fault.http(700),
        Fault.rate_limited("Wed, 21 Oct 2015 07:28:00 GMT"),
        Fault.rate_limited("nan"),
    ],
    ids=str,
)
def test_odd_responses_to_starts_lose_no_job_and_pay_none_twice(
    run: Run, sandbox: Sandbox, fault: Fault
) -> None:
    sandbox.faults.add(fault, "start_wan_25_task", 3)
    first = statuses(run(rows(6)))
    assert sum(first.values()) == 6
    second = statuses(run(rows(6), retry=("refused",)))
    assert second == {"succeeded": 6}
    assert sandbox.paid_twice() == []


def test_a_login_page_in_the_way_is_no_refusal_of_a_job(run: Run, sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault.redirect("https://login.example/"), "start_wan_25_task", 5)
    assert statuses(run(rows(6))) == {"succeeded": 6}


def test_one_failure_after_half_an_hour_without_a_start_is_no_outage(
    run: Run, sandbox: Sandbox
) -> None:
    sandbox.set_pace(processing_after=10, completed_after=2_000)
    for _ in range(4):  # Those that run first.
        sandbox.faults.add(Fault.stall(0), "start_wan_25_task")
    sandbox.faults.add(Fault.drop_before(), "start_wan_25_task", 1)
    outcomes = run(rows(8), client={"max_retries": 0}, concurrency=4)
    assert statuses(outcomes) == {"succeeded": 8}


def test_a_server_that_is_out_for_long_pauses_the_batch(run: Run, sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault.redirect("https://login.example/"), "start_wan_25_task", None)
    outcomes = run(rows(3))
    assert statuses(outcomes) == {"paused": 3}
    assert "nothing got through for 15 minutes" in str(outcomes[0].error)
    sandbox.faults.clear()
    assert statuses(run(rows(3))) == {"succeeded": 3}


def test_a_key_that_is_refused_in_the_middle_ends_the_run_and_loses_nothing(
    driver: Driver, run: Run, new_batch: NewBatch, sandbox: Sandbox, tmp_path: Path
) -> None:
    batch = new_batch(rows(12), concurrency=2)

    def refuse(taken: list[JobOutcome]) -> bool:
        if len(taken) == 3:
            sandbox.faults.add(Fault.code(401, status=401), None, None)
        return False

    with pytest.raises(errors.AuthenticationError):
        driver.items(batch, refuse)
    found = lines(tmp_path / "out")
    assert len(found) == 12
    sandbox.faults.clear()
    assert statuses(run(rows(12))) == {"succeeded": 12}
    assert (sandbox.starts, sandbox.paid_twice()) == (12, [])


def test_an_error_that_is_no_answer_to_a_job_is_raised_and_told_of_none(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr("a2e_sdk._batch.job_file.StagedJob.create_arguments", broken)
    with pytest.raises(RuntimeError, match="a defect"):
        run(rows(5))
    found = lines(tmp_path / "out")
    assert len(found) == 5
    assert {line["status"] for line in found} == {"paused"}


@pytest.mark.parametrize("minutes", [20, pytest.param(60, marks=pytest.mark.nightly)])
def test_reads_that_fail_for_longer_than_an_outage_lasts_lose_nothing(
    driver: Driver, new_batch: NewBatch, sandbox: Sandbox, clock: ManualClock, minutes: int
) -> None:
    for operation in ("get_wan_25_task", "get_many_wan_25_tasks", "list_wan_25_tasks"):
        sandbox.faults.add(Fault.http(502), operation, None)
    began = clock.now()

    class Healing(SandboxTransport):
        def _handle(self, request: HttpRequest) -> SandboxReply:
            if (clock.now() - began).total_seconds() > 60 * minutes:
                sandbox.faults.clear()
            return super()._handle(request)

    batch = new_batch(rows(4), transport=Healing(sandbox))
    assert statuses(driver.items(batch)) == {"succeeded": 4}
    assert sandbox.starts == 4


def test_results_that_cannot_be_downloaded_are_unsaved_and_saved_by_the_next_run(
    run: Run, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.faults.add(Fault.expired_link(), "download_file", None)
    outcomes = run(rows(3))
    assert statuses(outcomes) == {"unsaved": 3}
    assert [line["coins"] for line in lines(tmp_path / "out")] == [50, 50, 50]
    sandbox.faults.clear()
    assert statuses(run(rows(3))) == {"succeeded": 3}
    assert sandbox.starts == 3


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_full_disk_pauses_the_batch_and_pays_for_nothing_more(
    run: Run, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, driver: Driver, number: int
) -> None:
    def full(path: Path, _: object) -> None:
        raise OSError(number, os.strerror(number), str(path))

    package = "_sync" if driver.mode == "sync" else "_async"
    with monkeypatch.context() as patched:
        patched.setattr(f"a2e_sdk.{package}.batch.job.write_provenance", full)
        outcomes = run(rows(30), concurrency=2)
    found = statuses(outcomes)
    assert found["paused"] >= 20
    assert found["unsaved"] == sandbox.starts == 30 - found["paused"]
    assert "results can't be saved" in str(outcomes[-1].error)
    assert statuses(run(rows(30))) == {"succeeded": 30}
    assert (sandbox.starts, sandbox.paid_twice()) == (30, [])


def test_a_journal_that_is_gone_in_the_middle_ends_the_run_with_a_line_for_each_job(
    driver: Driver, new_batch: NewBatch, sandbox: Sandbox, tmp_path: Path
) -> None:
    batch = new_batch(rows(12), concurrency=3)

    def remove(taken: list[JobOutcome]) -> bool:
        if len(taken) == 2:
            (tmp_path / "journal.db").rename(tmp_path / "elsewhere.db")
        return False

    with pytest.raises(errors.JournalError, match="deleted or moved"):
        driver.items(batch, remove)
    assert len(lines(tmp_path / "out")) == 12
    (tmp_path / "elsewhere.db").rename(tmp_path / "journal.db")
    assert statuses(driver.items(new_batch(rows(12)))) == {"succeeded": 12}
    assert (sandbox.starts, sandbox.paid_twice()) == (12, [])


def test_a_client_that_is_closed_in_the_middle_ends_the_run_and_loses_nothing(
    driver: Driver, run: Run, sandbox: Sandbox, tmp_path: Path
) -> None:
    a2e = driver.client(
        region="sandbox", http_client=SandboxTransport(sandbox), journal=tmp_path / "journal.db"
    )
    batch = a2e.batch(rows(12), output=tmp_path / "out", concurrency=3)

    def close(taken: list[JobOutcome]) -> bool:
        if len(taken) == 2 and driver.mode == "sync":
            a2e.close()
        return False

    if driver.mode == "sync":
        with pytest.raises(errors.A2EError):
            driver.items(batch, close)
        assert len(lines(tmp_path / "out")) == 12
    assert statuses(run(rows(12))) == {"succeeded": 12}
    assert (sandbox.starts, sandbox.paid_twice()) == (12, [])


def test_a_job_that_never_gets_through_holds_up_no_other(
    driver: Driver, new_batch: NewBatch, sandbox: Sandbox, clock: ManualClock
) -> None:
    class OneFails(SandboxTransport):
        def send_request(self, request: HttpRequest) -> Any:
            self._refuse(request)
            return super().send_request(request)

        async def send_request_async(self, request: HttpRequest) -> Any:
            self._refuse(request)
            return await super().send_request_async(request)

        def _refuse(self, request: HttpRequest) -> None:
            if b"sea 3" in (request.body or b""):
                raise TransportFailure("it is never sent", Delivery.NOT_SENT)

    began = clock.now()
    done: list[float] = []

    def note(taken: list[JobOutcome]) -> bool:
        done.append((clock.now() - began).total_seconds())
        return False

    outcomes = driver.items(new_batch(rows(10), transport=OneFails(sandbox)), note)
    assert statuses(outcomes) == {"succeeded": 9, "paused": 1}
    assert done[8] < 400 < 900 <= done[9]


def test_a_link_for_an_upload_that_has_expired_is_no_refusal_of_the_job(
    run: Run, sandbox: Sandbox, tmp_path: Path
) -> None:
    face = tmp_path / "me.png"
    face.write_bytes(PNG)
    sandbox.faults.add(Fault.expired_link(), "put_upload", 2)
    jobs = [Job("face-swap", "one", {"face": str(face), "video": "https://x.org/1.mp4"})]
    assert statuses(run(jobs)) == {"succeeded": 1}


def test_two_batches_of_one_client_run_side_by_side_in_threads(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    with A2E(
        region="sandbox", http_client=SandboxTransport(sandbox), journal=tmp_path / "journal.db"
    ) as a2e:

        def work(name: str) -> dict[str, int]:
            jobs = [Job("wan-25", f"{name}-{n}", {"prompt": f"{name} {n}"}) for n in range(20)]
            return statuses(a2e.batch(jobs, output=tmp_path / name))

        with ThreadPoolExecutor(4) as threads:
            assert list(threads.map(work, "abcd")) == [{"succeeded": 20}] * 4
    assert (sandbox.starts, sandbox.paid_twice()) == (80, [])


# A file that Ctrl-C meets while it is being opened is left to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
# It may come between opening a file and closing it, or while something is let go of.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("seed", range(3))
def test_ctrl_c_at_random_moments_loses_nothing(
    sandbox: Sandbox, tmp_path: Path, seed: int
) -> None:
    """The same process goes on: what its threads were doing is not paid again."""
    chance = random.Random(seed)
    interrupted = 0
    for _ in range(40):
        a2e = A2E(
            region="sandbox", http_client=SandboxTransport(sandbox), journal=tmp_path / "j.db"
        )
        timer = threading.Timer(chance.uniform(0.0, 0.15), interrupt_main)
        try:
            try:
                timer.start()
                outcomes = list(a2e.batch(rows(25), output=tmp_path / "out"))
            finally:
                timer.cancel()
                timer.join()
            if statuses(outcomes) == {"succeeded": 25}:
                break
        except KeyboardInterrupt:
            interrupted += 1
    outcomes = list(a2e.batch(rows(25), output=tmp_path / "out"))
    assert statuses(outcomes) == {"succeeded": 25}
    assert interrupted
    assert (sandbox.starts, sandbox.paid_twice()) == (25, [])
    assert [line["key"] for line in lines(tmp_path / "out")] == [f"row-{n}" for n in range(25)]


def test_stopped_from_another_thread_at_random_moments_it_loses_nothing(
    driver: Driver, new_batch: NewBatch, sandbox: Sandbox, tmp_path: Path
) -> None:
    chance = random.Random(3)
    for _ in range(15):
        batch = new_batch(rows(25), concurrency=3)
        timer = threading.Timer(chance.uniform(0.0, 0.1), batch.stop)
        timer.start()
        outcomes = driver.items(batch)
        timer.join()
        assert sum(statuses(outcomes).values()) == 25
        assert len(lines(tmp_path / "out")) == 25
    assert statuses(driver.items(new_batch(rows(25)))) == {"succeeded": 25}
    assert (sandbox.starts, sandbox.paid_twice()) == (25, [])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_batch_runs_in_a_forked_child_of_a_client_that_ran_one(
    driver: Driver, new_batch: NewBatch, tmp_path: Path
) -> None:
    driver.items(new_batch(rows(3)))
    batch = new_batch(rows(6))
    child = os.fork()
    if not child:
        code = 1
        try:
            found = list(batch) if driver.mode == "sync" else Driver(driver.mode).items(batch)
            code = 0 if statuses(found) == {"succeeded": 6} else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_folder_that_is_removed_in_the_middle_is_told_and_nothing_is_paid_twice(
    driver: Driver, new_batch: NewBatch, sandbox: Sandbox, tmp_path: Path
) -> None:
    batch = new_batch(rows(12), concurrency=2)

    def remove(taken: list[JobOutcome]) -> bool:
        if len(taken) == 3:
            shutil.rmtree(tmp_path / "out", ignore_errors=True)
        return False

    with pytest.raises(OSError, match=r"results\.jsonl"):
        driver.items(batch, remove)
    assert sandbox.starts < 12
    assert statuses(driver.items(new_batch(rows(12)))) == {"succeeded": 12}
    assert (sandbox.starts, sandbox.paid_twice()) == (12, [])
    assert len(lines(tmp_path / "out")) == 12


def test_a_task_that_has_ended_when_it_is_found_is_saved_without_a_pause(
    run: Run, sandbox: Sandbox, pauses: list[float]
) -> None:
    sandbox.set_pace(processing_after=0, completed_after=0)
    assert statuses(run(rows(1))) == {"succeeded": 1}
    assert sum(pauses) < 0.1

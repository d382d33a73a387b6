"""Celery, as docs/engines.md has it: a message that comes back after its video was paid costs nothing.

The broker is Kombu's file-system transport, across processes. It removes a message from the queue
when a worker takes it, and keeps it in a folder beside. A pool process that is killed is noticed by
its worker, which puts the message back itself. A whole worker that is killed puts nothing back: the
test does then what a broker does whose connection ends, with the file of that message as it was.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytest.importorskip("celery")

from engine_cases import KillingSandbox, environment, program, until

from a2e_sdk import A2E
from a2e_sdk.sandbox.http_server import serve

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL and processes that fork"),
]

ORDERS = 6
KILLED = 3
_WORDS = "celery import Celery"
#: Where the broker is, and which process runs a task: the module of the page is used as it stands.
_SETUP = """
import os
from pathlib import Path
from celery.signals import task_prerun
from videos import app
app.conf.broker_transport_options = {
    "data_folder_in": "queue", "data_folder_out": "queue", "control_folder": "control",
    "store_processed": True, "processed_folder": "taken", "polling_interval": 0.1,
}
app.conf.broker_connection_retry_on_startup = True
@task_prerun.connect
def note(**_):
    Path("running").write_text(str(os.getpid()))
"""
_PRODUCER = """
import sys, setup
from videos import make_video
for number in range(int(sys.argv[1])):
    make_video.delay(str(number), f"sea {number}")
"""


class Celery:
    """A broker, and workers one after the other.

    Args:
        folder: Where they run.
        variables: Their environment.
        with_key: Whether the task has the key that the page gives it.
    """

    def __init__(self, folder: Path, variables: dict[str, str], *, with_key: bool) -> None:
        self.folder, self.url = folder, variables["A2E_BASE_URL"]
        self._environment = variables | {"CELERY_BROKER_URL": "filesystem://"}
        for name in ("queue", "control", "taken"):
            (folder / name).mkdir()
        (folder / "videos.py").write_text(program(_WORDS, with_key=with_key))
        (folder / "setup.py").write_text(_SETUP)
        self.worker: subprocess.Popen[bytes] | None = None
        self._workers = 0

    def running(self) -> int:
        """Return the process of the task that runs."""
        return int((self.folder / "running").read_text())

    def main_process(self) -> int:
        """Return the process of the worker, whose group has all of its pool."""
        assert self.worker is not None
        return self.worker.pid

    def send(self, count: int) -> None:
        done = subprocess.run(
            [sys.executable, "-c", _PRODUCER, str(count)],
            cwd=self.folder,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    @contextmanager
    def work(self) -> Iterator[None]:
        """Run a worker with one pool process."""
        self._workers += 1
        options = ["--pool", "prefork", "--concurrency", "1", "--loglevel", "INFO"]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        with open(self.folder / f"worker-{self._workers}.log", "wb") as log:
            self.worker = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "setup", "worker", *options, *quiet],
                cwd=self.folder,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            yield
        finally:
            if self.worker.poll() is None:
                os.killpg(self.worker.pid, signal.SIGKILL)
            self.worker.wait()

    def saved(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob("*.mp4"))

    def deliver_again(self, known: set[str]) -> int:
        """Put the messages back that were taken and are not among the known; return their number."""
        lost = [path for path in (self.folder / "taken").glob("*.msg") if path.name not in known]
        for path in lost:
            shutil.move(path, self.folder / "queue" / path.name)
        return len(lost)

    def logs(self) -> str:
        return "\n".join(path.read_text() for path in sorted(self.folder.glob("*.log")))


@pytest.fixture
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "file":
        return str(tmp_path / "journal.db")
    return str(request.getfixturevalue("postgres_journal"))


def on_journals(usual: str, other: str) -> pytest.MarkDecorator:
    """Try a test with one kind of journal, and nightly with the other one.

    A journal of either kind doesn't know what brings a message back, nor Celery the journal.
    """
    kinds = [usual, pytest.param(other, marks=pytest.mark.nightly)]
    return pytest.mark.parametrize("journal", kinds, indirect=True)


@contextmanager
def celery_and_sandbox(
    folder: Path, journal: str, *, with_key: bool = True, is_group: bool = False
) -> Iterator[tuple[Celery, KillingSandbox]]:
    made: list[Celery] = []

    def victim() -> int:
        return made[0].main_process() if is_group else made[0].running()

    sandbox = KillingSandbox(victim, KILLED, is_group=is_group)
    with serve(sandbox) as server:
        variables = environment(server.url, A2E_JOURNAL=journal)
        made.append(Celery(folder, variables, with_key=with_key))
        yield made[0], sandbox


def wait_for_all(celery: Celery) -> None:
    names = [f"{number}.mp4" for number in range(ORDERS)]
    until(lambda: celery.saved() == names, celery.logs)


def require_one_payment_for_each(celery: Celery, sandbox: KillingSandbox, journal: str) -> None:
    assert sandbox.kills == 1
    assert sandbox.paid_twice() == []
    assert sandbox.starts == ORDERS
    with A2E("sk_engines", base_url=celery.url, journal=journal) as a2e:
        keys = [entry.key for entry in a2e.journal.entries()]
    assert sorted(map(str, keys)) == [f"order-{number}" for number in range(ORDERS)]


@on_journals("file", "postgres")
def test_a_message_of_a_killed_pool_process_comes_back_and_costs_nothing(
    tmp_path: Path, journal: str
) -> None:
    with celery_and_sandbox(tmp_path, journal) as (celery, sandbox):
        celery.send(ORDERS)
        with celery.work():
            wait_for_all(celery)
        # Celery itself put one message back, and it was the same one.
        received = re.findall(r"make_video\[([\w-]+)\] received", celery.logs())
        assert len(received) == ORDERS + 1
        assert len(set(received)) == ORDERS
        require_one_payment_for_each(celery, sandbox, journal)


@on_journals("postgres", "file")
def test_messages_of_a_killed_worker_come_back_and_cost_nothing(
    tmp_path: Path, journal: str
) -> None:
    with celery_and_sandbox(tmp_path, journal, is_group=True) as (celery, sandbox):
        celery.send(ORDERS)
        with celery.work():
            assert celery.worker is not None
            celery.worker.wait(60)
        assert celery.worker.returncode == -signal.SIGKILL, celery.logs()
        assert sandbox.starts == KILLED
        # All that it had taken: what it had done and acknowledged comes again too, as it may.
        assert celery.deliver_again(known=set()) >= KILLED
        with celery.work():
            wait_for_all(celery)
            until(lambda: not list((tmp_path / "queue").iterdir()), celery.logs)
        require_one_payment_for_each(celery, sandbox, journal)


def test_without_the_key_the_same_message_is_paid_twice(tmp_path: Path) -> None:
    journal = str(tmp_path / "journal.db")
    with celery_and_sandbox(tmp_path, journal, with_key=False) as (celery, sandbox):
        celery.send(ORDERS)
        with celery.work():
            wait_for_all(celery)
        assert sandbox.kills == 1
        assert sandbox.starts == ORDERS + 1
        assert len(sandbox.paid_twice()) == 1

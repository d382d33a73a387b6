"""What keeps a cluster from running a batch is told before the first coin, and by name."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed")

from dask_processes import KEY, SPEED, DaskProcesses, dask_processes, environment

import a2e_api
import a2e_sdk
from a2e_sdk import A2E, errors
from a2e_sdk.sandbox import Sandbox, SandboxForTests
from a2e_sdk.sandbox.http_server import serve
from batch.batch_cases import lines, rows, statuses
from batch.killed_batch import FastClock


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A2E_API_KEY", KEY)


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(clock=FastClock(SPEED), seed_records=False, coins=10**9, completed_after=5.0)


@pytest.fixture
def url(sandbox: Sandbox) -> Iterator[str]:
    with serve(sandbox) as server:
        yield server.url


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[DaskProcesses]:
    """A scheduler without workers."""
    with dask_processes(tmp_path / "dask", workers=0) as running:
        yield running


def refusal(sandbox: Sandbox, url: str, folder: Path, address: Any, **options: Any) -> str:
    """Why a batch is refused; nothing was started then, and no outcome is written."""
    with A2E(KEY, base_url=url, **options) as a2e, pytest.raises(errors.ConfigurationError) as told:
        list(a2e.batch(rows(3), output=folder, executor=address))
    assert sandbox.starts == 0
    assert not (folder / "results.jsonl").exists()
    text = str(told.value)
    assert text.endswith("Nothing was started.")
    assert KEY not in text
    return text


def test_a_worker_without_a_key(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    cluster.start_worker(A2E_API_KEY="")
    cluster.wait_for_workers(1)
    text = refusal(sandbox, url, tmp_path / "out", cluster.address)
    assert text.startswith("the Dask worker tcp://127.0.0.1:")
    assert "A2E_API_KEY" in text


def test_a_worker_of_another_account(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    cluster.start_worker()
    cluster.start_worker(A2E_API_KEY="sk_another")
    cluster.wait_for_workers(2)
    text = refusal(sandbox, url, tmp_path / "out", cluster.address)
    assert "is of another account" in text
    assert "sk_another" not in text


def copied_sdk(folder: Path, version: str) -> str:
    for package in (a2e_sdk, a2e_api):
        source = Path(str(package.__file__)).parent
        shutil.copytree(source, folder / source.name, ignore=shutil.ignore_patterns("__pycache__"))
    file = folder / "a2e_sdk" / "version.py"
    file.write_text(f'"""Another one."""\n\n__version__ = "{version}"\n')
    return str(folder)


def test_a_worker_with_another_version(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    cluster.start_worker(PYTHONPATH=copied_sdk(tmp_path / "old", "0.0.7"))
    cluster.wait_for_workers(1)
    text = refusal(sandbox, url, tmp_path / "out", cluster.address)
    assert "the Dask worker tcp://" in text
    assert "has a2e-sdk 0.0.7" in text
    assert f"a2e-sdk[dask]=={a2e_sdk.__version__}" in text


def test_a_worker_without_the_sdk(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    cluster.start_worker(preload="import sys\nsys.modules['a2e_sdk'] = None\n")
    cluster.wait_for_workers(1)
    assert "has no a2e-sdk" in refusal(sandbox, url, tmp_path / "out", cluster.address)


def test_a_scheduler_with_another_version(tmp_path: Path, sandbox: Sandbox, url: str) -> None:
    processes = DaskProcesses(tmp_path / "dask")
    try:
        processes.start_scheduler(PYTHONPATH=copied_sdk(tmp_path / "old", "0.0.7"))
        processes.start_worker()
        processes.wait_for_workers(1)
        text = refusal(sandbox, url, tmp_path / "out", processes.address)
    finally:
        processes.close()
    assert text.startswith(f"the Dask scheduler {processes.address} has a2e-sdk 0.0.7")


def elsewhere(folder: Path) -> tuple[str, ...]:
    """The command that gives another one an empty folder of its own in place of one."""
    mount = 'folder=$1; shift; mount -t tmpfs none "$folder" && exec "$@"'
    command = ("unshare", "--mount", "sh", "-c", mount, "sh", str(folder))
    folder.mkdir(exist_ok=True)
    try:
        done = subprocess.run([*command, "true"], capture_output=True, check=False)
    except OSError:
        pytest.skip("there is no unshare")
    if done.returncode:
        pytest.skip("mounts of one process need rights")
    return command


def test_a_worker_without_the_folder(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    folder = tmp_path / "shared"
    cluster.start_worker(before=elsewhere(folder))
    cluster.wait_for_workers(1)
    text = refusal(sandbox, url, folder / "out", cluster.address, journal=tmp_path / "j.db")
    assert "does not see the folder" in text
    assert str(folder / "out") in text


def test_a_worker_without_the_journal(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    folder = tmp_path / "journals"
    cluster.start_worker(before=elsewhere(folder))
    cluster.wait_for_workers(1)
    text = refusal(sandbox, url, tmp_path / "out", cluster.address, journal=folder / "j.db")
    assert "does not see the folder" in text
    assert str(folder) in text


def test_a_copy_of_the_folder_is_not_the_folder(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    folder = tmp_path / "shared"
    with A2E(KEY, base_url=url) as a2e:
        batch = a2e.batch(rows(3), output=folder)
        batch.check()
    copy = tmp_path / "copy"
    mount = 'folder=$1; copy=$2; shift 2; mount --bind "$copy" "$folder" && exec "$@"'
    elsewhere(folder)  # It tells whether mounts are allowed.
    shutil.copytree(folder, copy)
    cluster.start_worker(
        before=("unshare", "--mount", "sh", "-c", mount, "sh", str(folder), str(copy))
    )
    cluster.wait_for_workers(1)
    assert "does not see the folder" in refusal(sandbox, url, folder, cluster.address)


def test_a_worker_that_comes_later_and_is_unfit_starts_nothing(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    cluster.start_worker()
    cluster.wait_for_workers(1)
    with A2E(KEY, base_url=url) as a2e:
        batch = a2e.batch(
            rows(24), output=tmp_path / "out", concurrency=2, executor=cluster.address
        )
        outcomes = iter(batch)
        first = next(outcomes)
        cluster.start_worker(threads=2, A2E_API_KEY="")
        cluster.wait_for_workers(2)
        assert statuses([first, *outcomes]) == {"succeeded": 24}
        assert batch._loop is None
    assert sandbox.paid_twice() == []
    assert len(lines(tmp_path / "out")) == 24


def test_a_cluster_without_workers(
    tmp_path: Path, sandbox: Sandbox, url: str, cluster: DaskProcesses
) -> None:
    text = refusal(sandbox, url, tmp_path / "out", cluster.address)
    assert f"has no workers: start some, such as with: dask worker {cluster.address}" in text


def test_a_scheduler_that_is_not_there(
    tmp_path: Path, sandbox: Sandbox, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("a2e_sdk._cluster.connection._CONNECT", 0.5)
    text = refusal(sandbox, url, tmp_path / "out", "tcp://127.0.0.1:9")
    assert "no Dask scheduler was reached at 'tcp://127.0.0.1:9'" in text


def test_what_failed_is_not_set_aside_where_the_cluster_is_refused(
    tmp_path: Path, sandbox: Sandbox, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("a2e_sdk._cluster.connection._CONNECT", 0.5)
    with A2E(KEY, base_url=url) as a2e:
        batch = a2e.batch(rows(1), output=tmp_path / "out")
        before = list(batch)
        text = (tmp_path / "out" / "results.jsonl").read_text()
        with pytest.raises(errors.ConfigurationError):
            list(
                a2e.batch(
                    output=tmp_path / "out",
                    retry=[before[0].status],
                    executor="tcp://127.0.0.1:9",
                )
            )
        assert (tmp_path / "out" / "results.jsonl").read_text() == text
        assert statuses(a2e.batch(rows(1), output=tmp_path / "out")) == {"succeeded": 1}
    assert sandbox.starts == 1


def test_the_sandbox_of_this_process_and_own_connections_reach_no_worker(
    tmp_path: Path, cluster: DaskProcesses
) -> None:
    for a2e in (A2E(region="sandbox"), SandboxForTests().client()):
        with a2e, pytest.raises(errors.ConfigurationError, match="a2e sandbox"):
            a2e.batch(rows(1), output=tmp_path / "out", executor=cluster.address)


@pytest.mark.parametrize("executor", [object(), 8786, subprocess])
def test_an_executor_of_another_kind(tmp_path: Path, executor: object) -> None:
    with A2E(KEY) as a2e, pytest.raises(TypeError, match=r"distributed\.Client or the address"):
        a2e.batch(rows(1), output=tmp_path / "out", executor=executor)  # type: ignore[arg-type]


def test_a_client_that_is_closed(tmp_path: Path, cluster: DaskProcesses) -> None:
    from distributed import Client

    client = Client(cluster.address, set_as_default=False)
    client.close()
    with A2E(KEY) as a2e, pytest.raises(errors.ConfigurationError, match="is not connected"):
        a2e.batch(rows(1), output=tmp_path / "out", executor=client)


def test_without_dask_the_sentence_has_the_line_for_pip(tmp_path: Path) -> None:
    (tmp_path / "jobs.csv").write_text("key,prompt\nrow-0,sea\n")
    program = (
        "import sys\nsys.modules['distributed'] = None\n"
        "from a2e_sdk.cli import main\nsys.exit(main())\n"
    )
    command = ["batch", "run", "jobs.csv", "--engine", "wan-25", "--output", "out"]
    done = subprocess.run(
        [sys.executable, "-c", program, *command, "--dask", "tcp://127.0.0.1:9"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert 'pip install "a2e-sdk[dask]"' in done.stderr
    assert not (tmp_path / "out" / "jobs.jsonl").exists()


def test_dask_is_loaded_for_clusters_only(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom a2e_sdk.sandbox import SandboxForTests\n"
        "jobs = [{'engine': 'wan-25', 'key': 'a', 'prompt': 'a sea'}]\n"
        "assert len(list(SandboxForTests().client().batch(jobs, output='out'))) == 1\n"
        "assert 'dask' not in sys.modules and 'distributed' not in sys.modules\n"
        "assert 'a2e_sdk._worker' not in sys.modules\n"
    )
    subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment(), timeout=60, check=True
    )


def test_a_server_that_is_no_scheduler(
    tmp_path: Path, sandbox: Sandbox, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("a2e_sdk._cluster.connection._CONNECT", 0.5)
    address = url.replace("http://", "tcp://")
    text = refusal(sandbox, url, tmp_path / "out", address)
    assert f"no Dask scheduler was reached at {address!r}" in text

"""Batches from one bucket into another: checked before the first coin, whole, and once paid for."""

from __future__ import annotations

import hashlib
import json
import logging
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("obstore")
pytest.importorskip("moto")

from object_store import SECRET, ObjectStore, StoreRequest, refusal

from a2e_sdk import CloudPath, Job, JobOutcome, errors
from a2e_sdk._files import object_store
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver

pytestmark = pytest.mark.usefixtures("pauses")

JPEG = b"\xff\xd8\xff\xe0" + bytes(5000)
VIDEO = "https://example.com/clip.mp4"
OUT = "s3://bucket/night/"


@pytest.fixture(scope="module")
def server() -> Iterator[ObjectStore]:
    with ObjectStore() as server:
        yield server


@pytest.fixture
def store(server: ObjectStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ObjectStore:
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    # Other processes test with the same names at the same time.
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    object_store._store.cache_clear()
    monkeypatch.chdir(tmp_path)
    server.reset()
    for number in range(3):
        server.put(f"faces/{number}.jpg", JPEG + bytes([number]))
    return server


Run = Callable[..., list[JobOutcome]]


@pytest.fixture
def batch(driver: Driver, sandbox: Sandbox, tmp_path: Path) -> Callable[..., Any]:
    def make(jobs: Any = None, client: dict[str, Any] | None = None, **options: Any) -> Any:
        transport = SandboxTransport(sandbox)
        a2e = driver.client(
            region="sandbox",
            http_client=transport,
            **{"journal": tmp_path / "state" / "journal.db", **(client or {})},
        )
        return a2e.batch(jobs, **{"output": OUT, **options})

    return make


@pytest.fixture(autouse=True)
def _state(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()


@pytest.fixture
def run(driver: Driver, batch: Callable[..., Any]) -> Run:
    def run_batch(*arguments: Any, **options: Any) -> list[JobOutcome]:
        return driver.items(batch(*arguments, **options))

    return run_batch


def swaps(count: int = 3) -> list[Job]:
    return [
        Job("face-swap", f"job-{n}", {"face": f"s3://bucket/faces/{n}.jpg", "video": VIDEO})
        for n in range(count)
    ]


def paid(sandbox: Sandbox) -> int:
    return sandbox.requests.count("add_face_swap_task")


def test_a_batch_reads_one_bucket_and_writes_into_another(
    run: Run, sandbox: Sandbox, store: ObjectStore, tmp_path: Path
) -> None:
    outcomes = run(swaps())
    assert {one.status.value for one in outcomes} == {"succeeded"}
    for outcome in outcomes:
        assert isinstance(outcome.path, CloudPath)
        assert outcome.path == f"{OUT}{outcome.key}.mp4"
        content = store.content(f"night/{outcome.key}.mp4")
        assert content is not None
        assert outcome.sha256 == hashlib.sha256(content).hexdigest()
        assert outcome.size == len(content)
        assert outcome.etag
        made = json.loads(store.content(f"night/{outcome.key}.json") or b"")
        assert made["inputs"]["face"]["object"] == f"s3://bucket/faces/{outcome.key[4:]}.jpg"
        assert made["files"] == [f"{outcome.key}.mp4"]
    (work,) = (one for one in (tmp_path / "state").iterdir() if one.is_dir())
    assert work.name.startswith("bucket-night-")
    written = store.content("night/results.jsonl") or b""
    assert written == (work / "results.jsonl").read_bytes()
    assert [json.loads(line)["path"] for line in written.splitlines()] == [
        f"{OUT}job-{n}.mp4" for n in range(3)
    ]
    assert sorted(store.names())[-1] == "night/results.jsonl"
    assert store.unfinished() == 0
    assert {one.content for one in sandbox.uploads.values()} == {
        JPEG + bytes([n]) for n in range(3)
    }
    assert not [one for one in work.rglob("*") if one.suffix == ".mp4"]


def test_the_same_again_leaves_what_is_finished_alone(
    run: Run, sandbox: Sandbox, store: ObjectStore
) -> None:
    first = run(swaps())
    asked = len(sandbox.requests)
    store.requests.clear()
    again = run(swaps())
    assert len(sandbox.requests) == asked
    assert {one.key: one.paths for one in again} == {one.key: one.paths for one in first}
    changed = {one.path for one in store.requests if one.method in ("PUT", "POST", "DELETE")}
    assert all("results.jsonl" in path or ".a2e-probe" in path for path in changed)


def test_an_object_that_is_gone_or_changed_is_saved_again_and_not_paid_again(
    run: Run, sandbox: Sandbox, store: ObjectStore
) -> None:
    run(swaps())
    content = store.content("night/job-0.mp4")
    store.ask("DELETE", "/bucket/night/job-0.mp4")
    size = len(store.content("night/job-1.mp4") or b"")
    store.put("night/job-1.mp4", bytes(size))  # of the same size, and another
    assert {one.status.value for one in run(swaps())} == {"succeeded"}
    assert store.content("night/job-0.mp4") == content
    assert store.content("night/job-1.mp4") != bytes(size)
    assert paid(sandbox) == 3
    assert sandbox.paid_twice() == []


def test_all_mistakes_are_told_before_the_first_coin(
    run: Run, sandbox: Sandbox, store: ObjectStore, tmp_path: Path
) -> None:
    store.put("faces/text.jpg", b"<html>")
    table = tmp_path / "jobs.csv"
    table.write_text(
        "key,face,video\n"
        f"a,s3://bucket/faces/0.jpg,{VIDEO}\n"
        f"b,s3://bucket/faces/none.jpg,{VIDEO}\n"
        f"c,s3://nowhere/0.jpg,{VIDEO}\n"
        f"d,s3://bucket/faces/text.jpg,{VIDEO}\n"
        f"e,s3:///x.jpg,{VIDEO}\n"
    )
    with pytest.raises(errors.InvalidJobsError) as raised:
        run(str(table), engine="face-swap")
    assert raised.value.total == 4
    for line, text in ((3, "none.jpg"), (4, "nowhere"), (5, "unknown type"), (6, "name a bucket")):
        (mistake,) = (one for one in raised.value.mistakes if f"line {line}" in one)
        assert text in mistake
        assert "face" in mistake
    assert paid(sandbox) == 0


@pytest.mark.parametrize(
    ("output", "told", "text"),
    [
        ("s3://nowhere/night/", None, "no bucket 's3://nowhere'"),
        (OUT, refusal(403, "AccessDenied"), "must not write"),
        (OUT, refusal(400, "ExpiredToken"), "have expired"),
    ],
)
def test_a_bucket_that_can_t_be_written_to_is_told_before_the_first_coin(
    run: Run, sandbox: Sandbox, store: ObjectStore, output: str, told: Any, text: str
) -> None:
    store.faults.append(lambda request: told if request.method == "POST" else None)
    with pytest.raises(errors.ConfigurationError, match=text):
        run(swaps(), output=output)
    assert len(sandbox.requests) == 0


def test_an_object_that_changes_after_the_check_is_not_started(
    driver: Driver, batch: Callable[..., Any], sandbox: Sandbox, store: ObjectStore
) -> None:
    night = batch(swaps())
    driver.run(night.check())
    store.put("faces/1.jpg", JPEG[::-1])
    outcomes = {one.key: one for one in driver.items(night)}
    assert outcomes["job-1"].status.value == "refused"
    assert "was changed since" in str(outcomes["job-1"].error)
    assert {outcomes[key].status.value for key in ("job-0", "job-2")} == {"succeeded"}
    assert paid(sandbox) == 2


def test_a_result_that_the_store_refuses_is_kept_for_the_next_run(
    run: Run, sandbox: Sandbox, store: ObjectStore
) -> None:
    def fault(request: StoreRequest) -> Any:
        is_result = request.method == "PUT" and "job-1.mp4" in request.path
        return refusal(403, "AccessDenied") if is_result else None

    store.faults.append(fault)
    outcomes = {one.key: one.status.value for one in run(swaps())}
    assert outcomes == {"job-0": "succeeded", "job-1": "unsaved", "job-2": "succeeded"}
    store.faults.clear()
    assert {one.status.value for one in run(swaps())} == {"succeeded"}
    assert store.content("night/job-1.mp4")
    assert paid(sandbox) == 3


def test_a_bucket_that_takes_nothing_any_more_pauses_the_batch(
    run: Run, sandbox: Sandbox, store: ObjectStore
) -> None:
    told = refusal(400, "ExpiredToken")
    store.faults.append(
        lambda request: told if request.method == "PUT" and ".mp4" in request.path else None
    )
    jobs = [Job("wan-25", f"job-{n}", {"prompt": f"sea {n}"}) for n in range(30)]
    outcomes = [one.status.value for one in run(jobs, concurrency=2)]
    assert outcomes.count("unsaved") <= 4
    assert outcomes.count("paused") >= 20
    store.faults.clear()
    assert {one.status.value for one in run(jobs)} == {"succeeded"}
    assert sandbox.requests.count("start_wan_25_task") == 30


def test_signed_inputs_leave_no_link_anywhere(
    run: Run,
    sandbox: Sandbox,
    store: ObjectStore,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    outcomes = run(swaps(), client={"cloud_inputs": "sign"})
    assert {one.status.value for one in outcomes} == {"succeeded"}
    assert store.bytes_read() == 0
    assert sandbox.uploads == {}
    assert {one.key for one in run(swaps(), client={"cloud_inputs": "sign"})} == {
        "job-0",
        "job-1",
        "job-2",
    }
    assert paid(sandbox) == 3
    kept = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert len(kept) >= 4
    kept |= {Path(name): store.content(name) or b"" for name in store.names()}
    for file, content in kept.items():
        assert b"X-Amz" not in content, file
        assert SECRET.encode() not in content, file
    assert "X-Amz" not in caplog.text


def test_outputs_may_be_in_folders_and_have_names(
    run: Run, store: ObjectStore, tmp_path: Path
) -> None:
    jobs = [Job("wan-25", "one", {"prompt": "sea"}, output="a/b/sea.mp4")]
    (outcome,) = run(jobs, output="s3://bucket", work=tmp_path / "work")
    assert outcome.path == "s3://bucket/a/b/sea.mp4"
    assert store.content("a/b/sea.mp4")
    assert store.content("a/b/sea.json")
    assert store.content("results.jsonl") == (tmp_path / "work" / "results.jsonl").read_bytes()


def test_work_is_for_stores_alone(batch: Callable[..., Any], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="work is for results that go to a store"):
        batch(swaps(), output=tmp_path / "out", work=tmp_path)

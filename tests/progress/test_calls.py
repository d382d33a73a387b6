"""``progress=`` of every call that lasts, in both clients."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from a2e_sdk import Progress, errors
from a2e_sdk.sandbox import Sandbox
from driver import Driver

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(300)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Progress]:
    """Get everything that a function is told, without a pause between."""
    monkeypatch.setattr("a2e_sdk._progress.reporter.PACE_SECONDS", 0.0)
    return []


def activities(shown: list[Progress]) -> list[str]:
    return list(dict.fromkeys(progress.activity for progress in shown))


def test_a_run_tells_of_its_upload_and_its_wait(
    driver: Driver, a2e: Any, pauses: list[float], shown: list[Progress]
) -> None:
    task = driver.run(a2e.wan_25.run(prompt="x", image=PICTURE, progress=shown.append))
    assert activities(shown) == ["starting", "uploading", "waiting"]
    assert shown[-1].counts == {"succeeded": 1}
    assert shown[-1].task_id == task.id
    assert shown[-1].done == shown[-1].total == 1


def test_the_runs_that_are_written_by_hand_tell_too(
    driver: Driver, a2e: Any, pauses: list[float], shown: list[Progress]
) -> None:
    (avatar, *_) = driver.items(a2e.avatars.list())
    driver.run(a2e.avatar_videos.speak("Hello", avatar=avatar, progress=shown.append))
    assert activities(shown) == ["starting", "waiting"]


def test_a_wait_tells_after_each_look(
    driver: Driver, a2e: Any, pauses: list[float], shown: list[Progress]
) -> None:
    task = driver.run(a2e.wan_25.create(prompt="x"))
    driver.run(a2e.wan_25.wait(task.id, progress=shown.append, poll=1))
    assert shown[0].counts == {"not seen yet": 1}
    assert shown[-1].counts == {"succeeded": 1}
    assert len(shown) > len(pauses)


def test_a_wait_for_many_counts_them_also_those_that_have_ended(
    driver: Driver, a2e: Any, pauses: list[float], shown: list[Progress]
) -> None:
    ended = driver.run(a2e.wan_25.run(prompt="x"))
    tasks = [driver.run(a2e.wan_25.create(prompt=word)) for word in ("sea", "rain")]
    everything = [ended, *tasks]
    assert len(driver.items(a2e.wait_many(everything, progress=shown.append))) == 3
    assert (shown[-1].done, shown[-1].total) == (3, 3)
    shown.clear()
    assert len(driver.items(a2e.wan_25.wait_many(everything, progress=shown.append))) == 3
    assert (shown[-1].done, shown[-1].total) == (3, 3)


def test_a_download_tells_of_its_bytes(
    driver: Driver, a2e: Any, pauses: list[float], shown: list[Progress], tmp_path: Path
) -> None:
    task = driver.run(a2e.wan_25.run(prompt="x"))
    received: list[tuple[int, int | None]] = []
    (path,) = driver.run(
        a2e.download(
            task,
            tmp_path / "out.mp4",
            progress=shown.append,
            on_progress=lambda *sizes: received.append(sizes),
        )
    )
    assert activities(shown) == ["downloading"]
    assert shown[-1].done == shown[-1].total == path.stat().st_size
    assert received[-1] == (shown[-1].done, shown[-1].total)


def test_a_batch_tells_of_its_jobs(
    driver: Driver, a2e: Any, pauses: list[float], shown: list[Progress], tmp_path: Path
) -> None:
    jobs = [{"prompt": word} for word in ("sea", "rain", "snow")]
    batch = a2e.batch(jobs, engine="wan-25", output=tmp_path, progress=shown.append)
    driver.items(batch)
    assert activities(shown) == ["batch"]
    assert (shown[-1].done, shown[-1].total) == (3, 3)
    assert shown[-1].counts == {"succeeded": 3}
    assert any("under way" in progress.counts for progress in shown)
    count = len(shown)
    batch.stop()
    assert len(shown) == count  # it is over


def test_a_wrong_progress_is_refused_before_anything_is_sent(
    driver: Driver, a2e: Any, sandbox: Sandbox, tmp_path: Path
) -> None:
    batch = a2e.batch([{"prompt": "x"}], engine="wan-25", output=tmp_path / "r", progress=1)
    calls = [
        lambda: driver.run(a2e.wan_25.run(prompt="x", progress="yes")),
        lambda: driver.run(a2e.wan_25.wait("0" * 24, progress=None)),
        lambda: driver.items(a2e.wan_25.wait_many(["0" * 24], progress=2)),
        lambda: driver.items(a2e.wait_many([], progress=2)),
        lambda: driver.run(a2e.download("https://cdn.example/1", tmp_path, progress=[])),
        lambda: driver.items(batch),
    ]
    for call in calls:
        with pytest.raises(TypeError, match="progress must be True, False or a function"):
            call()
    assert len(sandbox.requests) == 0


def test_a_function_that_fails_after_the_start_leaves_the_task_named(
    driver: Driver, a2e: Any, sandbox: Sandbox, shown: list[Progress]
) -> None:
    def fail(progress: Progress) -> None:
        if progress.activity == "waiting":
            raise RuntimeError("mine")

    with pytest.raises(RuntimeError, match="mine") as raised:
        driver.run(a2e.wan_25.run(prompt="x", progress=fail))
    assert "was started, and goes on running" in raised.value.__notes__[0]
    assert sandbox.requests.count("start_wan_25_task") == 1


def test_a_display_that_fails_breaks_nothing(
    driver: Driver,
    a2e: Any,
    pauses: list[float],
    monkeypatch: pytest.MonkeyPatch,
    shown: list[Progress],
) -> None:
    class Broken:
        def show(self, progress: Progress) -> None:
            shown.append(progress)
            raise OSError("gone")

        def end(self) -> None:
            raise AssertionError("it is not used again")

    monkeypatch.setattr("a2e_sdk._progress.displays._own_display", Broken)
    task = driver.run(a2e.wan_25.run(prompt="x", progress=True))
    assert task.result_url
    assert len(shown) == 1


def test_a_wait_that_times_out_has_told_how_far_it_was(
    driver: Driver, a2e: Any, pauses: list[float], shown: list[Progress]
) -> None:
    task = driver.run(a2e.wan_25.create(prompt="x"))
    with pytest.raises(errors.WaitTimeoutError):
        driver.run(a2e.wan_25.wait(task, timeout=0.5, poll=0.1, progress=shown.append))
    assert shown[-1].done == 0

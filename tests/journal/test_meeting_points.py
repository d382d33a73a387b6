"""Where two right parts meet: files that change, locks that vanish, copies of a client."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from journal_cases import client

from a2e_sdk import A2E, Hooks, Job, JobStatus, errors
from a2e_sdk.sandbox import SandboxForTests as Sandbox
from a2e_sdk.sandbox.transport import SandboxTransport
from driver import Driver

PNG = b"\x89PNG\r\n\x1a\n"
VIDEO = "https://x.org/v.mp4"


def on_sending(operation: str, act: Any) -> Hooks:
    """Do something once, when a request of an operation is about to leave."""
    done: list[bool] = []

    def hook(event: Any) -> None:
        if event.operation == operation and not done:
            done.append(True)
            act()

    return Hooks(on_request=hook)


def test_a_file_that_changes_before_it_is_uploaded_starts_nothing(
    driver: Driver, sandbox: Sandbox, tmp_path: Path, path: Path
) -> None:
    face = tmp_path / "me.png"
    face.write_bytes(PNG + b"A" * 50)
    hooks = on_sending("add_upload_url", lambda: face.write_bytes(PNG + b"B" * 50))
    a2e = client(driver, sandbox, path, hooks=hooks)
    with pytest.raises(ValueError, match="face was changed while it was read"):
        driver.run(a2e.face_swap.tasks.create(face=face, video=VIDEO, key="one"))
    assert sandbox.requests.count("add_face_swap_task") == 0
    # What was there before is uploaded when it is asked for, and not what took its place.
    face.write_bytes(PNG + b"A" * 50)
    driver.run(a2e.face_swap.tasks.create(face=face, video=VIDEO, key="one"))
    (uploaded,) = sandbox.uploads.values()
    assert uploaded.content == PNG + b"A" * 50


def test_a_file_of_a_batch_that_changes_after_the_check_is_refused(
    driver: Driver, sandbox: Sandbox, tmp_path: Path, path: Path
) -> None:
    faces = [tmp_path / f"{number}.png" for number in range(2)]
    for face in faces:
        face.write_bytes(PNG + b"A" * 50)
    hooks = on_sending("add_upload_url", lambda: faces[1].write_bytes(PNG + b"B" * 50))
    a2e = client(driver, sandbox, path, hooks=hooks)
    jobs = [
        Job("face-swap", str(number), {"face": str(face), "video": VIDEO})
        for number, face in enumerate(faces)
    ]
    batch = a2e.batch(jobs, output=tmp_path / "out", concurrency=1)
    outcomes = {one.key: one for one in driver.items(batch)}
    assert outcomes["0"].status is JobStatus.SUCCEEDED
    assert outcomes["1"].status is JobStatus.REFUSED
    assert "was changed since the jobs were checked" in str(outcomes["1"].error)


def test_a_locks_file_that_is_removed_in_the_middle_of_a_start_pays_nothing_twice(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """The other process is a journal that shares neither memory nor locks with this one."""
    import a2e_sdk._journal.file_locks as locks
    import a2e_sdk._journal.opening as opening

    face = tmp_path / "me.png"
    face.write_bytes(PNG + b"A" * 50)
    path = tmp_path / "j.db"
    found: list[Any] = []

    def another_process() -> None:
        (tmp_path / "j.db-locks").unlink()
        kept, opening._open = opening._open, type(opening._open)()
        shared, locks._shared = locks._shared, {}
        try:
            with A2E(
                region="sandbox", http_client=SandboxTransport(sandbox), journal=path
            ) as other:
                found.append(other.face_swap.tasks.create(face=face, video=VIDEO, key="one"))
        finally:
            opening._open, locks._shared = kept, shared

    with (
        A2E(
            region="sandbox",
            http_client=SandboxTransport(sandbox),
            journal=path,
            hooks=on_sending("add_upload_url", another_process),
        ) as a2e,
        pytest.raises(errors.JournalError, match="another process has begun this start"),
    ):
        a2e.face_swap.tasks.create(face=face, video=VIDEO, key="one")
    assert len(found) == 1
    assert sandbox.requests.count("add_face_swap_task") == 1


def test_a_budget_without_a_journal_is_not_copied_by_pickling() -> None:
    with (
        A2E(region="sandbox", budget=100) as frugal,
        pytest.raises(errors.ConfigurationError, match="would spend the sum once more"),
    ):
        pickle.dumps(frugal)
    with A2E(region="sandbox") as a2e:
        pickle.loads(pickle.dumps(a2e)).close()

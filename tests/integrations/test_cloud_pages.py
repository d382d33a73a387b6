"""The page on object stores: its examples and commands run, against a real S3 server."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("obstore")
pytest.importorskip("moto")

from object_store import ObjectStore

from a2e_sdk._files.cloud_urls import _SCHEMES
from a2e_sdk._files.object_store import BLOCK, SIGNED_HOURS
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import serve

sys.path.insert(0, str(Path(__file__).parents[1] / "documentation"))

from documentation_pages import blocks_of, run_example, text_of

PAGE = "docs/cloud-files.md"
JPEG = b"\xff\xd8\xff\xe0" + bytes(5000)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[ObjectStore]:
    with ObjectStore() as store:
        store.reset()
        store.put("me.jpg", JPEG)
        for name, value in store.environment().items():
            monkeypatch.setenv(name, value)
        yield store


@pytest.mark.parametrize("example", blocks_of(PAGE, "python"))
def test_an_example_runs(example: str, store: ObjectStore, tmp_path: Path) -> None:
    run_example(example, tmp_path)


def test_the_commands_run(
    store: ObjectStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "jobs.csv").write_text(
        "key,face,video\nme,s3://bucket/me.jpg,https://example.com/clip.mp4\n"
    )
    _, commands = blocks_of(PAGE, "sh")
    printed: list[str] = []
    with serve(Sandbox(processing_after=0, completed_after=0)) as server:
        monkeypatch.setenv("A2E_BASE_URL", server.url)
        monkeypatch.setenv("A2E_API_KEY", "sk_test")
        for line in commands.splitlines():
            done = subprocess.run(
                [sys.executable, "-m", "a2e_sdk", *shlex.split(line)[1:]],
                capture_output=True,
                text=True,
                check=False,
                cwd=tmp_path,
            )
            assert done.returncode == 0, (line, done.stdout, done.stderr)
            printed.append(done.stdout + done.stderr)
    run, batch, status = printed
    assert "Saved s3://bucket/results/" in run
    assert "me: saved s3://bucket/night/me.mp4" in batch
    assert "results go to s3://bucket/night/." in batch
    (work,) = (one for one in tmp_path.iterdir() if one.is_dir())
    assert f"What the batch needs to go on is in {work.name}." in batch
    assert "s3://bucket/night/" in status
    assert {"night/me.mp4", "night/me.json", "night/results.jsonl"} <= set(store.names())


def test_the_page_has_every_scheme_and_the_figures_of_the_code() -> None:
    text = text_of(PAGE)
    assert all(f"`{scheme}://" in text for scheme in _SCHEMES)
    assert f"for {SIGNED_HOURS} hours" in text
    assert f"{BLOCK // 1024 // 1024} MiB" in text

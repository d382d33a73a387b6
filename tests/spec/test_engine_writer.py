"""Promises of spec/generate/engines.py: repeatable, honest about differences, and enough for a new engine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.generator

#: The section of an engine that nobody has, in the words of the spec.
PATHS = """
  /api/v1/userMoonVideo/start:
    post:
      operationId: startMoonVideoTask
      tags: [moon_video]
      summary: Start a Moon video task.
      description: Costs coins.
      x-effect: start
      x-evidence: observed
      x-evidence-source: made up for a test of the writer of engines
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: "#/components/schemas/StartMoonVideoTaskRequest"}
      responses:
        "200":
          description: The task as it was started.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/TaskRecordResponse"}
        "401": {$ref: "#/components/responses/Unauthorized"}
  /api/v1/userMoonVideo/{_id}:
    get:
      operationId: getMoonVideoTask
      tags: [moon_video]
      summary: Get one Moon video task.
      x-effect: read
      x-evidence: observed
      x-evidence-source: made up for a test of the writer of engines
      parameters:
        - {name: _id, in: path, required: true, schema: {type: string, description: Its id.}}
      responses:
        "200":
          description: The task.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/TaskRecordResponse"}
        "401": {$ref: "#/components/responses/Unauthorized"}
  /api/v1/userMoonVideo/list:
    get:
      operationId: listMoonVideoTasks
      tags: [moon_video]
      summary: List the Moon video tasks.
      x-effect: read
      x-evidence: observed
      x-evidence-source: made up for a test of the writer of engines
      responses:
        "200":
          description: The tasks.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/TaskRecordPageResponse"}
        "401": {$ref: "#/components/responses/Unauthorized"}
"""
BODY = """
    StartMoonVideoTaskRequest:
      type: object
      description: What to make.
      required: [prompt, crater]
      properties:
        prompt: {type: string, description: What is asked for.}
        crater: {$ref: "#/components/schemas/MoonCrater"}
        moonImageUrls: {type: array, maxItems: 2, items: {type: string, x-media: [image]}, description: Moons.}
        phase: {type: string, enum: [new, full], default: full, description: Phase of the moon.}
        duration: {type: string, enum: ["5", "10"], description: Length in seconds.}
        name: {type: string, description: Name.}
        force_generate: {type: boolean, default: true, description: Whether to go on.}
        minor_suspected_skip: {type: boolean, description: Whether to skip a check.}

    MoonCrater:
      type: object
      description: Where to look.
      properties:
        depth: {type: number, description: How deep.}
"""
USE = """
import json
from a2e_sdk import A2E
from a2e_sdk._http.messages import HttpResponse
from a2e_sdk.models import MoonVideoTask

sent = []

class Transport:
    def send_request(self, request):
        sent.append(request)
        data = {"_id": "a" * 24, "current_status": "completed", "result_url": "https://x.example/r"}
        data = [data] if request.url.endswith("/list") else data
        return HttpResponse(200, {}, json.dumps({"code": 0, "data": data}).encode())
    def close(self): pass

a2e = A2E("sk_x", http_client=Transport())
image = "https://example.com/moon.png"
task = a2e.moon_video.create(
    prompt="p", crater={"depth": 2}, moon_images=[image], phase="FULL", duration=5, name="mine"
)
assert type(task) is MoonVideoTask, task
assert (task.status.value, task.result_url) == ("succeeded", "https://x.example/r")
assert sent[0].url.endswith("/api/v1/userMoonVideo/start")
assert a2e.moon_video.get(task.id) == task
assert sent[-1].url.endswith("/api/v1/userMoonVideo/" + "a" * 24)
assert a2e.moon_video.wait(task.id) == task
assert a2e.moon_video.page().items[0] == task
assert not hasattr(a2e.moon_video, "delete")
print(sent[0].body.decode())
"""


def tool(root: Path, name: str, *arguments: str, **environment: str) -> str:
    """Run a script of spec/generate/ in a tree and return what it printed."""
    done = subprocess.run(
        [sys.executable, str(root / "spec" / "generate" / name), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": "", **environment},
    )
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr == ""
    assert (done.returncode == 1) == bool(done.stdout)
    return done.stdout


def tree(root: Path) -> dict[str, bytes]:
    files = [*(root / "a2e_sdk").rglob("*.py"), *(root / "generated").rglob("*.py")]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of what is written and what it is written from, which a test may spoil."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("a2e_sdk", "generated", "spec"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old, text.count(old))
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_is_committed_is_what_the_spec_gives() -> None:
    assert tool(ROOT, "engines.py", "--check") == ""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_writing_again_gives_the_same_bytes_whatever_the_order_of_hashes(
    copied: Path, seed: str
) -> None:
    before = tree(copied)
    assert tool(copied, "engines.py", PYTHONHASHSEED=seed) == ""
    assert tree(copied) == before


def test_check_finds_edited_extra_and_missing_files_and_changes_nothing(copied: Path) -> None:
    whole = tree(copied)
    engines = copied / "a2e_sdk" / "_async" / "resources" / "engines"
    replace(engines / "sora.py", "class SoraStart(", "class Edited(")
    (engines / "extra.py").write_text("mine = 1\n")
    (engines / "veo.py").unlink()
    before = tree(copied)
    told = tool(copied, "engines.py", "--check")
    assert "class Edited(" in told
    for name in ("sora", "extra", "veo"):
        assert f"_async/resources/engines/{name}.py" in told
    assert tree(copied) == before
    assert tool(copied, "engines.py") == ""
    assert tree(copied) == whole, "writing puts all of it right"


def test_a_new_engine_is_a_section_of_the_spec_and_a_row_of_the_table(copied: Path) -> None:
    document = copied / "spec" / "openapi.yaml"
    replace(document, "\npaths:\n", f"\npaths:{PATHS}")
    replace(document, "\n  schemas:\n", f"\n  schemas:{BODY}")
    row = '    _engine("sora", '
    replace(
        copied / "a2e_sdk" / "_wire" / "family_table.py",
        row,
        '    _engine(\n        "moon_video", "MoonVideoTask", "start list get", title="Moon video",'
        f"\n        page_argument=None,\n    ),\n{row}",
    )
    for name in ("low_level_client.py", "engines.py", "sync_client.py"):
        tool(copied, name)
    written = copied / "a2e_sdk" / "_async" / "resources" / "engines" / "moon_video.py"
    text = written.read_text(encoding="utf-8")
    assert "minor_suspected_skip" not in text
    assert 'phase: Literal["new", "full"] | None = None' in text
    assert "duration: int | None = None" in text
    assert "moon_images: Sequence[FileInput] | None = None" in text
    assert "force_generate: bool = False" in text
    assert "crater: Where to look. Keys: depth." in text
    done = subprocess.run(
        [sys.executable, "-c", USE],
        capture_output=True,
        text=True,
        check=False,
        cwd=copied,  # Python looks there first.
        env={**os.environ, "PYTHONPATH": str(copied / "generated")},
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "prompt": "p",
        "crater": {"depth": 2},
        "moonImageUrls": ["https://example.com/moon.png"],
        "phase": "full",
        "duration": "5",
        "name": "mine",
        "force_generate": False,
    }

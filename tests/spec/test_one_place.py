"""What a newcomer adds is added in one place: a new engine, and a new option of a face swap.

Both are added to one copy of the tree. The generators run there, and then the whole of it is used:
clients, commands, sandbox and coverage page.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from spec.copied_tree import copy_tree, replace, run, tool

pytestmark = [pytest.mark.generator, pytest.mark.once]

#: The section of an engine that nobody has, in the words of the spec.
TAG = """  - name: moon_video
    description: Videos of the moon.
"""
PATHS = """
  /api/v1/userMoonVideo/start:
    post:
      operationId: startMoonVideoTask
      tags: [moon_video]
      summary: Start a Moon video task.
      description: Costs coins.
      x-effect: start
      x-evidence: observed
      x-evidence-source: made up for a test of the generators
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
      x-evidence-source: made up for a test of the generators
      parameters:
        - $ref: "#/components/parameters/RecordId"
      responses:
        "200":
          description: The task.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/TaskRecordResponse"}
        "401": {$ref: "#/components/responses/Unauthorized"}
    delete:
      operationId: deleteMoonVideoTask
      tags: [moon_video]
      summary: Delete one Moon video task.
      x-effect: delete
      x-evidence: observed
      x-evidence-source: made up for a test of the generators
      parameters:
        - $ref: "#/components/parameters/RecordId"
      responses:
        "200":
          description: The task is deleted.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/DeleteResponse"}
        "401": {$ref: "#/components/responses/Unauthorized"}
        "404": {$ref: "#/components/responses/NotFound"}
  /api/v1/userMoonVideo/list:
    get:
      operationId: listMoonVideoTasks
      tags: [moon_video]
      summary: List the Moon video tasks.
      x-effect: read
      x-evidence: observed
      x-evidence-source: made up for a test of the generators
      parameters:
        - $ref: "#/components/parameters/PageNum"
        - $ref: "#/components/parameters/PageSize"
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

#: All that a new engine needs beside its section.
ROW = '    _engine("moon_video", "MoonVideoTask", "start list get delete", title="Moon video"),\n'
OPTION = """
        likeness: {type: integer, minimum: 1, maximum: 10, description: "How close to the face, 1 to 10."}
        model_version: {$ref: "#/components/schemas/FaceSwapModelVersion"}
"""

PROGRAM = """
import asyncio, inspect, json
import httpx
from a2e_sdk import A2E, AsyncA2E, errors
from a2e_sdk.sandbox import SandboxForTests
sandbox = SandboxForTests()
bodies = []
a2e = sandbox.client()
"""

ENGINE = (
    PROGRAM
    + """
from a2e_sdk.models import MoonVideoTask
image = "https://example.com/moon.png"
task = a2e.moon_video.create(
    prompt="p", crater={"depth": 2}, moon_images=[image], phase="FULL", duration=5, name="mine"
)
assert type(task) is MoonVideoTask, task
assert (task.status, task.coins) == ("queued", 50), task
assert sandbox.requests[-1].operation == "start_moon_video_task"
row = sandbox._services.tasks("moon_video").rows(sandbox.clock.now())[0]
done = a2e.moon_video.wait(task.id)
assert done.status == "succeeded" and done.result_url.startswith(sandbox.public_url)
assert a2e.moon_video.get(task.id) == done
assert a2e.moon_video.list().to_list() == [done]

a2e.moon_video.delete(done)
try:
    a2e.moon_video.get(task.id)
except errors.NotFoundError:
    pass
else:
    raise AssertionError("it is still there")
sandbox.fail_next("too dark")
try:
    a2e.moon_video.run(prompt="p", crater={"depth": 2})
except errors.TaskFailedError as error:
    assert "too dark" in str(error)
assert not hasattr(a2e.moon_video, "rename")
sandbox.set_price("start_moon_video_task", 7)

async def main():
    async with sandbox.async_client() as a2e:
        task = await a2e.moon_video.run(prompt="p", crater={"depth": 2}, phase="new")
        assert (task.status, task.coins) == ("succeeded", 7)

asyncio.run(main())
print(json.dumps(row))
"""
)

SWAP = (
    PROGRAM
    + """
files = {"face": "https://example.com/f.jpg", "video": "https://example.com/v.mp4"}

def receive(request):
    bodies.append(json.loads(request.content))
    return httpx.Response(200, json={"code": 0, "data": {"_id": "a" * 24}})

client = httpx.Client(transport=httpx.MockTransport(receive))
A2E("sk_x", region="global", http_client=client).face_swap.tasks.create(**files, name="n", likeness=3)

for sections in (a2e, sandbox.async_client()):
    parameter = inspect.signature(sections.face_swap.tasks.create).parameters["likeness"]
    assert parameter.annotation == "int | None", parameter
    module = inspect.getmodule(type(sections.face_swap.tasks))
    assert "likeness" in module.FaceSwapStart.__optional_keys__

async def swap(**options):
    async with sandbox.async_client() as a2e:
        return await a2e.face_swap.tasks.run(**files, **options)

assert asyncio.run(swap(likeness=10)).status == "succeeded"
for value, kind in ((11, ValueError), ("close", TypeError)):
    seen = sandbox.requests.total
    for call in (a2e.face_swap.tasks.create, lambda **given: asyncio.run(swap(**given))):
        try:
            call(**(files if call == a2e.face_swap.tasks.create else {}), likeness=value)
        except kind as error:
            assert "likeness" in str(error)
        else:
            raise AssertionError(value)
    assert sandbox.requests.total == seen
print(json.dumps(bodies[0]))
"""
)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree with both, generated anew."""
    root = copy_tree(tmp_path_factory.mktemp("grown"))
    document = root / "spec" / "openapi.yaml"
    replace(document, "\npaths:\n", f"{TAG}\npaths:{PATHS}")
    replace(document, "\n  schemas:\n", f"\n  schemas:{BODY}")
    replace(
        document,
        '\n        model_version: {$ref: "#/components/schemas/FaceSwapModelVersion"}\n',
        OPTION,
    )
    table = root / "a2e_sdk" / "_wire" / "family_table.py"
    last = '    _engine("sora", '
    replace(table, last, ROW + last)
    for name in ("low_level_client.py", "engines.py", "sync_client.py", "coverage_page.py"):
        tool(root, name)
    return root


def printed(root: Path, *arguments: str) -> Any:
    """Return the JSON that a program prints in the tree, served by the sandbox."""
    done = run(root, *arguments, A2E_REGION="sandbox", A2E_API_KEY="sk_x")
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_a_new_engine_has_typed_arguments_from_its_section(grown: Path) -> None:
    module = grown / "a2e_sdk" / "_async" / "resources" / "engines" / "moon_video.py"
    text = module.read_text(encoding="utf-8")
    assert "minor_suspected_skip" not in text
    assert 'phase: Literal["new", "full"] | None = None' in text
    assert "duration: int | None = None" in text
    assert "moon_images: Sequence[FileInput] | None = None" in text
    assert "force_generate: bool = False" in text
    assert "crater: Where to look. Keys: depth." in text


def test_a_new_engine_works_on_the_sandbox_without_a_row_there(grown: Path) -> None:
    row = printed(grown, "-c", ENGINE)
    sent = {key: row[key] for key in ("prompt", "crater", "moonImageUrls", "phase", "name")}
    assert sent == {
        "prompt": "p",
        "crater": {"depth": 2},
        "moonImageUrls": ["https://example.com/moon.png"],
        "phase": "full",
        "name": "mine",
    }
    assert row["force_generate"] is False


def test_a_new_engine_is_a_command(grown: Path) -> None:
    started = ("moon-video", "run", "--prompt", "p", "--crater", '{"depth": 2}', "--json")
    task = printed(grown, "-m", "a2e_sdk", *started)
    assert (task["status"], task["coins"]) == ("succeeded", 50)
    assert "moon-video" in run(grown, "-m", "a2e_sdk", "--help").stdout


def test_a_new_engine_is_on_the_coverage_page(grown: Path) -> None:
    page = (grown / "docs" / "coverage.md").read_text(encoding="utf-8")
    for method in ("create", "list", "get", "delete"):
        assert f"moon_video.{method}" in page


def test_a_new_option_of_a_face_swap_is_typed_checked_and_sent(grown: Path) -> None:
    body = printed(grown, "-c", SWAP)
    assert body == {
        "name": "n",
        "face_url": "https://example.com/f.jpg",
        "video_url": "https://example.com/v.mp4",
        "likeness": 3,
    }


def test_a_new_option_of_a_face_swap_is_an_option_of_the_command(grown: Path) -> None:
    files = ("--face", "https://example.com/f.jpg", "--video", "https://example.com/v.mp4")
    command = ("-m", "a2e_sdk", "face-swap", "run", *files, "--json", "--likeness")
    assert printed(grown, *command, "3")["status"] == "succeeded"
    refused = run(grown, *command, "11", A2E_REGION="sandbox")
    assert refused.returncode == 2, refused.stderr
    assert "likeness" in refused.stderr

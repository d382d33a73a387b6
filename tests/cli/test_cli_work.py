"""Starting, waiting and downloading by command, on a sandbox whose clock the waits turn."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cli_runs import Outcome

from a2e_sdk._sync.api_client import APIClient
from a2e_sdk.sandbox import ManualClock, Sandbox
from a2e_sdk.sandbox.faults.fault import Fault
from a2e_sdk.sandbox.http_server import SandboxServer, serve

Cli = Callable[..., Outcome]
START = ("--face", "https://example.com/f.jpg", "--video", "https://example.com/v.mp4")
CREATE = ("face-swap", "tasks", "create", *START)
RUN = ("face-swap", "run", *START)
WAIT = ("face-swap", "tasks", "wait")
DONE = "6674f1765699df7e9d25311a"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(500)
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(2_000)


@pytest.fixture
def sandbox(clock: ManualClock) -> Sandbox:
    return Sandbox(clock=clock, processing_after=20, completed_after=60, result_size=5_000)


@pytest.fixture
def server(
    sandbox: Sandbox, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> Iterator[SandboxServer]:
    with serve(sandbox) as running:
        monkeypatch.setenv("A2E_BASE_URL", running.url)
        monkeypatch.setenv("A2E_API_KEY", "sandbox")
        yield running


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def starts(server: SandboxServer) -> int:
    return server.sandbox.requests.count("add_face_swap_task")


def started(server: SandboxServer, count: int = 1) -> list[str]:
    rows = server.sandbox.face_swap_tasks()[:count]
    return [row["_id"] for row in reversed(rows)]


def command_in(text: str) -> list[str]:
    """Return the words of the command that was printed to be pasted, the first where several."""
    (line,) = [line for line in text.splitlines() if line.startswith("  a2e ")]
    return shlex.split(line.partition(" && ")[0])[1:]


def test_create_shows_the_task_and_charges_once(a2e_cli: Cli, server: SandboxServer) -> None:
    outcome = a2e_cli(*CREATE, "--name", "holiday", "--json")
    task = json.loads(outcome.out)
    assert (outcome.code, task["name"], task["raw_status"]) == (0, "holiday", "initialized")
    assert [task["id"]] == started(server)
    assert starts(server) == 1
    assert outcome.err == f"Started task {task['id']}: initialized\n"


def test_create_uploads_local_files(a2e_cli: Cli, server: SandboxServer, here: Path) -> None:
    (here / "me.jpg").write_bytes(JPEG)
    (here / "clip.mp4").write_bytes(MP4)
    (here / "cover.jpg").write_bytes(JPEG + b"cover")

    outcome = a2e_cli(
        *("face-swap", "tasks", "create", "--face", "me.jpg", "--video", "clip.mp4"),
        *("--cover", "cover.jpg", "--model-version", "v1"),
    )

    files = [file.content for file in server.sandbox.uploads.values()]
    assert (outcome.code, files) == (0, [JPEG, MP4, JPEG + b"cover"])
    (row,) = server.sandbox.face_swap_tasks()[:1]
    addresses = list(server.sandbox.uploads)
    assert [row["face_url"], row["video_url"]] == addresses[:2]
    total = f"{sum(map(len, files)) / 1000:.1f} kB"
    assert f"Uploaded {total}" in outcome.err


def test_run_ends_with_the_file(a2e_cli: Cli, server: SandboxServer, here: Path) -> None:
    outcome = a2e_cli(*RUN, "--output", "out.mp4")

    (task_id,) = started(server)
    assert (outcome.code, outcome.out) == (0, "Saved out.mp4 (5.0 kB).\n")
    assert (here / "out.mp4").stat().st_size == 5_000
    assert outcome.err.splitlines()[0] == f"Started task {task_id}: initialized"
    assert outcome.err.splitlines()[-2:] == [f"Task {task_id}: completed", "Downloading 5.0 kB"]
    assert starts(server) == 1


def test_run_as_json_is_the_task_with_its_files(a2e_cli: Cli, server: SandboxServer) -> None:
    outcome = a2e_cli(*RUN, "--json")
    task = json.loads(outcome.out)
    (task_id,) = started(server)
    assert (task["id"], task["status"]) == (task_id, "succeeded")
    assert task["files"] == [f"{task_id}.mp4"]
    assert Path(f"{task_id}.mp4").stat().st_size == 5_000


@pytest.mark.parametrize(
    ("arguments", "code", "text"),
    [
        (("--existing", "error"), 2, "--existing overwrite"),
        (("--existing", "skip"), 0, ""),
        (("--existing", "maybe"), 2, "--existing must be one of"),
        (("--timeout", "0"), 2, "--timeout must be above 0"),
        (("--model-version", "v9"), 2, "--model-version must be one of 'v1', 'v2'"),
        (("--face", "gone.jpg"), 2, "there is no file 'gone.jpg'"),
        (("--output", "no/such/place.mp4"), 2, "--output: there is no directory"),
    ],
)
def test_nothing_is_paid_for_what_could_not_be_saved(
    a2e_cli: Cli,
    server: SandboxServer,
    here: Path,
    arguments: tuple[str, ...],
    code: int,
    text: str,
) -> None:
    (here / "out.mp4").write_bytes(b"old")
    words = ("--output", "out.mp4", "--existing", "overwrite", *arguments)
    outcome = a2e_cli(*RUN, *words)
    assert (outcome.code, starts(server)) == (code, 0)
    assert text in outcome.err
    assert (here / "out.mp4").read_bytes() == b"old"
    assert list(server.sandbox.coins) == []


def test_what_was_skipped_is_told(a2e_cli: Cli, server: SandboxServer, here: Path) -> None:
    (here / "out.mp4").write_bytes(b"old")
    skipping = ("--output", "out.mp4", "--existing", "skip")
    assert a2e_cli(*RUN, *skipping).out == "Kept out.mp4; nothing was started.\n"
    assert json.loads(a2e_cli(*RUN, *skipping, "--json").out) == {"files": ["out.mp4"]}


def test_an_existing_file_is_replaced_if_asked_for(
    a2e_cli: Cli, server: SandboxServer, here: Path
) -> None:
    (here / "out.mp4").write_bytes(b"old")
    assert a2e_cli(*RUN, "--output", "out.mp4", "--existing", "overwrite").code == 0
    assert (here / "out.mp4").stat().st_size == 5_000


def test_a_failed_task_is_4_with_its_reason(a2e_cli: Cli, server: SandboxServer) -> None:
    server.sandbox.fail_next("no face found")
    outcome = a2e_cli(*RUN, "--output", "out.mp4")
    (task_id,) = started(server)
    assert (outcome.code, outcome.out) == (4, "")
    assert f"{task_id} failed: no face found" in outcome.err
    assert not Path("out.mp4").exists()
    shown = json.loads(a2e_cli(*WAIT, task_id, "--json").out)
    assert (shown["status"], shown["failed_message"]) == ("failed", "no face found")


def test_a_wait_shows_one_task_with_every_field(a2e_cli: Cli, server: SandboxServer) -> None:
    task_id = json.loads(a2e_cli(*CREATE, "--json").out)["id"]
    outcome = a2e_cli(*WAIT, task_id)
    fields = dict(line.split(None, 1) for line in outcome.out.splitlines())
    assert (outcome.code, fields["id"], fields["status"]) == (0, task_id, "succeeded")
    assert json.loads(a2e_cli(*WAIT, task_id, "--json").out)["id"] == task_id


def test_a_wait_for_several_gives_a_line_as_each_ends(
    a2e_cli: Cli, server: SandboxServer, clock: ManualClock
) -> None:
    server.sandbox.fail_next("no face found")
    for _ in range(3):
        a2e_cli(*CREATE)
        clock.advance(15)
    first, second, third = started(server, 3)

    outcome = a2e_cli(*WAIT, third, second, first, DONE, first)

    header, *lines = outcome.out.splitlines()
    assert header == "id                        status     result, or why not"
    assert [line.split("  ")[0] for line in lines] == [DONE, first, second, third]
    assert lines[1] == f"{first}  failed     no face found"
    assert lines[2].startswith(f"{second}  succeeded  http://127.0.0.1")
    assert outcome.code == 4

    shown = json.loads(a2e_cli(*WAIT, second, third, "--json").out)
    assert {task["id"]: task["status"] for task in shown} == {
        second: "succeeded",
        third: "succeeded",
    }


def test_a_time_out_is_5_and_prints_what_takes_it_up_again(
    a2e_cli: Cli, server: SandboxServer
) -> None:
    outcome = a2e_cli(*RUN, "--output", "my clip.mp4", "--timeout", "5", "--existing", "skip")
    (task_id,) = started(server)
    assert (outcome.code, outcome.out) == (5, "")
    assert f"task {task_id} is still initialized" in outcome.err
    (line,) = [line for line in outcome.err.splitlines() if line.startswith("  a2e ")]
    wait, download = line.split(" && ")
    assert a2e_cli(*shlex.split(wait)[1:]).code == 0
    assert a2e_cli(*shlex.split(download)[1:]).out == "Saved my clip.mp4 (5.0 kB).\n"
    assert starts(server) == 1


def test_a_printed_command_goes_where_this_one_went(
    a2e_cli: Cli, server: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("A2E_BASE_URL")
    there = ("--base-url", server.url, "--region", "global")
    outcome = a2e_cli(*RUN, "--timeout", "5", *there)
    again = command_in(outcome.err)
    assert again == [*WAIT, *started(server), "--region", "global", "--base-url", server.url]
    assert a2e_cli(*again).code == 0


def test_a_time_out_of_several_names_what_still_runs(
    a2e_cli: Cli, server: SandboxServer, clock: ManualClock
) -> None:
    a2e_cli(*CREATE)
    clock.advance(50)
    a2e_cli(*CREATE)
    first, second = started(server, 2)
    outcome = a2e_cli(*WAIT, first, second, "--timeout", "30")
    assert outcome.code == 5
    assert outcome.out.splitlines()[-1].startswith(first)
    assert command_in(outcome.err) == [*WAIT, second]


def test_a_lost_answer_is_found_again(a2e_cli: Cli, server: SandboxServer) -> None:
    server.sandbox.faults.add(Fault.drop_after_read(), operation="add_face_swap_task")
    outcome = a2e_cli(*RUN, "--output", "out.mp4")
    assert (outcome.code, outcome.out) == (0, "Saved out.mp4 (5.0 kB).\n")
    assert starts(server) == 1


def lose_starts(server: SandboxServer, times: int = 1) -> None:
    server.sandbox.faults.add(Fault.http(500), operation="add_face_swap_task", times=times)


def test_an_unknown_start_is_6_and_says_how_to_look(a2e_cli: Cli, server: SandboxServer) -> None:
    lose_starts(server)
    outcome = a2e_cli(*CREATE, "--name", "holiday")
    assert (outcome.code, outcome.out) == (6, "")
    assert "the response to the start of 'holiday' was lost" in outcome.err
    assert "find_started" not in outcome.err
    assert "Look for one named 'holiday'" in outcome.err
    assert a2e_cli(*command_in(outcome.err)).code == 0
    assert starts(server) == 1


def test_an_unknown_start_is_sent_again_only_if_asked_for(
    a2e_cli: Cli, server: SandboxServer
) -> None:
    lose_starts(server)
    assert a2e_cli(*CREATE, "--resend-if-unknown").code == 0
    assert starts(server) == 2


@pytest.mark.parametrize(("coins", "code"), [(5, 7), (1_000, 0)])
def test_too_few_coins_are_an_error_before_any_wait(
    a2e_cli: Cli, monkeypatch: pytest.MonkeyPatch, coins: int, code: int
) -> None:
    with serve(Sandbox(coins=coins)) as running:
        monkeypatch.setenv("A2E_BASE_URL", running.url)
        monkeypatch.setenv("A2E_API_KEY", "sandbox")
        outcome = a2e_cli(*CREATE)
    assert outcome.code == code
    assert ("coins" in outcome.err) is bool(code)


def interrupt(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_ctrl_c_while_starting_says_that_it_may_have_been_started(
    a2e_cli: Cli, server: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = APIClient.call

    def call(api: APIClient, request: Any, *arguments: Any, **options: Any) -> Any:
        answer = calls(api, request, *arguments, **options)
        if request.operation == "add_face_swap_task":
            raise KeyboardInterrupt
        return answer

    monkeypatch.setattr(APIClient, "call", call)
    outcome = a2e_cli(*RUN, "--name", "holiday")
    assert outcome.code == 130
    assert outcome.err.startswith("a2e: interrupted\nIt may have been started and charged.\n")
    assert "'holiday'" in outcome.err
    assert a2e_cli(*command_in(outcome.err)).code == 0


def test_ctrl_c_while_uploading_says_that_nothing_was_started(
    a2e_cli: Cli, server: SandboxServer, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "me.jpg").write_bytes(JPEG)
    monkeypatch.setattr("a2e_sdk._sync.files.uploads.Uploader._put", interrupt)
    outcome = a2e_cli(*RUN, "--face", "me.jpg")
    told = "a2e: interrupted\nNothing was started.\nWhat was uploaded so far is paid for.\n"
    assert (outcome.code, outcome.err) == (130, told)
    assert starts(server) == 0


@pytest.fixture
def finished(a2e_cli: Cli, server: SandboxServer) -> str:
    a2e_cli(*CREATE)
    (task_id,) = started(server)
    assert a2e_cli(*WAIT, task_id).code == 0
    return task_id


def test_download_saves_a_tasks_result(a2e_cli: Cli, finished: str) -> None:
    outcome = a2e_cli("download", finished)
    assert (outcome.code, outcome.out) == (0, f"Saved {finished}.mp4 (5.0 kB).\n")
    as_json = json.loads(a2e_cli("download", finished, "--existing", "skip", "--json").out)
    assert (as_json["id"], as_json["files"]) == (finished, [f"{finished}.mp4"])
    kept = a2e_cli("download", finished, "--existing", "skip")
    assert kept.out == f"Kept {finished}.mp4 (5.0 kB).\n"


def test_download_takes_an_address(a2e_cli: Cli, finished: str) -> None:
    url = json.loads(a2e_cli("face-swap", "tasks", "get", finished, "--json").out)["result_url"]
    outcome = a2e_cli("download", url, "--output", "out.mp4")
    assert (outcome.code, outcome.out) == (0, "Saved out.mp4 (5.0 kB).\n")
    as_json = a2e_cli("download", url, "-o", "out.mp4", "--existing", "overwrite", "--json")
    assert json.loads(as_json.out) == {"files": ["out.mp4"]}


def test_download_refuses_to_replace_a_file(a2e_cli: Cli, finished: str, here: Path) -> None:
    (here / "out.mp4").write_bytes(b"old")
    outcome = a2e_cli("download", finished, "--output", "out.mp4")
    assert outcome.code == 2
    assert "--existing overwrite replaces it, --existing skip keeps it." in outcome.err
    assert (here / "out.mp4").read_bytes() == b"old"


def test_ctrl_c_while_downloading_says_how_to_go_on(
    a2e_cli: Cli, finished: str, server: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("a2e_sdk.cli.output.progress.PlainProgress.downloading", interrupt)
        stopped = a2e_cli("download", finished, "-o", "out.mp4", "--existing", "overwrite")
    assert stopped.code == 130
    assert not Path("out.mp4").exists()
    again = command_in(stopped.err)
    assert again == ["download", finished, "--output", "out.mp4", "--existing", "overwrite"]
    assert a2e_cli(*again).code == 0
    assert Path("out.mp4").stat().st_size == 5_000


def test_an_address_that_was_interrupted_is_not_repeated(
    a2e_cli: Cli, server: SandboxServer, finished: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = json.loads(a2e_cli("face-swap", "tasks", "get", finished, "--json").out)["result_url"]
    monkeypatch.setattr("a2e_sdk.cli.output.progress.PlainProgress.downloading", interrupt)
    stopped = a2e_cli("download", url)
    assert stopped.code == 130
    assert "run the same command again" in stopped.err
    assert "signature" not in stopped.err


def test_a_result_that_is_not_there_yet_is_waited_for(a2e_cli: Cli, server: SandboxServer) -> None:
    a2e_cli(*CREATE)
    (task_id,) = started(server)
    outcome = a2e_cli("download", task_id)
    assert outcome.code == 2
    assert "has no result yet; it is initialized" in outcome.err
    assert command_in(outcome.err) == [*WAIT, task_id]


def test_a_failed_task_has_nothing_to_download(a2e_cli: Cli, server: SandboxServer) -> None:
    task_id = server.sandbox.add_face_swap_task(
        current_status="failed", faild_message="no face found", result_url=""
    )
    outcome = a2e_cli("download", task_id)
    assert outcome.code == 4
    assert "no face found" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ((*WAIT,), "ID"),
        ((*WAIT, "123"), "24 hexadecimal digits"),
        ((*WAIT, DONE, "--timeout", "soon"), "--timeout"),
        (("face-swap", "run", "--face", "https://example.com/f.jpg"), "--video"),
        (("download", "123"), "24 hexadecimal digits"),
        (("download", DONE, "--family", "voice-clones"), "--family must be one of 'face-swap'"),
        (("download", "ftp://example.com/a.mp4"), "http(s) URL"),
    ],
)
def test_bad_input_is_2_and_sends_nothing(
    a2e_cli: Cli, server: SandboxServer, arguments: tuple[str, ...], text: str
) -> None:
    outcome = a2e_cli(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert text in outcome.err
    assert server.sandbox.requests.total == 0

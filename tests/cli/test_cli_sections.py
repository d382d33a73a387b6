"""The sections that are no families of tasks: speech, voices, avatars, credits, storage."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cli_runs import Outcome
from test_cli_families import start_words

from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk.cli.command_tree import top_level_commands
from a2e_sdk.cli.commands.account import quote_command
from a2e_sdk.sandbox import Sandbox, transport
from a2e_sdk.sandbox.http_server import SandboxServer, serve
from a2e_sdk.sandbox.transport import SandboxTransport

pytestmark = pytest.mark.once

Cli = Callable[..., Outcome]
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(500)
QUOTED = [name for name in TASK_FAMILIES if name != "avatar_videos"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SandboxServer]:
    """A server whose tasks end at once."""
    with serve(Sandbox(processing_after=0, completed_after=0, result_size=5_000)) as running:
        monkeypatch.setenv("A2E_BASE_URL", running.url)
        monkeypatch.setenv("A2E_API_KEY", "sandbox")
        yield running


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Sandbox]:
    """Let ``--region sandbox`` be a sandbox of ours: one for all commands of a test."""

    def use(**settings: float) -> Sandbox:
        sandbox = Sandbox(result_size=5_000, processing_after=0, **settings)
        monkeypatch.setattr(transport, "SandboxTransport", lambda: SandboxTransport(sandbox))
        monkeypatch.setenv("A2E_REGION", "sandbox")
        return sandbox

    return use


def first_id(a2e_cli: Cli, *words: str) -> str:
    rows = json.loads(a2e_cli(*words, "--json").out)
    return str(rows[0]["id"])


@pytest.fixture
def avatar(a2e_cli: Cli, server: SandboxServer) -> str:
    return first_id(a2e_cli, "avatars", "list")


@pytest.fixture
def voice(a2e_cli: Cli, server: SandboxServer) -> str:
    return first_id(a2e_cli, "voices", "list")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (("voices", "list"), "id"),
        (("voices", "languages"), "code"),
        (("voices", "clones", "list"), "id"),
        (("avatars", "list"), "id"),
        (("avatars", "trainings", "list"), "id"),
        (("avatar-videos", "list"), "id"),
        (("backgrounds", "list"), "id"),
        (("streaming-avatar", "avatars"), "id"),
        (("credits", "history"), "created (UTC)"),
    ],
)
def test_every_list_is_a_table_or_an_array(
    a2e_cli: Cli, server: SandboxServer, words: tuple[str, ...], title: str
) -> None:
    table, array = a2e_cli(*words), a2e_cli(*words, "--json")
    assert (table.code, array.code) == (0, 0)
    assert table.out.startswith(title + "  ")
    rows = json.loads(array.out)
    assert len(rows) == len(table.out.splitlines()) - 1


def test_a_limit_goes_for_lists_that_come_whole(a2e_cli: Cli, server: SandboxServer) -> None:
    assert len(json.loads(a2e_cli("voices", "list", "--limit", "1", "--json").out)) == 1
    assert a2e_cli("voices", "list", "--limit", "0").code == 2


def test_an_avatar_is_shown_and_a_kind_is_checked(
    a2e_cli: Cli, server: SandboxServer, avatar: str
) -> None:
    assert json.loads(a2e_cli("avatars", "get", avatar, "--json").out)["id"] == avatar
    before = server.sandbox.requests.total
    wrong = a2e_cli("avatars", "list", "--kind", "others")
    assert (wrong.code, server.sandbox.requests.total) == (2, before)
    assert "kind must be one of" in wrong.err


def test_backgrounds_are_added_listed_and_deleted(
    a2e_cli: Cli, server: SandboxServer, here: Path
) -> None:
    (here / "beach.jpg").write_bytes(JPEG)
    added = json.loads(a2e_cli("backgrounds", "add", "beach.jpg", "--name", "x", "--json").out)
    assert added["image_url"] in server.sandbox.uploads
    own = ("backgrounds", "list", "--kind", "custom")
    assert first_id(a2e_cli, *own) == added["id"]
    deleted = a2e_cli("backgrounds", "delete", added["id"])
    assert (deleted.code, deleted.out) == (0, f"Deleted background {added['id']}.\n")
    assert json.loads(a2e_cli(*own, "--json").out) == []


def test_a_text_is_spoken_into_a_file(
    a2e_cli: Cli, server: SandboxServer, voice: str, here: Path
) -> None:
    words = ("speech", "create", "Hello there", "--voice", voice, "-o", "out.mp3")
    spoken = a2e_cli(*words, "--json")
    assert spoken.code == 0, spoken.err
    speech = json.loads(spoken.out)
    assert (speech["text"], speech["voice_id"], speech["files"]) == (
        *("Hello there", voice),
        ["out.mp3"],
    )
    assert (here / "out.mp3").stat().st_size > 0

    paid = server.sandbox.requests.count("add_speech")
    assert a2e_cli(*words).code == 2
    kept = a2e_cli(*words, "--existing", "skip")
    assert kept.out == "Kept out.mp3; nothing was spoken.\n"
    assert server.sandbox.requests.count("add_speech") == paid == 1


def test_a_speech_that_is_paid_for_is_not_lost_by_ctrl_c(
    a2e_cli: Cli, server: SandboxServer, voice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("a2e_sdk.cli.output.progress.PlainProgress.downloading", interrupt)
    stopped = a2e_cli("speech", "create", "Hello", "--voice", voice, "-o", "out.mp3")
    assert stopped.code == 130
    assert "\n  a2e download 'http" in stopped.err


def speak_words(a2e_cli: Cli, *words: str) -> tuple[str, ...]:
    avatar, voice = (first_id(a2e_cli, section, "list") for section in ("avatars", "voices"))
    return ("speak", "Hello there", "--avatar", avatar, "--voice", voice, "-o", "out.mp4", *words)


def test_speak_ends_with_the_video(
    a2e_cli: Cli, offline: Callable[..., Sandbox], here: Path
) -> None:
    requests = offline(completed_after=0).requests
    words = speak_words(a2e_cli, "--captions", "--title", "greeting", "--resolution", "720")
    outcome = a2e_cli(*words)
    assert (outcome.code, outcome.out) == (0, "Saved out.mp4 (5.0 kB).\n"), outcome.err
    assert (here / "out.mp4").stat().st_size == 5_000
    assert "Started task " in outcome.err
    kept = a2e_cli(*words, "--existing", "skip")
    assert kept.out == "Kept out.mp4; nothing was started.\n"
    assert (requests.count("add_speech"), requests.count("start_avatar_video")) == (1, 1)


@pytest.mark.parametrize("words", [("speech", "create", "Hello"), ("speak", "Hello", "--avatar")])
def test_two_voices_are_refused_before_any_request(
    a2e_cli: Cli, server: SandboxServer, voice: str, avatar: str, words: tuple[str, ...]
) -> None:
    words = (*words, avatar) if words[0] == "speak" else words
    before = server.sandbox.requests.total
    outcome = a2e_cli(*words, "--voice", voice, "--clone", voice)
    assert (outcome.code, outcome.out) == (2, "")
    assert "give one of --voice and --clone, not both" in outcome.err
    assert server.sandbox.requests.total == before


def test_a_video_that_fails_tells_where_its_speech_is(
    a2e_cli: Cli, offline: Callable[..., Sandbox]
) -> None:
    sandbox = offline(completed_after=0)
    words = speak_words(a2e_cli)
    sandbox.fail_next("no mouth found")
    outcome = a2e_cli(*words)
    assert (outcome.code, outcome.out) == (4, "")
    assert "no mouth found" in outcome.err
    assert "a2e avatar-videos run --audio takes it." in outcome.err
    assert "create()" not in outcome.err


def test_a_time_out_of_a_talking_video_is_taken_up_again(
    a2e_cli: Cli, offline: Callable[..., Sandbox]
) -> None:
    offline(completed_after=3_600)
    outcome = a2e_cli(*speak_words(a2e_cli, "--timeout", "0.2"))
    assert outcome.code == 5
    line = next(line for line in outcome.err.splitlines() if line.startswith("  a2e "))
    wait, download = line.strip().split(" && ")
    assert wait.startswith("a2e avatar-videos wait ")
    assert download.endswith(" --output out.mp4 --family avatar-videos")


def test_credits_are_what_is_left_and_what_was_spent(a2e_cli: Cli, server: SandboxServer) -> None:
    before = json.loads(a2e_cli("credits", "--json").out)["coins"]
    assert a2e_cli("upscale", "create", "--source", "https://example.com/1.jpg").code == 0
    after = json.loads(a2e_cli("credits", "--json").out)["coins"]
    assert after < before
    spent = json.loads(a2e_cli("credits", "history", "--spent", "--json").out)
    assert sum(entry["amount"] for entry in spent) == after - before
    misplaced = a2e_cli("credits", "--json", "history")
    assert (misplaced.code, "options come behind history" in misplaced.err) == (2, True)


@pytest.mark.parametrize("name", QUOTED)
def test_a_quote_tells_the_price_and_starts_nothing(
    a2e_cli: Cli, server: SandboxServer, name: str
) -> None:
    family = TASK_FAMILIES[name]
    outcome = a2e_cli("quote", name.replace("_", "-"), *start_words(family), "--json")
    assert outcome.code == 0, outcome.err
    quote = json.loads(outcome.out)
    assert (quote["family"], quote["coins"] is None) == (name, False)
    assert server.sandbox.requests.count(str(family.start)) == 0
    assert list(server.sandbox.coins) == []


def test_a_quote_uploads_nothing(a2e_cli: Cli, server: SandboxServer, here: Path) -> None:
    (here / "photo.jpg").write_bytes(JPEG)
    outcome = a2e_cli("quote", "image-to-video", "--image", "photo.jpg")
    assert (outcome.code, server.sandbox.requests.total) == (2, 0)
    assert "a quote uploads nothing" in outcome.err


def test_every_family_but_one_has_a_quote() -> None:
    assert quote_command().list_commands(None) == [name.replace("_", "-") for name in QUOTED]


def test_files_are_uploaded_and_copied(a2e_cli: Cli, server: SandboxServer, here: Path) -> None:
    (here / "photo.jpg").write_bytes(JPEG)
    uploaded = a2e_cli("storage", "upload", "photo.jpg")
    assert uploaded.code == 0
    assert uploaded.out.strip() in server.sandbox.uploads
    copied = a2e_cli("storage", "transfer", "https://example.com/1.jpg", "--json")
    assert json.loads(copied.out)["url"].startswith("http")
    assert a2e_cli("storage", "upload", "https://example.com/1.jpg").code == 2


def test_every_command_of_every_group_has_a_help(a2e_cli: Cli) -> None:
    def visit(words: tuple[str, ...], command: Any) -> int:
        shown = a2e_cli(*words, "--help")
        assert shown.code == 0
        assert shown.out.startswith(f"Usage: a2e {' '.join(words)} [OPTIONS]")
        inner = getattr(command, "_entries", {})
        return 1 + sum(visit((*words, name), entry.make()) for name, entry in inner.items())

    assert sum(visit((name,), entry.make()) for name, entry in top_level_commands().items()) > 250


def test_a_model_within_a_model_is_an_object_for_scripts(
    a2e_cli: Cli, server: SandboxServer
) -> None:
    language = json.loads(a2e_cli("voices", "languages", "--json").out)[0]
    assert language["regions"][0].keys() == {"code", "name"}
    line = a2e_cli("voices", "languages").out.splitlines()[1]
    assert line.endswith(" ".join(region["code"] for region in language["regions"]))

"""Every family of the table is a group of commands that work alike, whatever the family."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from cli_runs import Outcome

from a2e_sdk._checks.json_schema import types_of
from a2e_sdk._wire.arguments import LOCAL_ARGUMENTS, Argument, arguments_of
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk._wire.family_table import ENGINES, FACE_SWAP, TASK_FAMILIES
from a2e_sdk._wire.field_names import NOT_OFFERED
from a2e_sdk.cli.command_tree import top_level_commands
from a2e_sdk.cli.commands.task_commands import task_entries
from a2e_sdk.cli.commands.task_words import KEPT_ON_SERVER
from a2e_sdk.cli.options.start_options import (
    WEBHOOK_TOKEN_VARIABLE,
    StartOption,
    method_of,
    start_options,
)
from a2e_sdk.cli.output.advice import CommandLine, look_for_start, resource_words, wait_again
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import SandboxServer, serve

pytestmark = pytest.mark.once

Cli = Callable[..., Outcome]
ID = "6674f1765699df7e9d25311a"
AVATAR = "5a4d0b0c50f0000000000201"

#: What the commands of a family are called, and what they need in its row of the table.
NEEDS: Mapping[str, Callable[[TaskFamily], object]] = {
    "run": lambda family: family.start and (family.get or family.list),
    "create": lambda family: family.start,
    "wait": lambda family: family.get or family.list,
    "list": lambda family: family.list,
    "running": lambda family: family.running,
    "get": lambda family: family.get or family.list,
    "rename": lambda family: family.rename,
    "delete": lambda family: family.delete,
}
FILES = {"image": "photo.jpg", "video": "clip.mp4", "audio": "voice.mp3"}

families = pytest.mark.parametrize("family", TASK_FAMILIES.values(), ids=lambda family: family.name)
engines = pytest.mark.parametrize("family", ENGINES, ids=lambda family: family.name)
runnable = pytest.mark.parametrize(
    "family",
    [family for family in TASK_FAMILIES.values() if NEEDS["run"](family)],
    ids=lambda family: family.name,
)


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


def task_command(family: TaskFamily, operation: str) -> tuple[str, ...]:
    if family is FACE_SWAP and operation == "run":
        return ("face-swap", "run")
    return (*resource_words(family), operation)


def option_of(argument: Argument) -> str:
    return "--" + argument.name.replace("_", "-")


def example(argument: Argument) -> str:
    """Return something that the schema of an argument allows, as it is typed."""
    if argument.media:
        return f"https://example.com/{FILES[argument.media[0].value]}"
    schema: Any = argument.schema.get("items", {}) if argument.is_list else argument.schema
    if "enum" in schema:
        return str(schema["enum"][0])
    types = types_of(schema)
    if types == ("object",):
        return json.dumps(dict.fromkeys(schema.get("required", ()), 1))
    if "integer" in types or "number" in types:
        return str(schema.get("minimum", 5))
    return "https://example.com/hook" if argument.name == "webhook_url" else "words"


#: What is needed by the rules of a family rather than by its schema.
BY_RULE = {
    "avatar_videos": ("--avatar", AVATAR),
    "avatar_trainings": ("--image", "https://example.com/photo.jpg"),
}


def start_words(family: TaskFamily) -> list[str]:
    """Return the options that the start of a family can't do without."""
    words: list[str] = []
    for option in options_of(family):
        if option.required and option.option not in BY_RULE.get(family.name, ()):
            for _ in range(option.argument.schema.get("minItems", 1)):
                words += [option.option, example(option.argument)]
    return [*words, *BY_RULE.get(family.name, ())]


def options_of(family: TaskFamily) -> tuple[StartOption, ...]:
    return start_options(family)


def offered(family: TaskFamily) -> list[Argument]:
    """Return the arguments of a family's start that are options of its commands."""
    return [option.argument for option in options_of(family)]


@families
def test_a_family_has_the_commands_that_its_row_has_operations_for(family: TaskFamily) -> None:
    assert set(task_entries(family)) == {name for name, has in NEEDS.items() if has(family)}


@engines
def test_every_engine_is_a_command_and_is_helped_with(a2e_cli: Cli, family: TaskFamily) -> None:
    (word,) = resource_words(family)
    outcome = a2e_cli(word, "--help")
    assert outcome.code == 0
    for name in task_entries(family):
        assert f"\n  {name} " in outcome.out
        assert a2e_cli(word, name, "--help").code == 0
    assert f"\n  {word} " in a2e_cli("--help").out


def test_the_help_has_sections_before_engines() -> None:
    headings = [entry.heading for entry in top_level_commands().values()]
    blocks = list(dict.fromkeys(headings))
    assert headings == sorted(headings, key=blocks.index)
    words = [heading.split()[0] for heading in blocks]
    assert words == ["Sections", "Engines", "Many", "Account", "Agents", "Checks"]
    assert [
        name for name, entry in top_level_commands().items() if entry.heading.startswith("Engines")
    ] == [family.name.replace("_", "-") for family in ENGINES]


@families
def test_every_argument_of_the_facade_is_an_option(family: TaskFamily) -> None:
    create = inspect.signature(method_of(family, "create")).parameters
    told_otherwise = {*LOCAL_ARGUMENTS, "webhook_token"}
    names = [argument.name for argument in offered(family)]
    assert sorted(names) == sorted(create.keys() - told_otherwise)
    if family in ENGINES:
        assert set(names) == arguments_of(str(family.start)).keys() - {"webhook_token", family.many}


@pytest.mark.parametrize(
    ("family", "operation"),
    [
        pytest.param(family, operation, id=f"{family.name} {operation}")
        for family in TASK_FAMILIES.values()
        for operation in ("run", "create")
        if NEEDS[operation](family)
    ],
)
def test_the_help_of_a_start_names_every_argument(
    a2e_cli: Cli, family: TaskFamily, operation: str
) -> None:
    outcome = a2e_cli(*task_command(family, operation), "--help")
    assert outcome.code == 0
    assert "costs coins" in " ".join(outcome.out.split())
    words = set(outcome.out.replace(",", " ").split())
    assert {option_of(argument) for argument in offered(family)} <= words
    for word in NOT_OFFERED:
        assert word.replace("_", "-") not in outcome.out
    assert "--webhook-token" not in words
    assert "bytes" not in outcome.out


@families
def test_what_costs_is_told_before_it_is_paid(family: TaskFamily) -> None:
    entries = task_entries(family)
    assert {name for name, entry in entries.items() if "coins" in entry.help} == {
        "run",
        "create",
    } & set(entries)


@families
def test_options_do_not_get_in_the_way_of_those_of_every_start(family: TaskFamily) -> None:
    common = {"region", "base_url", "as_json", "json", "output", "existing", "timeout"}
    options = options_of(family)
    names = {option.argument.name for option in options}
    assert len(names) == len(options)
    assert not names & {*common, "resend_if_unknown"}


@runnable
def test_run_ends_with_the_file_or_the_record(
    a2e_cli: Cli, server: SandboxServer, family: TaskFamily, here: Path
) -> None:
    words = (*task_command(family, "run"), *start_words(family))
    if family.name in KEPT_ON_SERVER:
        outcome = a2e_cli(*words, "--json")
        assert (outcome.code, json.loads(outcome.out)["status"]) == (0, "succeeded")
        return
    outcome = a2e_cli(*words, "--output", "out.bin", "--json")
    assert outcome.code == 0, outcome.err
    task = json.loads(outcome.out)
    assert task["status"] == "succeeded"
    several = [f"out-{number}.bin" for number in range(1, len(task["result_urls"]) + 1)]
    assert task["files"] == (["out.bin"] if len(several) == 1 else several)
    assert all((here / file).stat().st_size == 5_000 for file in task["files"])
    assert server.sandbox.requests.count(str(family.start)) == 1


@families
def test_a_task_is_started_listed_read_and_deleted(
    a2e_cli: Cli, server: SandboxServer, family: TaskFamily
) -> None:
    created = a2e_cli(*task_command(family, "create"), *start_words(family), "--json")
    assert created.code == 0, created.err
    task_id = json.loads(created.out)["id"]
    entries = set(task_entries(family))
    if family is FACE_SWAP:
        entries.remove("running")  # its commands are older, and the list tells
    if "list" in entries:
        listed = json.loads(a2e_cli(*task_command(family, "list"), "--json").out)
        assert task_id in [task["id"] for task in listed]
        assert a2e_cli(*task_command(family, "list"), "--limit", "1").out.startswith("id  ")
    if "running" in entries:
        running = json.loads(a2e_cli(*task_command(family, "running"), "--json").out)
        assert all(task["status"] != "succeeded" for task in running)
    if "get" in entries:
        assert (
            json.loads(a2e_cli(*task_command(family, "get"), task_id, "--json").out)["id"]
            == task_id
        )
        waited = a2e_cli(*task_command(family, "wait"), task_id, "--json")
        assert json.loads(waited.out)["status"] == "succeeded"
    if "rename" in entries:
        renamed = a2e_cli(*task_command(family, "rename"), task_id, "new name", "--json")
        assert json.loads(renamed.out) == {"id": task_id, "name": "new name"}
        assert (
            json.loads(a2e_cli(*task_command(family, "get"), task_id, "--json").out)["name"]
            == "new name"
        )
    if "delete" in entries:
        deleted = a2e_cli(*task_command(family, "delete"), task_id, "--json")
        assert json.loads(deleted.out) == {"id": task_id, "deleted": True}
        assert a2e_cli(*task_command(family, "get"), task_id).code == 1


def bad_values() -> Iterator[tuple[TaskFamily, Argument, str]]:
    for family in TASK_FAMILIES.values():
        for argument in offered(family):
            schema = argument.schema
            if argument.media or argument.is_list:
                continue
            if "enum" in schema:
                yield family, argument, "42"
            elif "maximum" in schema:
                yield family, argument, str(schema["maximum"] + 1)
            elif types_of(schema) in (("integer",), ("number",)):
                yield family, argument, "many"
            elif types_of(schema) == ("object",):
                yield family, argument, "{"
                yield family, argument, "[1]"


@pytest.mark.parametrize(
    ("family", "argument", "value"),
    list(bad_values()),
    ids=[f"{family.name} {argument.name} {value}" for family, argument, value in bad_values()],
)
def test_a_bad_value_is_2_before_any_request(
    a2e_cli: Cli, server: SandboxServer, family: TaskFamily, argument: Argument, value: str
) -> None:
    words = start_words(family)
    option = option_of(argument)
    if option in words:
        words[words.index(option) + 1] = value
    else:
        words += [option, value]
    outcome = a2e_cli(*task_command(family, "create"), *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert option in outcome.err
    assert server.sandbox.requests.total == 0


@families
def test_what_has_to_be_given_is_asked_for_before_any_request(
    a2e_cli: Cli, server: SandboxServer, family: TaskFamily
) -> None:
    words = start_words(family)
    for at in range(0, len(words), 2):
        if words[at] in BY_RULE.get(family.name, ()):
            continue
        outcome = a2e_cli(*task_command(family, "create"), *words[:at], *words[at + 2 :])
        assert outcome.code == 2
        assert words[at] in outcome.err
    assert server.sandbox.requests.total == 0


@pytest.fixture
def bodies(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The JSON bodies that arrive at sandboxes from here on."""
    arrived: list[dict[str, Any]] = []
    handle = Sandbox.handle

    def handle_and_keep(self: Sandbox, request: Any) -> Any:
        if request.method == "POST" and request.body[:1] == b"{":
            arrived.append(json.loads(request.body))
        return handle(self, request)

    monkeypatch.setattr(Sandbox, "handle", handle_and_keep)
    return arrived


LOOSENING = [family for family in ENGINES if "force_generate" in arguments_of(str(family.start))]


@pytest.mark.parametrize("family", LOOSENING, ids=lambda family: family.name)
def test_moderation_is_loosened_only_by_the_one_who_types_it(
    a2e_cli: Cli, server: SandboxServer, bodies: list[dict[str, Any]], family: TaskFamily
) -> None:
    words = (*task_command(family, "create"), *start_words(family))
    for more in ((), ("--no-force-generate",), ("--force-generate",)):
        assert a2e_cli(*words, *more).code == 0
    assert [body["force_generate"] for body in bodies] == [False, False, True]


def test_values_go_out_as_the_server_expects_them(
    a2e_cli: Cli,
    server: SandboxServer,
    bodies: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(WEBHOOK_TOKEN_VARIABLE, "between us")
    outcome = a2e_cli(
        *("wan-25", "create", "--prompt", "a street", "--seed", "5", "--duration", "7"),
        *("--no-sound", "--resolution", "720P"),
        *("--reference-images", "https://example.com/1.jpg"),
        *("--reference-images", "https://example.com/2.jpg"),
        *("--reference-media", '{"type": "image"}'),
        *("--webhook-url", "https://example.com/hook"),
    )
    assert outcome.code == 0, outcome.err
    (body,) = bodies
    assert (body["seed"], type(body["seed"])) == (5, int)
    assert (body["duration"], body["audio"], body["resolution"]) == ("7", False, "720p")
    addresses = ["https://example.com/1.jpg", "https://example.com/2.jpg"]
    assert addresses in body.values()
    assert body["reference_media"] == [{"type": "image"}]
    assert (body["webhook_url"], body["webhook_token"]) == (
        "https://example.com/hook",
        "between us",
    )


def test_the_webhooks_secret_goes_nowhere_without_a_webhook(
    a2e_cli: Cli,
    server: SandboxServer,
    bodies: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(WEBHOOK_TOKEN_VARIABLE, "between us")
    assert a2e_cli("grok", "create", "--prompt", "a street").code == 0
    assert [body.keys() & {"webhook_url", "webhook_token"} for body in bodies] == [set()]


def test_local_files_of_any_family_are_uploaded(
    a2e_cli: Cli, server: SandboxServer, here: Path, bodies: list[dict[str, Any]]
) -> None:
    photo = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(500)
    (here / "photo.jpg").write_bytes(photo)
    (here / "last.jpg").write_bytes(photo + b"last")
    outcome = a2e_cli(
        *("image-to-video", "run", "--image", "photo.jpg", "--end-image", "last.jpg"),
        *("--model-type", "FLF2V", "-o", "out.mp4"),
    )
    assert (outcome.code, outcome.out) == (0, "Saved out.mp4 (5.0 kB).\n")
    assert [file.content for file in server.sandbox.uploads.values()] == [photo, photo + b"last"]
    body = bodies[-1]
    assert list(server.sandbox.uploads) == [body["image_url"], body["end_image_url"]]
    missing = a2e_cli("image-to-video", "create", "--image", "gone.jpg")
    assert (missing.code, "there is no file 'gone.jpg'" in missing.err) == (2, True)


@families
def test_advice_names_the_commands_of_the_family(family: TaskFamily) -> None:
    words = " ".join(resource_words(family))
    (again,) = wait_again(CommandLine(windows=False), family, [ID])
    assert again.endswith(f"\n  a2e {words} wait {ID}")
    (look,) = look_for_start(CommandLine(windows=False), family, "holiday")
    assert "'holiday'" in look
    if family.list is None:
        assert "a2e.ai" in look or "web site" in look
    else:
        operation = "running" if family.search == "running" else "list --limit 20"
        assert look.endswith(f"\n  a2e {words} {operation}")


def test_a_wait_of_another_family_is_taken_up_again_with_its_own_words(
    a2e_cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(Sandbox(processing_after=0, completed_after=3_600)) as running:
        monkeypatch.setenv("A2E_BASE_URL", running.url)
        monkeypatch.setenv("A2E_API_KEY", "sandbox")
        outcome = a2e_cli(
            *("virtual-try-on", "run", "--images", "https://example.com/1.jpg"),
            *("--images", "https://example.com/2.jpg"),
            *("--output", "out.png", "--timeout", "0.2"),
        )
    assert outcome.code == 5
    (line,) = [line for line in outcome.err.splitlines() if line.startswith("  a2e ")]
    wait, download = line.strip().split(" && ")
    task_id = wait.split()[-1]
    assert wait == f"a2e virtual-try-on wait {task_id}"
    assert download == f"a2e download {task_id} --output out.png --family virtual-try-on"


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("a2e ", {"face-swap", "download", "image-to-video", "wan-25", "sora"}),
        ("a2e wan-25 ", {"run", "create", "wait", "list", "get", "delete"}),
        ("a2e kling-video rename --region ", {"global", "china", "sandbox"}),
        ("a2e wan-25 run --resolution ", {"480p", "720p", "1080p"}),
        ("a2e image-to-video create --video-time ", {"5", "10", "15", "20"}),
        ("a2e download --family ", {"face-swap", "image-to-video", "wan-25", "wan-30", "sora"}),
    ],
)
def test_the_shell_completes_families_and_words(
    process: Callable[..., Outcome], words: str, wanted: set[str]
) -> None:
    outcome = process(
        _A2E_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=str(len(words.split()))
    )
    assert wanted <= set(outcome.out.split())
    assert "voice-clones" not in outcome.out.split()


def test_a_family_that_leaves_no_file_is_none_to_download_from(a2e_cli: Cli) -> None:
    outcome = a2e_cli("download", ID, "--family", "voice-clones")
    assert outcome.code == 2
    assert "--family must be one of" in outcome.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("wan25", "list"), "a2e: No such command 'wan25'. Did you mean 'wan-25'?"),
        (("wan-25", "creat"), "a2e: No such command 'creat'. Did you mean 'create'?"),
        (("quux",), "a2e: No such command 'quux'."),
    ],
)
def test_a_mistyped_command_is_2(a2e_cli: Cli, words: tuple[str, ...], said: str) -> None:
    outcome = a2e_cli(*words)
    assert (outcome.code, outcome.err.splitlines()[0]) == (2, said)

"""The commands against a sandbox over HTTP: what they print and what they ask of the server."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable

import pytest
from cli_runs import Outcome

from a2e_sdk.sandbox import INVALID_TOKEN, Fault
from a2e_sdk.sandbox.http_server import SandboxServer

Cli = Callable[..., Outcome]
LIST = ("face-swap", "tasks", "list")
NEWEST = "6674f1765699df7e9d25311a"
SECRET = "sk_live_never_shown"


def pages_asked_for(server: SandboxServer) -> list[dict[str, str]]:
    return [
        dict(request.query)
        for request in server.sandbox.requests
        if request.operation == "list_face_swap_tasks"
    ]


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_a_limit_within_a_page_takes_one_request_for_so_many_rows(
    a2e_cli: Cli, server: SandboxServer, limit: int
) -> None:
    for number in range(150):
        server.sandbox.add_face_swap_task(name=f"task {number}")

    outcome = a2e_cli(*LIST, "--limit", str(limit), "--json")

    assert pages_asked_for(server) == [{"pageNum": "1", "pageSize": str(limit)}]
    names = [row["name"] for row in json.loads(outcome.out)]
    assert names == [f"task {149 - at}" for at in range(limit)]


def test_a_limit_beyond_a_page_reads_on_and_stops(a2e_cli: Cli, server: SandboxServer) -> None:
    for number in range(500):
        server.sandbox.add_face_swap_task(name=f"task {number}")

    outcome = a2e_cli(*LIST, "--limit", "25", "--page-size", "10", "--json")

    names = [row["name"] for row in json.loads(outcome.out)]
    assert names == [f"task {499 - at}" for at in range(25)]
    assert len(pages_asked_for(server)) <= 4


def test_a_limit_above_what_there_is_lists_all_of_it(a2e_cli: Cli, server: SandboxServer) -> None:
    outcome = a2e_cli(*LIST, "--limit", "50", "--json")
    assert len(json.loads(outcome.out)) == 3
    assert len(pages_asked_for(server)) == 1


def test_no_tasks_are_an_empty_array_a_header_or_a_sentence(
    a2e_cli: Cli, server: SandboxServer, terminal: Callable[[int], None]
) -> None:
    for row in server.sandbox.face_swap_tasks():
        server.sandbox.delete_face_swap_task(row["_id"])

    assert json.loads(a2e_cli(*LIST, "--json").out) == []
    assert a2e_cli(*LIST).out.splitlines() == [
        "id  name  status  duration  created (UTC)  failed message  result"
    ]
    terminal(80)
    assert a2e_cli(*LIST).out == "No tasks.\n"


def test_get_shows_every_field(
    a2e_cli: Cli, server: SandboxServer, terminal: Callable[[int], None]
) -> None:
    as_json = json.loads(a2e_cli("face-swap", "tasks", "get", NEWEST, "--json").out)
    piped = a2e_cli("face-swap", "tasks", "get", NEWEST).out
    lines = [line.split("  ", 1) for line in piped.splitlines()]
    fields = {name: value.strip() for name, value in lines}
    terminal(80)
    seen = a2e_cli("face-swap", "tasks", "get", NEWEST).out

    assert as_json["id"] == fields["id"] == NEWEST
    assert list(fields) == [name for name in as_json if name != "result_urls"]
    assert fields["result_url"] == as_json["result_url"]
    assert fields["failed_message"] == "-"
    assert (
        len(
            {
                line.index(value)
                for line, value in zip(piped.splitlines(), fields.values(), strict=True)
            }
        )
        == 1
    )
    assert as_json["result_url"] in seen
    assert as_json["video_url"] in seen


def test_delete_deletes_and_says_so(a2e_cli: Cli, server: SandboxServer) -> None:
    outcome = a2e_cli("face-swap", "tasks", "delete", NEWEST)
    assert (outcome.code, outcome.out) == (0, f"Deleted task {NEWEST}.\n")
    assert NEWEST not in [row["_id"] for row in server.sandbox.face_swap_tasks()]
    assert a2e_cli("face-swap", "tasks", "get", NEWEST).code == 1


def test_images_are_added_listed_and_deleted(a2e_cli: Cli, server: SandboxServer) -> None:
    addresses = [f"https://example.com/{name}.jpg" for name in ("one", "two")]
    added = [
        json.loads(a2e_cli("face-swap", "images", "add", address, "--json").out)
        for address in addresses
    ]
    listed = json.loads(a2e_cli("face-swap", "images", "list", "--json").out)
    assert {image["id"]: image["face_url"] for image in listed} == {
        image["id"]: address for image, address in zip(added, addresses, strict=True)
    }
    assert (
        len(json.loads(a2e_cli("face-swap", "images", "list", "--json", "--limit", "1").out)) == 1
    )

    removed = a2e_cli("face-swap", "images", "delete", added[0]["id"], "--json")
    assert json.loads(removed.out) == {"id": added[0]["id"], "deleted": True}
    header, line = a2e_cli("face-swap", "images", "list").out.splitlines()
    assert header.split("  ")[0] == "id"
    assert header.endswith("  face")
    assert line.split() == [added[1]["id"], added[1]["created_at"], addresses[1]]


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ((*LIST, "--region", "mars"), "mars"),
        ((*LIST, "--base-url", "http://example.com"), "plain http"),
        ((*LIST, "--page-size", "0"), "--page-size must be from 1 to 100"),
        ((*LIST, "--page-size", "101"), "--page-size must be from 1 to 100"),
        ((*LIST, "--page-size", "many"), "--page-size"),
        ((*LIST, "--limit", "0"), "--limit must be at least 1"),
        (("face-swap", "images", "list", "--limit", "-1"), "--limit must be at least 1"),
        ((*LIST, "--nonsense"), "--nonsense"),
        (("face-swap", "tasks", "get", "123"), "24 hexadecimal digits"),
        (("face-swap", "tasks", "get"), "ID"),
        (("face-swap", "images", "add", "no-such-face.jpg"), "there is no file"),
        (("face-swap", "tasks", "lost"), "lost"),
        (("sandbox", "--port", "70000"), "--port must be from 0 to 65535"),
        (("sandbox", "--host", "0.0.0.0"), "--allow-remote"),
    ],
)
def test_bad_input_is_2_and_sends_nothing(
    a2e_cli: Cli, server: SandboxServer, arguments: tuple[str, ...], text: str
) -> None:
    outcome = a2e_cli(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert text in outcome.err
    assert outcome.err.startswith("a2e: ")
    assert outcome.err.count("\n") <= 2
    assert server.sandbox.requests.total == 0


@pytest.mark.parametrize(
    "arguments",
    [
        (*LIST, "--api-key", SECRET),
        ("--api-key", SECRET, *LIST),
        (*LIST, f"--api-key={SECRET}"),
        (*LIST, f"--API_KEY={SECRET}"),
        (*LIST, "--token", SECRET),
        ("sandbox", "--api-key", SECRET),
    ],
)
def test_a_key_on_the_command_line_is_refused_and_not_repeated(
    a2e_cli: Cli, server: SandboxServer, arguments: tuple[str, ...]
) -> None:
    outcome = a2e_cli(*arguments)
    assert outcome.code == 2
    assert "A2E_API_KEY" in outcome.err
    assert SECRET not in outcome.out + outcome.err
    assert server.sandbox.requests.total == 0


def test_a_key_in_the_place_of_an_id_is_not_repeated(a2e_cli: Cli, server: SandboxServer) -> None:
    outcome = a2e_cli("face-swap", "tasks", "get", SECRET)
    assert outcome.code == 2
    assert SECRET not in outcome.err


def test_no_key_is_3_and_says_what_to_do(a2e_cli: Cli) -> None:
    outcome = a2e_cli(*LIST, "--region", "global")
    assert outcome.code == 3
    assert "A2E_API_KEY" in outcome.err
    assert "--region sandbox" in outcome.err


@pytest.mark.parametrize("key", [INVALID_TOKEN, "two words"])
def test_a_key_that_is_not_accepted_is_3(
    a2e_cli: Cli, server: SandboxServer, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("A2E_API_KEY", key)
    outcome = a2e_cli(*LIST)
    assert (outcome.code, outcome.out) == (3, "")
    assert key not in outcome.err


def test_an_unknown_task_is_1(a2e_cli: Cli, server: SandboxServer) -> None:
    outcome = a2e_cli("face-swap", "tasks", "get", "0" * 24)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.count("\n") == 1
    assert "0" * 24 in outcome.err


def test_no_network_is_1_with_one_line(
    a2e_cli: Cli, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed_soon:
        port = closed_soon.getsockname()[1]
    monkeypatch.setenv("A2E_API_KEY", "sandbox")
    outcome = a2e_cli(*LIST, "--base-url", f"http://127.0.0.1:{port}", "--json")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.count("\n") == 1


def test_an_error_under_json_stays_text_on_standard_error(
    a2e_cli: Cli, server: SandboxServer
) -> None:
    server.sandbox.faults.add(Fault(status=400, body=b'{"code": 400, "msg": "bad\\ntwo lines"}'))
    outcome = a2e_cli(*LIST, "--json")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("a2e: list_face_swap_tasks: ")
    assert outcome.err.count("\n") == 1

"""``a2e verify`` in the terminal: what it prints, its report, its exit codes."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runs import Outcome

from a2e_sdk._sync.api_client import APIClient
from a2e_sdk._verify import contract
from a2e_sdk.sandbox import INVALID_TOKEN
from a2e_sdk.sandbox.http_server import SandboxServer

Cli = Callable[..., Outcome]
DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = [
    line
    for page in ("verify.md", "doctor.md")
    for block in re.findall(r"```sh\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL)
    for line in block.splitlines()
    if line.startswith("a2e ")
]


@pytest.mark.parametrize("line", EXAMPLES)
def test_an_example_of_the_pages_works_as_printed(
    a2e_cli: Cli, server: SandboxServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = a2e_cli(*shlex.split(line)[1:])
    assert (outcome.code, outcome.err) == (0, "")


def test_the_pages_name_every_check_and_every_kind_of_difference(a2e_cli: Cli) -> None:
    doctor = (DOCS / "doctor.md").read_text("utf-8")
    report = json.loads(a2e_cli("doctor", "--region", "sandbox", "--json").out)
    for check in report["checks"]:
        assert f"`{check['name']}`" in doctor
    verify = (DOCS / "verify.md").read_text("utf-8")
    source = Path(contract.__file__).read_text("utf-8")
    kinds = set(re.findall(r'Difference\(\s*"(\w+)"', source)) | {"refused", "body", "addition"}
    assert len(kinds) >= 8
    for kind in kinds:
        assert f"`{kind}`" in verify


def test_it_agrees_with_the_sandbox(a2e_cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    outcome = a2e_cli("verify", "--region", "sandbox", "--operations", "list_*", "-o", str(file))
    assert (outcome.code, outcome.err) == (0, "")
    assert "agrees     list_face_swap_tasks  3 records\n" in outcome.out
    assert outcome.out.endswith(f"The report is in {file}.\n")
    report = json.loads(file.read_text())
    assert report["format"] == "a2e-verify/1"
    assert report["region"] == "sandbox"
    assert report["complete"] is True
    assert report["counts"]["differs"] == 0


def test_json_is_the_report(a2e_cli: Cli) -> None:
    outcome = a2e_cli("verify", "--region", "sandbox", "--operations", "get_coins", "--json")
    report = json.loads(outcome.out)
    assert [row["operation"] for row in report["operations"]] == ["get_coins"]


def test_a_difference_is_code_1(a2e_cli: Cli, server: SandboxServer) -> None:
    server.sandbox.add_face_swap_task(current_status="paused")
    outcome = a2e_cli("verify", "--operations", "list_face_swap_tasks")
    assert outcome.code == 1
    assert "differs    list_face_swap_tasks" in outcome.out
    assert "$.data.rows[*].current_status: word, expected initialized or" in outcome.out
    assert "seen paused" in outcome.out


def test_another_address_is_no_region(a2e_cli: Cli, server: SandboxServer) -> None:
    outcome = a2e_cli("verify", "--operations", "get_coins", "--json")
    assert json.loads(outcome.out)["region"] == "other"
    assert server.url not in outcome.out


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("--operations", "nonsense"), "no operation is called 'nonsense'"),
        (("--spend", "-1"), "--spend must be a number of coins from 0"),
        (("--spend", "nan"), "--spend must be a number of coins from 0"),
        (("--image", "photo.jpg"), "--image"),
        (("--output", "/nowhere/report.json"), "no file can be written there"),
    ],
)
def test_bad_input_is_refused_before_anything_is_called(
    a2e_cli: Cli, server: SandboxServer, arguments: tuple[str, ...], text: str
) -> None:
    outcome = a2e_cli("verify", *arguments)
    assert outcome.code == 2
    assert text in outcome.err
    assert len(list(server.sandbox.requests)) == 0


def test_a_key_that_is_not_accepted_is_code_3(
    a2e_cli: Cli, server: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A2E_API_KEY", INVALID_TOKEN)
    assert a2e_cli("verify").code == 3


def test_what_was_started_and_is_left_is_named(
    a2e_cli: Cli, server: SandboxServer, tmp_path: Path
) -> None:
    outcome = a2e_cli("verify", "--operations", "start_seedance_task", "--spend", "500")
    assert outcome.code == 0
    (line,) = outcome.err.splitlines()
    assert line.startswith("Left in the account by start_seedance_task: ")
    assert "coins were spent" in outcome.out


def test_ctrl_c_writes_what_there_is(
    a2e_cli: Cli, server: SandboxServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "report.json"
    real = APIClient.call

    def interrupted(self: APIClient, request: object, parse: object) -> object:
        if request.operation == "list_wan_25_tasks":  # type: ignore[attr-defined]
            raise KeyboardInterrupt
        return real(self, request, parse)  # type: ignore[arg-type]

    monkeypatch.setattr(APIClient, "call", interrupted)
    outcome = a2e_cli("verify", "--spend", "200", "--operations", "*wan_2*", "-o", str(file))
    assert outcome.code == 130
    report = json.loads(file.read_text())
    assert report["complete"] is False
    tried = [row["operation"] for row in report["operations"]]
    assert "start_wan_25_task" in tried
    assert "get_wan_25_task" not in tried
    assert "Left in the account by start_wan_25_task: " in outcome.err

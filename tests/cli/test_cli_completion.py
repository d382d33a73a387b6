"""The completion of shells: what they are answered, and where their scripts are installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runs import Outcome

from a2e_sdk.cli.app import root_command
from a2e_sdk.cli.completion import installation
from a2e_sdk.cli.completion.answers import Answer, answer_to
from a2e_sdk.cli.completion.scripts import SCRIPTS

Cli = Callable[..., Outcome]
REGIONS = ["global", "china", "sandbox"]


def answer(question: str, **environment: str) -> Answer:
    return answer_to(question, root_command(), environment)


def typed(line: str) -> dict[str, str]:
    return {"_TYPER_COMPLETE_ARGS": line}


def test_zsh_gets_words_with_what_they_mean() -> None:
    text = answer("complete_zsh", **typed("a2e face-swap tasks l")).text
    assert text == '_arguments \'*: :(("list":"List face swaps, newest first."))\''
    option = answer("complete_zsh", **typed("a2e face-swap tasks list --js")).text
    assert option == '_arguments \'*: :(("--json":"Print JSON, for scripts."))\''


def test_zsh_is_given_nothing_that_it_would_read_as_its_own() -> None:
    text = answer("complete_zsh", **typed("a2e face-swap tasks list --re")).text
    assert "Default\\\\: A2E_REGION" in text
    assert answer("complete_zsh", **typed("a2e face-swap tasks list --output ")).text == "_files"


def test_fish_asks_whether_words_fit_and_then_which() -> None:
    line = typed("a2e face-swap tasks list --region ")
    assert answer("complete_fish", _TYPER_COMPLETE_FISH_ACTION="is-args", **line) == ("", 0)
    get = answer("complete_fish", _TYPER_COMPLETE_FISH_ACTION="get-args", **line)
    assert get.text.splitlines() == REGIONS
    files = typed("a2e download x --output ")
    assert answer("complete_fish", _TYPER_COMPLETE_FISH_ACTION="is-args", **files) == ("", 1)
    told = answer("complete_fish", **typed("a2e credits h")).text
    assert told == "history\tList what was spent and granted."


def test_powershell_gets_each_word_with_what_it_means() -> None:
    line = typed("a2e face-swap tasks l")
    found = answer("complete_powershell", _TYPER_COMPLETE_WORD_TO_COMPLETE="l", **line)
    assert found.text == "list:::List face swaps, newest first."
    words = answer("complete_pwsh", **typed("a2e face-swap tasks list --region ")).text
    assert words.splitlines() == [f"{region}::: " for region in REGIONS]


@pytest.mark.parametrize("line", ["a2e nope ", "a2e face-swap tasks list --nope ", "a2e 'un"])
def test_a_line_that_is_wrong_is_no_error(line: str) -> None:
    assert answer("complete_bash", COMP_WORDS=line, COMP_CWORD="3").exit_code == 0


def test_a_question_that_no_script_asks_is_refused(
    a2e_cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    for question in ("complete_csh", "bash", "install_bash"):
        monkeypatch.setenv("_A2E_COMPLETE", question)
        outcome = a2e_cli()
        assert (outcome.code, outcome.out) == (2, "")
        assert f"it is {question!r}" in outcome.err


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    return tmp_path


def in_shell(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    shellingham = pytest.importorskip("shellingham")
    monkeypatch.setattr(shellingham, "detect_shell", lambda: (name, f"/bin/{name}"))


@pytest.mark.parametrize(
    ("shell", "place", "settings", "line"),
    [
        ("bash", ".bash_completions/a2e.sh", ".bashrc", "source '{}'"),
        ("zsh", ".zfunc/_a2e", ".zshrc", "fpath+=~/.zfunc; autoload -Uz compinit; compinit"),
        ("fish", ".config/fish/completions/a2e.fish", None, ""),
    ],
)
def test_a_script_is_installed_once_however_often_it_is_asked_for(
    a2e_cli: Cli,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    shell: str,
    place: str,
    settings: str | None,
    line: str,
) -> None:
    in_shell(monkeypatch, shell)
    if settings is not None:
        (home / settings).write_text("# mine, without an end")
    for _ in range(2):
        outcome = a2e_cli("--install-completion")
        assert (outcome.code, outcome.err) == (0, "")
        assert f"{shell} completion installed in {home / place}" in outcome.out
    assert (home / place).read_text() == SCRIPTS[shell] + "\n"
    if settings is not None:
        text = (home / settings).read_text()
        assert text.startswith("# mine, without an end\n")
        assert text.splitlines().count(line.format(home / place)) == 1


def test_the_script_is_shown(a2e_cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    in_shell(monkeypatch, "fish")
    assert a2e_cli("--show-completion") == Outcome(0, SCRIPTS["fish"] + "\n", "")


def test_a_shell_that_can_not_complete_is_named(
    a2e_cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_shell(monkeypatch, "csh")
    outcome = a2e_cli("--install-completion")
    assert (outcome.code, outcome.out) == (1, "")
    assert "the shell is csh; completion is there for bash, zsh, fish" in outcome.err
    assert list(home.iterdir()) == []


def test_powershell_keeps_the_script_in_its_profile(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = home / "profile.ps1"

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        assert command[:3] == ["pwsh", "-NoProfile", "-Command"]
        return subprocess.CompletedProcess(command, 0, f"{profile}\n", "")

    monkeypatch.setattr(installation.subprocess, "run", run)
    for _ in range(2):
        assert installation.install("pwsh") == profile
    assert profile.read_text() == SCRIPTS["pwsh"] + "\n"


@pytest.mark.skipif(shutil.which("bash") is None, reason="has no bash")
def test_the_script_of_bash_can_be_read_by_it() -> None:
    done = subprocess.run(["bash", "-n"], input=SCRIPTS["bash"], text=True, capture_output=True)
    assert (done.returncode, done.stderr) == (0, "")

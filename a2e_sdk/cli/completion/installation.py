"""Where the script of a shell is installed.

This module owns the files: the script's own, and the lines by which the shell reads it. A line
that is there already is not written again.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from .scripts import SCRIPTS


def current_shell() -> str:
    """Return the shell that this process was started from.

    Raises:
        OSError: It is not found, or is none that can complete.
    """
    # It comes without types.
    shellingham: Any = import_module("shellingham")

    try:
        name = str(shellingham.detect_shell()[0])
    except shellingham.ShellDetectionFailure:
        name = ""
    if name not in SCRIPTS:
        found = f"the shell is {name}" if name else "the shell of this terminal was not found"
        raise OSError(f"{found}; completion is there for {', '.join(SCRIPTS)}.")
    return name


def install(shell: str) -> Path:
    """Install the script of a shell, and return its file.

    Args:
        shell: One of `SCRIPTS`.

    Raises:
        OSError: A file can't be written, or PowerShell does not tell its profile.
    """
    return _PLACES[shell](shell)


def _bash(shell: str) -> Path:
    path = Path.home() / ".bash_completions" / "a2e.sh"
    _add(Path.home() / ".bashrc", f"source '{path}'")
    return _written(path, shell)


def _zsh(shell: str) -> Path:
    settings = Path.home() / ".zshrc"
    _add(settings, "fpath+=~/.zfunc; autoload -Uz compinit; compinit")
    if "zstyle" not in _text(settings):
        _add(settings, "zstyle ':completion:*' menu select")
    return _written(Path.home() / ".zfunc" / "_a2e", shell)


def _fish(shell: str) -> Path:
    return _written(Path.home() / ".config" / "fish" / "completions" / "a2e.fish", shell)


# By its default a profile of the user is not run.
_PROFILE = (
    "if ((Get-ExecutionPolicy) -eq 'Restricted') "
    "{ Set-ExecutionPolicy RemoteSigned -Scope CurrentUser }; "
    "[Console]::OutputEncoding = [System.Text.Encoding]::UTF8; $PROFILE"
)


def _powershell(shell: str) -> Path:
    done = subprocess.run(  # noqa: S603 (one of `SCRIPTS`)
        [shell, "-NoProfile", "-Command", _PROFILE], capture_output=True, encoding="utf-8"
    )
    name = done.stdout.strip()
    if done.returncode or not name:
        raise OSError(f"{shell} does not tell where its profile is: {done.stderr.strip()}")
    path = Path(name)
    _add(path, SCRIPTS[shell])
    return path


def _add(path: Path, text: str) -> None:
    """Add lines to a file of settings, unless they are there."""
    before = _text(path)
    if text in before:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    gap = "" if not before or before.endswith("\n") else "\n"
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{gap}{text}\n")


def _text(path: Path) -> str:
    return path.read_text("utf-8", "surrogateescape") if path.is_file() else ""


def _written(path: Path, shell: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SCRIPTS[shell] + "\n", "utf-8")
    return path


_PLACES: Mapping[str, Callable[[str], Path]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
    "powershell": _powershell,
    "pwsh": _powershell,
}

"""Type along with a page: its blocks of code, one after the other, as a reader would.

This module owns what a block means to a reader; which pages are read is in ``test_read_pages``.

* A ``python`` block runs as a program of its own. One that begins with ``# NAME.py`` is saved under
  that name, for a shell line to run. A ``csv`` block is saved as it stands, under the last name
  ``NAME.csv`` of the words before it.
* Of an ``sh`` block each line runs: ``a2e`` in this process, ``python`` and ``pytest`` in one of
  their own. ``export`` sets a variable. ``a2e sandbox`` goes on beside what follows. Lines that
  install are checked for the extras that they name.
* A block without a language behind one of these is what that printed; ``...`` stands for
  something that differs.
* A ``py``, ``toml`` or ``yaml`` block is shown only.
"""

from __future__ import annotations

import io
import logging
import re
import shlex
import subprocess
import sys
import tomllib
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from documentation_pages import ROOT, text_of

from a2e_sdk.cli.app import run
from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.http_server import serve

#: Where the pages say that ``a2e sandbox`` listens.
SHOWN_ADDRESS = "http://127.0.0.1:8765"
#: Local files that the pages take as inputs.
INPUTS = ("me.jpg", "clip.mp4", "coat.jpg", "talk.mp4", "clips/one.mp4", "clips/two.mp4")
VARIABLES = ("A2E_API_KEY", "A2E_API_TOKEN", "A2E_REGION", "A2E_BASE_URL", "A2E_JOURNAL")

#: What the first page begins with; the environment of the tests has been made already.
_MAKES_ENVIRONMENT = ("python3 -m venv .venv", ". .venv/bin/activate")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_PROGRAM = re.compile(r"# ([\w.-]+\.py)\n")
_TABLE = re.compile(r"`([\w.-]+\.csv)`")


class PageReader:
    """A reader of one page, in a folder of their own.

    Args:
        page: The page, by its path from the root.
        folder: Where the reader is.
        monkeypatch: What undoes changes of the environment and the folder.
    """

    def __init__(self, page: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._page, self._folder, self._monkeypatch = page, folder, monkeypatch
        self._address = SHOWN_ADDRESS
        self._saved: set[str] = set()
        self._used: set[str] = set()
        for name in INPUTS:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(name.encode() * 100)
        monkeypatch.chdir(folder)
        for name in (*VARIABLES, "FORCE_COLOR"):
            monkeypatch.delenv(name, raising=False)
        # Tasks of a sandbox in this process end sooner than those of a reader.
        pace = {"processing_after": 0.1, "completed_after": 0.3}
        for name, seconds in pace.items():
            monkeypatch.setitem(Sandbox.__init__.__kwdefaults__, name, seconds)

    def read(self) -> None:
        """Read the page from its beginning to its end.

        Raises:
            AssertionError: Something on it does not run, or prints something else.
        """
        printed = ""
        with ExitStack() as background:
            # A page may switch the log on.
            for logger in (logging.getLogger(), logging.getLogger("a2e_sdk")):
                background.callback(logger.setLevel, logger.level)
            page, read_to = text_of(self._page), 0
            for block in _BLOCK.finditer(page):
                language, text = block.groups()
                words, read_to = page[read_to : block.start()], block.end()
                if language == "python" and (named := _PROGRAM.match(text)):
                    self._save(named[1], self._here(text))
                elif language == "csv":
                    self._save(_TABLE.findall(words)[-1], text)
                elif language == "python":
                    printed = self._run_python(self._here(text))
                elif language == "sh":
                    printed = "".join(
                        self._run_line(line, background) for line in text.splitlines()
                    )
                elif language == "" and "$ " not in text:
                    self._compare(text, printed)
        assert self._saved <= self._used, f"nothing runs {self._saved - self._used}"

    def _here(self, text: str) -> str:
        return text.replace(SHOWN_ADDRESS, self._address)

    def _save(self, name: str, text: str) -> None:
        (self._folder / name).write_text(text, "utf-8")
        self._saved.add(name)

    def _run_python(self, text: str) -> str:
        with _printed() as out:
            try:
                exec(compile(text, self._page, "exec"), {"__name__": "__main__"})
            except BaseException:
                raise AssertionError(f"{text}\n{traceback.format_exc()}") from None
        return out.getvalue()

    def _run_line(self, line: str, background: ExitStack) -> str:
        line, _, comment = self._here(line).partition("  # ")
        words = shlex.split(line)
        expected = int(found[1]) if (found := re.search(r"exit code (\d+)", comment)) else 0
        for name in self._saved.intersection(words):
            # What a program imports, it runs.
            imported = re.findall(
                r"^from (\w+) import", (self._folder / name).read_text("utf-8"), re.M
            )
            self._used.update({name, *(f"{module}.py" for module in imported)})
        if not words or words[0].startswith("#"):
            return ""
        if words[0] == "export":
            name, _, value = words[1].partition("=")
            self._monkeypatch.setenv(name, value)
            return ""
        if line in _MAKES_ENVIRONMENT:
            return ""
        if "install" in words:
            self._check_extras(line)
            return ""
        if words[:2] == ["a2e", "sandbox"]:
            self._address = background.enter_context(
                serve(Sandbox(processing_after=0.2, completed_after=0.5))
            ).url
            return ""
        if words[0] == "a2e":
            with _printed() as out, redirect_stderr(out):
                code = int(run(words[1:]))
            assert code == expected, (line, code, out.getvalue())
            return out.getvalue()
        assert words[0] in ("python", "pytest"), f"nobody knows how to run: {line}"
        program = [sys.executable] if words[0] == "python" else [sys.executable, "-m", "pytest"]
        done = subprocess.run(
            [*program, *words[1:]], capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == expected, (line, done.returncode, done.stdout, done.stderr)
        return done.stdout + done.stderr

    def _check_extras(self, line: str) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        for extras in re.findall(r"a2e-sdk\[([\w,]+)\]|\.\[([\w,]+)\]", line):
            named = {name for group in extras for name in group.split(",") if name}
            assert named <= set(project["optional-dependencies"]), line

    def _compare(self, shown: str, printed: str) -> None:
        """Expect what a page shows; dots stand for anything, and lines may be wider apart."""
        parts = [re.escape(" ".join(part.split())) for part in shown.split("...")]
        told = " ".join(printed.replace(self._address, SHOWN_ADDRESS).split())
        pattern = r"\s*.*?\s*".join(parts).replace(re.escape("…"), ".*?")
        assert re.fullmatch(pattern, told), f"{self._page} shows:\n{shown}\nbut this is:\n{printed}"


@contextmanager
def _printed() -> Iterator[io.StringIO]:
    out = io.StringIO()
    # The command asks its streams for an encoding and a file, as those of a process have them.
    with redirect_stdout(out):
        yield out


def environment_of_a_server(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Let programs and commands use a server, as with a key of their own."""
    monkeypatch.setenv("A2E_BASE_URL", address)
    monkeypatch.setenv("A2E_API_KEY", "sk_test_key_of_a_reader")

"""Terminal sessions as SVG, drawn by rich from what real commands print.

This module owns how a session is run and drawn; which sessions there are is in ``test_pictures``.
A picture is the same on every machine: it names fonts and fetches none, and what differs between
machines is written as one of them has it.
"""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from html import escape

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from a2e_sdk.cli.app import run

#: A dark panel with a border, which is readable on a light page and on a dark one. Colours 1 to 6
#: are those that commands use; each has a contrast of 4.5 or more on the background.
_THEME = TerminalTheme(
    (22, 27, 34),
    (230, 237, 243),
    [
        *((110, 118, 129), (255, 123, 114), (63, 185, 80), (210, 153, 34)),
        *((88, 166, 255), (188, 140, 255), (57, 197, 207), (230, 237, 243)),
    ],
)
_FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
#: rich's own template fetches its font from another server.
_TEMPLATE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<title>TITLE</title>
<style>
.{unique_id}-matrix {{ font: {char_height}px/{line_height}px FONTS }}
{styles}
</style>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})">
{backgrounds}<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
#: What differs between machines and runs, and what the pictures have in its place.
_DIFFERS = (
    (r"(?<=127\.0\.0\.1:)\d+", "8765"),
    (r"(?<=port )\d+(?= is open)", "8765"),
    (r"(?<= after )\d+(?= ms)", "4"),
    (
        r"a2e-sdk \S+, Python [^\x1b\n]+",
        "a2e-sdk 0.1.0, Python 3.12.4, Linux-6.8.0-x86_64-with-glibc2.39",
    ),
)


class _Screen(io.StringIO):
    """Takes what a command prints on both of its streams, in order."""

    encoding = "utf-8"  # type: ignore[assignment]


def session_picture(
    commands: Sequence[str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    columns: int,
    codes: Sequence[int] = (0,),
) -> str:
    """Run commands in this process, one after the other, and draw what a terminal shows.

    Args:
        commands: The commands, as a person types them.
        monkeypatch: What undoes changes of the environment.
        columns: The width of the terminal, in cells.
        codes: The exit code that each has to have.
    """
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in {
        "FORCE_COLOR": "1",
        "TERM": "xterm-256color",
        "COLUMNS": str(columns),
    }.items():
        monkeypatch.setenv(name, value)
    console = Console(
        record=True,
        width=columns,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
    )
    for number, (command, code) in enumerate(zip(commands, codes, strict=True)):
        screen = _Screen()
        with redirect_stdout(screen), redirect_stderr(screen):
            ended = int(run(shlex.split(command)[1:]))
        printed = screen.getvalue()
        assert ended == code, printed
        if number:
            console.print()
        prompt = Text.assemble(("$ ", "bold green"), (command, "bold"))
        for line in (prompt, *_lines(printed)):
            for piece in _folded(line, columns):
                console.print(piece, no_wrap=True, crop=False)
    template = _TEMPLATE.replace("TITLE", escape(" && ".join(commands)).replace("{", "{{"))
    picture = console.export_svg(
        title="",
        theme=_THEME,
        code_format=template.replace("FONTS", _FONTS),
        font_aspect_ratio=0.6,
        unique_id="terminal",
    )
    # Nothing is wider than the terminal, so nothing is cut; the end of a line is no text.
    picture = re.sub(r' clip-path="[^"]*"|<text [^>]*>\n</text>', "", picture)
    picture = re.sub(r"\d+\.\d{4,}", lambda number: f"{float(number[0]):g}", picture)
    picture = picture.replace("</text><", "</text>\n<")
    return "\n".join(line.strip() for line in picture.splitlines() if line.strip()) + "\n"


def _lines(printed: str) -> list[Text]:
    for pattern, shown in _DIFFERS:
        printed = re.sub(pattern, shown, printed)
    return [Text.from_ansi(line) for line in printed.splitlines()]


def _folded(line: Text, columns: int) -> list[Text]:
    """Return the lines that a terminal of a width makes of one."""
    ends = range(columns, cell_len(line.plain), columns)
    return list(line.divide(ends)) if ends else [line]

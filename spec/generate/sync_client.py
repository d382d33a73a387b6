"""Write the blocking client from the one with await, or compare it with what is there.

    python spec/synchronise.py            write a2e_sdk/synchronous from a2e_sdk/asynchronous
    python spec/synchronise.py --check    print what would change, exit with 1 if anything would

unasync turns the grammar around token by token; this script owns the names and the few phrases that
differ, and formats the result. `concurrency.py` is hand-written on both sides and left alone.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import unasync

from generate import check_pins, read_tree, update_files

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent / "a2e_sdk"
ASYNCHRONOUS, SYNCHRONOUS = "asynchronous", "synchronous"
HAND_WRITTEN = {"__init__.py", "concurrency.py"}

NOTE = "# Written by `nox -s generate` from asynchronous/{name}: edit there, not here.\n"

#: Names of two words that become one; `AsyncX` becomes `X` and `x_async` becomes `x` by rule.
NAMES = {
    "aclose": "close",
    "aclosing": "closing",
    "anext": "next",
    "AsyncGenerator": "Generator",
}

#: Phrases of docstrings that say something else for threads than for tasks.
PHRASES = {
    "``AsyncA2E``, the client with ``await``": "``A2E``, the client that blocks",
    "many tasks of one\n    event loop, of several loops at once, or of one loop after the other, "
    "on asyncio and on trio.\n    Pickling it": "many\n    threads. Pickling it",
    "``async with``": "``with``",
}


def names_in(source: str) -> dict[str, str]:
    """Return what every name of a source that follows our naming rules becomes."""
    renamed = dict(NAMES)
    for name in set(re.findall(r"\b[A-Za-z_]\w*\b", source)):
        changed = re.sub(r"(?<![A-Za-z])Async(?=[A-Z])", "", name)
        changed = re.sub(r"_async(?=_|$)", "", changed)
        if changed != name:
            renamed.setdefault(name, changed)
    return renamed


def convert(name: str, source: str, scratch: Path) -> str:
    """Return the blocking form of one module."""
    renamed = names_in(source)
    original = scratch / ASYNCHRONOUS / name
    original.parent.mkdir(parents=True, exist_ok=True)
    original.write_text(source, encoding="utf-8")
    rule = unasync.Rule(f"/{ASYNCHRONOUS}/", f"/{SYNCHRONOUS}/", additional_replacements=renamed)
    unasync.unasync_files([str(original)], [rule])
    text = (scratch / SYNCHRONOUS / name).read_text(encoding="utf-8")
    for phrase, other in PHRASES.items():
        text = text.replace(phrase, other)
    # What unasync leaves alone: names and keywords inside docstrings and comments.
    text = re.sub(r"\b\w+\b", lambda word: renamed.get(word[0], word[0]), text)
    text = re.sub(r"\b(async|await) (?=\w)", "", text)
    # A module that was itself written says so once.
    return NOTE.format(name=name) + re.sub(r"\A# Written by .*\n", "", text)


def formatted(directory: Path) -> None:
    """Sort imports and format, as the rest of the project is."""
    settings = ["--isolated", "--no-cache", "--line-length", "100", "--target-version", "py311"]
    ruff = [sys.executable, "-m", "ruff"]
    fixes = ["check", "--fix-only", "--unsafe-fixes", "--quiet", "--select", "I,F401,C416"]
    fixes += ["--config", 'lint.isort.known-first-party=["a2e_api", "a2e_sdk"]']
    for command in (fixes, ["format", "--quiet"]):
        subprocess.run([*ruff, *command, *settings, str(directory)], check=True)


def main() -> int:
    """Run the command line and return the exit code: 0 for success, 1 for a difference."""
    parser = argparse.ArgumentParser(description="Write the blocking client.")
    parser.add_argument("--check", action="store_true", help="write nothing, print what differs")
    options = parser.parse_args()
    check_pins((HERE / "requirements.txt").read_text())
    target = PACKAGE / SYNCHRONOUS
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        for path in sorted((PACKAGE / ASYNCHRONOUS).rglob("*.py")):
            name = path.relative_to(PACKAGE / ASYNCHRONOUS).as_posix()
            if name not in HAND_WRITTEN:
                text = convert(name, path.read_text(encoding="utf-8"), scratch)
                (scratch / SYNCHRONOUS / name).write_text(text, encoding="utf-8")
        formatted(scratch / SYNCHRONOUS)
        wanted = read_tree(scratch / SYNCHRONOUS)
    present = {name: text for name, text in read_tree(target).items() if name not in HAND_WRITTEN}
    return update_files(target, present, wanted, check=options.check)


if __name__ == "__main__":
    sys.exit(main())

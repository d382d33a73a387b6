"""Generate the sync client from the async client, or compare it with what is there.

    python spec/generate/sync_client.py            write a2e_sdk/synchronous
    python spec/generate/sync_client.py --check    print what would change, and exit 1

unasync removes `async` and `await` token by token. This module owns the names and the few phrases
that differ. `concurrency.py` is written by hand on both sides and left alone.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

import unasync

import project
from generated_files import Files, formatted, read_tree, run_generator

PACKAGE = project.FACADE
ASYNCHRONOUS, SYNCHRONOUS = "asynchronous", "synchronous"
HAND_WRITTEN = {"__init__.py", "concurrency.py"}

NOTE = "# Written by `nox -s generate` from asynchronous/{name}: edit there, not here.\n"

#: Names that change against the rule that `AsyncX` becomes `X` and `x_async` becomes `x`.
NAMES = {
    "aclose": "close",
    "aclosing": "closing",
    "anext": "next",
    "AsyncGenerator": "Generator",
}

#: Phrases of docstrings that differ for threads.
PHRASES = {
    "``AsyncA2E``, the client with ``await``": "``A2E``, the client that blocks",
    "many tasks of one\n    event loop, of several loops at once, or of one loop after the other, "
    "on asyncio and on trio.\n    Pickling it": "many\n    threads. Pickling it",
    "``async with``": "``with``",
}


def names_in(source: str) -> dict[str, str]:
    """Return the sync name of each name of a source that differs, by our naming rules."""
    renamed = dict(NAMES)
    for name in set(re.findall(r"\b[A-Za-z_]\w*\b", source)):
        changed = re.sub(r"(?<![A-Za-z])Async(?=[A-Z])", "", name)
        changed = re.sub(r"_async(?=_|$)", "", changed)
        if changed != name:
            renamed.setdefault(name, changed)
    return renamed


def convert(name: str, source: str, scratch: Path) -> str:
    """Return the sync form of one module."""
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
    # A source that is generated itself says so once.
    return NOTE.format(name=name) + re.sub(r"\A# Written by .*\n", "", text)


def generate() -> Files:
    """Return the files of the sync client, without those written by hand."""
    sources = {
        name: text
        for name, text in read_tree(PACKAGE / ASYNCHRONOUS).items()
        if name.endswith(".py") and name not in HAND_WRITTEN
    }
    with tempfile.TemporaryDirectory() as folder:
        wanted = {name: convert(name, text, Path(folder)) for name, text in sources.items()}
    target = PACKAGE / SYNCHRONOUS
    present = {name: text for name, text in read_tree(target).items() if name not in HAND_WRITTEN}
    return Files(target, present, formatted(wanted))


if __name__ == "__main__":
    sys.exit(run_generator("Generate the sync client from the async client.", generate))

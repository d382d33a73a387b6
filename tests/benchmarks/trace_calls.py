"""Counts the calls that one operation makes inside the SDK, on its way out and on its way back.

    python tests/benchmarks/trace_calls.py [--json] [--files] [name ...]

Each operation runs on the sandbox in this process, twice: first use, and use after that. The way out
ends where the sandbox is entered, and the way back begins where it is left; what the sandbox does is
not counted, nor is the import of a module. A *call* is a function of ``a2e_sdk`` or ``a2e_api`` that is
entered (a generator or a comprehension counts too, as often as it is resumed); a *move* is a call into
another file than the one it comes from. Time is not measured here; ``run.py`` does that.
"""

from __future__ import annotations

import argparse
import inspect
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

import a2e_api
import a2e_sdk
from a2e_sdk import A2E

_PACKAGES = {
    "a2e_sdk": str(Path(a2e_sdk.__file__).parent),
    "a2e_api": str(Path(a2e_api.__file__).parent),
}
_SANDBOX = "a2e_sdk/sandbox/"

OPERATIONS: Mapping[str, Callable[[A2E], Any]] = {
    "face_swap.tasks.list": lambda a2e: a2e.face_swap.tasks.list().to_list(),
    "face_swap.tasks.page": lambda a2e: a2e.face_swap.tasks.page(1, page_size=10),
    "wan_25.create": lambda a2e: a2e.wan_25.create(prompt="a cat on a wall"),
}


class Way:
    """The calls of one direction.

    Args:
        calls: How many functions were entered.
        moves: How many of them are in another file than their caller.
        files: How often each file was entered, in the order of the first time.
    """

    def __init__(self) -> None:
        self.calls = 0
        self.moves = 0
        self.files: Counter[str] = Counter()

    def to_json(self) -> dict[str, Any]:
        """Return the figures as plain JSON data."""
        return {"calls": self.calls, "moves": self.moves, "files": dict(self.files)}


class Trace:
    """Counts calls while it is active.

    Attributes:
        out: The calls before the first request.
        back: The calls after it.
        requests: How many requests reached the sandbox.
    """

    def __init__(self) -> None:
        self.out = Way()
        self.back = Way()
        self.requests = 0
        self._names: dict[str, str | None] = {}
        #: The frame that is not counted, with all that it calls; None while calls are counted.
        self._outside: FrameType | None = None

    def __enter__(self) -> Trace:
        sys.setprofile(self._profile)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _profile(self, frame: FrameType, event: str, _argument: object) -> None:
        if event == "return" and frame is self._outside:
            self._outside = None
        if event != "call" or self._outside is not None:
            return
        name = self._name(frame.f_code.co_filename)
        is_body = not frame.f_code.co_flags & inspect.CO_OPTIMIZED  # Of a module or a class.
        if is_body or (name is not None and name.startswith(_SANDBOX)):
            self._outside = frame
            self.requests += not is_body
            return
        if name is None:
            return
        way = self.back if self.requests else self.out
        way.calls += 1
        way.moves += name != self._caller(frame)
        way.files[name] += 1

    def _caller(self, frame: FrameType) -> str | None:
        """Return the nearest file of the SDK that a frame was called from."""
        caller = frame.f_back
        while caller is not None:
            name = self._name(caller.f_code.co_filename)
            if name is not None:
                return name
            caller = caller.f_back
        return None

    def _name(self, path: str) -> str | None:
        """Return a file's path from its package on; None where it is not one of the SDK."""
        if path not in self._names:
            self._names[path] = next(
                (
                    package + path.removeprefix(folder)
                    for package, folder in _PACKAGES.items()
                    if path.startswith(folder + "/")
                ),
                None,
            )
        return self._names[path]


def trace(operation: Callable[[A2E], Any]) -> dict[str, Any]:
    """Run an operation twice on a new client, and return what was counted each time."""
    figures: dict[str, Any] = {}
    with A2E(region="sandbox") as a2e:
        a2e.account.coins()  # Opens the transport, which only a client's first call does.
        for use in ("first", "later"):
            with Trace() as counted:
                operation(a2e)
            if counted.requests != 1:
                raise SystemExit(f"{counted.requests} requests were made; one was expected")
            figures[use] = {"out": counted.out.to_json(), "back": counted.back.to_json()}
    return figures


def main(arguments: list[str] | None = None) -> int:
    """Trace the operations that are named, or all of them, and print what was counted."""
    parser = argparse.ArgumentParser(description="Count the calls inside the SDK.")
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(OPERATIONS))
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--files", action="store_true", help="print the files that were entered")
    options = parser.parse_args(arguments)
    unknown = set(options.names) - set(OPERATIONS)
    if unknown:
        parser.error(f"there is no operation {', '.join(sorted(unknown))}")
    names = options.names or list(OPERATIONS)
    # Each in a process of its own, whose caches are empty.
    figures = {names[0]: trace(OPERATIONS[names[0]])} if len(names) == 1 else _apart(names)
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        _print(figures, with_files=options.files)
    return 0


def _apart(names: Iterable[str]) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for name in names:
        command = [sys.executable, __file__, "--json", name]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        figures |= json.loads(done.stdout)
    return figures


def _print(figures: Mapping[str, Any], *, with_files: bool) -> None:
    print(f"Python {sys.version_info[0]}.{sys.version_info[1]}: calls / moves / files")
    for name, uses in figures.items():
        for use, ways in uses.items():
            cells = (
                f"{way} {found['calls']:4} /{found['moves']:4} /{len(found['files']):3}"
                for way, found in ways.items()
            )
            print(f"{name:22} {use:6} {'   '.join(cells)}")
            if with_files:
                for way, found in ways.items():
                    for file, count in found["files"].items():
                        print(f"    {way:4} {count:4}  {file}")


if __name__ == "__main__":
    sys.exit(main())

"""Vendor documents as they might come, and our own small document to compare them with."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
# The programs of spec/ are no package; they find each other beside themselves.
sys.path.insert(0, str(ROOT / "spec" / "update"))

import update  # noqa: E402
from overlay import apply_overlay  # noqa: E402
from plain_data import parse  # noqa: E402

# Before what an update puts on the path: spec/generate and the tests both have an `examples`.
sys.path.insert(0, str(ROOT / "tests"))

DOCUMENTS = Path(__file__).parent / "documents"
#: In C where PyYAML was built with libyaml, as a wheel of it is.
DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
CASES: dict[str, dict[str, Any]] = {
    path.stem: parse(path.read_bytes()) for path in sorted((DOCUMENTS / "cases").glob("*.yaml"))
}


def overlay_of(actions: list[dict[str, Any]]) -> dict[str, Any]:
    """An overlay of actions that lack all but what they do."""
    named = [
        {"x-name": f"action {number}", "description": "-", "x-evidence": "-", **action}
        for number, action in enumerate(actions)
    ]
    return {"overlay": "1.0.0", "info": {"title": "-", "version": "1"}, "actions": named}


@cache
def _vendor() -> dict[str, Any]:
    """The vendor's document, which an overlay never changes."""
    document: dict[str, Any] = parse((DOCUMENTS / "vendor.yaml").read_bytes())
    return document


def vendor_document(actions: list[dict[str, Any]]) -> dict[str, Any]:
    """The vendor's document with these differences."""
    applied = apply_overlay(_vendor(), overlay_of(actions))
    assert not applied.missed, "the differences do not fit vendor.yaml"
    return applied.document


class Workplace:
    """A directory with our document in it, and the command line of the update."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self._capsys = capsys
        (root / "spec").mkdir()
        self.files = update.Files(document=root / "spec" / "openapi.yaml")
        shutil.copy(DOCUMENTS / "ours.yaml", self.files.document)
        self.errors = ""

    def vendor(self, actions: list[dict[str, Any]], *, as_yaml: bool = False) -> str:
        """Store the vendor's document with these differences; return its path."""
        path = self.root / ("vendor.yaml" if as_yaml else "vendor.json")
        content = vendor_document(actions)
        in_yaml = yaml.dump(content, Dumper=DUMPER, sort_keys=False) if as_yaml else ""
        text = in_yaml or json.dumps(content)
        path.write_text(text, "utf-8")
        return str(path)

    def run(self, *arguments: str, trial: Callable[[Path], None] = lambda _: None) -> int:
        """Run the command line; return its exit code and keep what it printed."""
        code = update.main(list(arguments), files=self.files, trial=trial)
        self.printed, self.errors = self._capsys.readouterr()
        return code

    @property
    def report(self) -> dict[str, Any]:
        """What was printed, as JSON."""
        report: dict[str, Any] = json.loads(self.printed)
        return report

    def tree(self) -> dict[str, bytes]:
        """The bytes of every file."""
        files = [path for path in self.root.rglob("*") if path.is_file()]
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in files}

"""Promises about whole vendor documents: the verdict is the one that a careful maintainer gives.

Each case changes spec/openapi.yaml, reduced to the families that the cases touch, and the report
on it is compared with a verdict that was written down before the comparison was looked at.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import access_cases
import broken_cases
import form_cases
import path_cases
import pytest
import request_cases
import response_cases
import update_cases
import yaml
from known_differences import KNOWN_DIFFERENCES
from vendor_case import CASES, METHODS, WHOLE_API, VendorCase

import update

TABLES = (path_cases, access_cases, request_cases, response_cases, form_cases, broken_cases)
"""Importing them fills the table of cases."""

FAMILIES = [
    "[face_swap]",
    "[storage]",
    "[voices]",
    "[account]",
    "[backgrounds]",
    "[avatar_videos]",
    "[grok]",
    "[veo]",
    "[hailuo]",
    "[minimax]",
    "[happy_horse]",
    "[seedance_2]",
    "[upscale]",
    "[sound]",
    "[motion_transfer]",
]

pytestmark = pytest.mark.once


@cache
def base_text() -> str:
    """Give spec/openapi.yaml without the families that no case touches."""
    text = (update_cases.ROOT / "spec" / "openapi.yaml").read_text("utf-8")
    head, paths = text.split("\npaths:\n")
    paths, components = paths.split("\ncomponents:\n")
    blocks = ("\n" + paths).split("\n  /api/")[1:]
    kept = [block for block in blocks if any(f"tags: {tag}" in block for tag in FAMILIES)]
    return (
        f"{head}\npaths:\n" + "".join(f"  /api/{block}\n" for block in kept)
    ) + f"\ncomponents:\n{components}"


@cache
def base_document() -> dict[str, Any]:
    """Give the same, loaded."""
    document: dict[str, Any] = yaml.load(base_text(), Loader=yaml.CSafeLoader)
    return document


def written(case: VendorCase) -> bytes:
    """Give the vendor's document of a case."""
    if case.source == "document":
        document = copy.deepcopy(base_document())
        case.change(document)
        return json.dumps(document, ensure_ascii=False).encode()
    base = base_text() if case.source == "yaml" else json.dumps(base_document())
    changed: str | bytes = case.change(base)
    return changed if isinstance(changed, bytes) else changed.encode()


def labels(names: Iterable[str]) -> set[str]:
    """Name operations as the report does, by method and path; a path stays what it is."""
    found = {
        operation["operationId"]: f"{method.upper()} {path}"
        for path, item in base_document()["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }
    return {name if name.startswith("/") else found[name] for name in names if name != WHOLE_API}


@dataclass
class Outcome:
    """What the update said of a document."""

    code: int
    errors: str
    breaks: list[dict[str, Any]] = field(default_factory=list)
    new: list[dict[str, Any]] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether the document was refused."""
        return self.code == 2 and self.errors.startswith("refused: ")


def named(entries: Iterable[dict[str, Any]], label: str, *, moved: bool | None = None) -> bool:
    """Tell whether an operation is named, if asked for as moved or in another way."""
    return any(
        label in (entry["operation"], entry["operation"].partition(" ")[2])
        and (moved is None or moved == (entry["kind"] == "operation moved"))
        for entry in entries
    )


def differences(case: VendorCase, outcome: Outcome) -> list[str]:
    """Compare the report on a document with the verdict that is expected."""
    if outcome.refused:
        return _refusal_differences(case, outcome)
    if case.refused:
        return ["not refused"]
    both = outcome.breaks + outcome.new
    found = [
        f"{missing}: {one}"
        for missing, entries, names, moved in (
            # Where an operation has moved as well, its break is one beside the move.
            ("not breaking", outcome.breaks, case.breaks & case.moved, False),
            ("not breaking", outcome.breaks, case.breaks - case.moved, None),
            ("not moved", outcome.breaks, case.moved, True),
            ("not new", outcome.new, case.new, None),
            ("passed over", both, case.look, None),
        )
        for one in sorted(labels(names))
        if not named(entries, one, moved=moved)
    ]
    if WHOLE_API in case.breaks and not outcome.breaks:
        found.append("nothing breaks")
    if WHOLE_API in case.look and not both:
        found.append("nothing to look at")
    expected = case.breaks | case.moved | case.look | case.may
    return found + [
        f"must not be {group}: {entry['operation']} {entry['place']}: {entry['kind']}"
        for group, entries, allowed in (
            ("breaking", outcome.breaks, expected),
            ("new", outcome.new, expected | case.new),
        )
        for entry in entries
        if WHOLE_API not in allowed and not any(named([entry], one) for one in labels(allowed))
    ]


def _refusal_differences(case: VendorCase, outcome: Outcome) -> list[str]:
    if case.refused:
        said = re.search(case.refused, outcome.errors)
        return [] if said else [f"refused, but for this reason: {outcome.errors.strip()}"]
    return [] if case.refusal_allowed else [outcome.errors.strip()]


def examine(case: VendorCase, directory: Path, capsys: pytest.CaptureFixture[str]) -> Outcome:
    """Run the command line on the document of a case."""
    # JSON is read in a tenth of the time.
    ours = directory / "ours.json"
    ours.write_text(json.dumps(base_document()), "utf-8")
    theirs = directory / ("theirs.yaml" if case.source == "yaml" else "theirs.json")
    theirs.write_bytes(written(case))
    arguments = [str(theirs), "--json"]
    if case.previous:
        arguments += ["--previous", str(ours)]
    code = update.main(arguments, files=update.Files(document=ours))
    printed, errors = capsys.readouterr()
    if not printed:
        return Outcome(code, errors)
    report = json.loads(printed)
    return Outcome(code, errors, report["breaks_users"], report["new_for_users"])


def _parameters() -> list[Any]:
    parameters = []
    for case in CASES:
        known = KNOWN_DIFFERENCES.get(case.name)
        marks = [] if known is None else [pytest.mark.xfail(reason=known, strict=True)]
        parameters.append(pytest.param(case, id=case.name, marks=marks))
    return parameters


@pytest.mark.parametrize("case", _parameters())
def test_the_verdict_is_that_of_a_careful_maintainer(
    case: VendorCase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = differences(case, examine(case, tmp_path, capsys))
    assert not found, f"{case.did} ({case.sure})\n" + "\n".join(found[:12])


def test_every_case_changes_something_and_has_a_name_of_its_own() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names) >= 60
    assert set(KNOWN_DIFFERENCES) <= set(names)
    same = {"unchanged", "json"}
    base = json.dumps(base_document(), ensure_ascii=False).encode()
    for case in CASES:
        if case.name not in same:
            assert written(case) not in (base, base_text().encode()), case.name

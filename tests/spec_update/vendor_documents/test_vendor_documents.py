"""Promises about whole vendor documents: the verdict is the one that a careful maintainer gives.

Each case changes spec/openapi.yaml, reduced to the families that the cases touch, and the report
on it is compared with a verdict that was written down before the comparison was looked at.
"""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Iterable, Iterator
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
from spec_document import used_components

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

#: A component that no operation of these families refers to before a case has changed it.
USED_BY_CASES = "#/components/parameters/TaskId"

#: The cases whose document is ours; each other one changes something.
UNCHANGED = {"unchanged", "json"}

pytestmark = pytest.mark.once


@cache
def base_text() -> str:
    """Give spec/openapi.yaml without the families that no case touches, and what only they use."""
    text = (update_cases.ROOT / "spec" / "openapi.yaml").read_text("utf-8")
    head, paths = text.split("\npaths:\n")
    paths, components = paths.split("\ncomponents:\n")
    blocks = ("\n" + paths).split("\n  /api/")[1:]
    kept = [block for block in blocks if any(f"tags: {tag}" in block for tag in FAMILIES)]
    beginning = f"{head}\npaths:\n" + "".join(f"  /api/{block}\n" for block in kept)
    used = beginning + USED_BY_CASES
    return beginning + "\n" + used_components(used, f"components:\n{components}")


@cache
def base_pickle() -> bytes:
    """Give the same, loaded; unpickled in a tenth of the time that copying takes."""
    return pickle.dumps(yaml.load(base_text(), Loader=yaml.CSafeLoader))


def base_document() -> dict[str, Any]:
    """Give the same as a document of its own for each caller."""
    document: dict[str, Any] = pickle.loads(base_pickle())
    return document


@cache
def base_json() -> str:
    """Give the same as JSON, which is read in a tenth of the time."""
    return json.dumps(base_document(), ensure_ascii=False)


def written(case: VendorCase) -> bytes:
    """Give the vendor's document of a case."""
    if case.source == "document":
        document = base_document()
        case.change(document)
        return json.dumps(document, ensure_ascii=False).encode()
    changed: str | bytes = case.change(base_text() if case.source == "yaml" else base_json())
    return changed if isinstance(changed, bytes) else changed.encode()


@cache
def base_labels() -> dict[str, str]:
    """Give method and path of each operation by its id."""
    return {
        operation["operationId"]: f"{method.upper()} {path}"
        for path, item in base_document()["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def labels(names: Iterable[str]) -> set[str]:
    """Name operations as the report does, by method and path; a path stays what it is."""
    found = base_labels()
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


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our document, which is the vendor's previous one too."""
    path = tmp_path_factory.mktemp("ours") / "ours.json"
    path.write_text(base_json(), "utf-8")
    return path


@pytest.fixture(scope="module", autouse=True)
def known_is_read_once() -> Iterator[None]:
    """Read and correct once what all cases are compared with."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(update, "read_known", cache(update.read_known))
        yield


def examine(
    theirs: Path, case: VendorCase, ours: Path, capsys: pytest.CaptureFixture[str]
) -> Outcome:
    """Run the command line on the document of a case."""
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
    case: VendorCase, ours: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = written(case)
    assert case.name in UNCHANGED or content not in (base_json().encode(), base_text().encode())
    theirs = tmp_path / ("theirs.yaml" if case.source == "yaml" else "theirs.json")
    theirs.write_bytes(content)
    found = differences(case, examine(theirs, case, ours, capsys))
    assert not found, f"{case.did} ({case.sure})\n" + "\n".join(found[:12])


def test_every_case_has_a_name_of_its_own() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names) >= 60
    assert set(KNOWN_DIFFERENCES) | UNCHANGED <= set(names)

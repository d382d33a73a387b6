"""What a report of `a2e verify` says about our document: overlay actions, and what is left.

This module owns the reading of such a report, the `x-evidence` of operations whose responses were
compared on the live service, and proposals for what differed. Writing is left to update.py. A
report of the sandbox, or of a server that is none of A2E's, is refused: it proves nothing.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import project  # noqa: F401 - makes the packages importable
from a2e_sdk._config.drift import NOT_A_NAME, Finding
from a2e_sdk._config.drift import overlay as drift_overlay
from openapi_document import operations_of
from plain_data import RefusedDocument, parse

FORMAT = "a2e-verify/1"
REGIONS = ("global", "china")
#: The kinds of differences that a drift report knows, too.
_AS_FINDING = {
    "unknown": "field",
    "addition": "field",
    "word": "word",
    "null": "null",
    "type": "type",
}
_VERIFIED = re.compile(r"^verified [^;]*; ")
_VERSION = re.compile(r"[0-9A-Za-z.+-]{1,40}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What follows from a report.

    Attributes:
        proven: Actions that mark operations as verified.
        proposals: Actions that would make what was seen a part of the document; a person decides.
        left: Sentences on differences that no action is proposed for.
        unknown: Operations of the report that our document does not have.
    """

    proven: tuple[Mapping[str, Any], ...]
    proposals: tuple[Mapping[str, Any], ...]
    left: tuple[str, ...]
    unknown: tuple[str, ...]


def read_report(data: bytes) -> Mapping[str, Any]:
    """Decode a report.

    Args:
        data: The bytes of the file.

    Raises:
        RefusedDocument: It is none, or not one of A2E's own servers.
    """
    report = parse(data)
    if not isinstance(report, dict) or report.get("format") != FORMAT:
        raise RefusedDocument(f"no report of a2e verify in the form {FORMAT}")
    if report.get("region") not in REGIONS:
        raise RefusedDocument(
            f"it is of the region {report.get('region')!r}: only a report of "
            f"{' or '.join(REGIONS)} is evidence"
        )
    try:
        date.fromisoformat(report["date"])
        usable = _VERSION.fullmatch(report["sdk"]) is not None
        for row in report["operations"]:
            usable &= isinstance(row["operation"], str) and isinstance(row["proves"], bool)
            usable &= isinstance(row["described"], bool)
            for one in row["differences"]:
                usable &= all(
                    isinstance(one[key], str) for key in ("kind", "path", "seen", "place")
                )
                usable &= all(isinstance(word, str) for word in one["expected"])
                usable &= type(one["count"]) is int and one["count"] > 0
    except (KeyError, TypeError, ValueError):
        usable = False
    if not usable:
        raise RefusedDocument("a part of the report is missing or of another type")
    return report


def evidence_of(report: Mapping[str, Any], document: Mapping[str, Any]) -> Evidence:
    """Return what follows from a report for our document.

    Args:
        report: What `read_report` gave.
        document: Our document as plain data.
    """
    # It takes seconds to import, and no other part of an update needs it.
    from openapi_python_client.strings import PythonIdentifier

    places = {
        str(PythonIdentifier(operation["operationId"], "")): (method, path, operation)
        for method, path, _, operation in operations_of(document)
    }
    known = [row for row in report["operations"] if row["operation"] in places]
    label = f"verified {report['date']}, a2e-sdk {report['sdk']}"
    proven = [
        _proof(row, *places[row["operation"]], label, report["region"])
        for row in known
        if row["proves"]
    ]
    return Evidence(
        proven=tuple(proven),
        proposals=tuple(_proposals(known, document, label)),
        left=tuple(_left(known)),
        unknown=tuple(row["operation"] for row in report["operations"] if row not in known),
    )


def mark_verified(document: Any, evidence: Evidence) -> int:
    """Set the marks of verified operations in a document that keeps its comments.

    Args:
        document: What `document_layout.load` gave; it is changed.
        evidence: What follows from the report.

    Returns:
        How many operations were changed.
    """
    changed = 0
    for action in evidence.proven:
        operation = document["paths"][action["x-path"]][action["x-method"]]
        if any(operation.get(key) != value for key, value in action["update"].items()):
            operation.update(action["update"])
            changed += 1
    return changed


def _proof(
    row: Mapping[str, Any],
    method: str,
    path: str,
    operation: Mapping[str, Any],
    label: str,
    region: str,
) -> dict[str, Any]:
    former = _VERIFIED.sub("", operation.get("x-evidence-source", ""))
    extent = "" if row["described"] else ", the data of its response is not described"
    return {
        "x-name": f"verified {row['operation']}",
        "x-path": path,
        "x-method": method,
        "target": f"$.paths['{path}'].{method}",
        "description": f"A call on the live service ({region}) got the response that is described.",
        "x-evidence": label,
        "update": {
            "x-evidence": "verified",
            "x-evidence-source": f"{label} ({region}{extent}); {former}",
        },
    }


def _proposals(
    rows: list[Mapping[str, Any]], document: Mapping[str, Any], label: str
) -> Iterator[dict[str, Any]]:
    findings: Counter[Finding] = Counter()
    absent: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        for one in row["differences"]:
            name = _last_name(one["path"])
            if one["kind"] == "missing" and one["place"]:
                absent.setdefault((one["place"], name), set()).add(row["operation"])
            elif one["kind"] in _AS_FINDING and one["place"]:
                findings[_finding(row["operation"], one, name)] += one["count"]
    for action in drift_overlay(findings)["actions"]:
        yield {**action, "x-evidence": label}
    for (place, name), operations in sorted(absent.items()):
        yield {
            "x-name": f"not required {name} at {place}",
            "target": f"{place}.required[?@ == '{name}']",
            "description": "A response went without it.",
            "x-evidence": label,
            "x-evidence-source": f"responses of {', '.join(sorted(operations))}",
            "remove": True,
        }


def _last_name(path: str) -> str:
    """Return the last name of a JSONPath, also where it is in brackets."""
    quoted = re.search(r'\[("(?:[^"\\]|\\.)*")\]$', path)
    return path.rpartition(".")[2] if quoted is None else str(json.loads(quoted[1]))


def _finding(operation: str, one: Mapping[str, Any], name: str) -> Finding:
    kind = _AS_FINDING[one["kind"]]
    if kind == "field":
        return Finding(operation, kind, one["place"], name, (one["seen"],))
    types = () if kind == "word" else tuple(one["expected"])
    return Finding(operation, kind, one["place"], one["seen"], types)


def _left(rows: list[Mapping[str, Any]]) -> Iterator[str]:
    for row in rows:
        for one in row["differences"]:
            expressed = one["kind"] in _AS_FINDING or one["kind"] == "missing"
            expressed &= NOT_A_NAME not in (_last_name(one["path"]), one["seen"])
            if not (expressed and one["place"]):
                expected = " or ".join(one["expected"])
                place = f"{row['operation']}: {one['path']}"
                yield f"{place}: {one['kind']}, expected {expected}, seen {one['seen']}"


def as_text(evidence: Evidence) -> str:
    """Return what follows from a report, for people: sums, proposals, what is left."""
    lines = [f"{len(evidence.proven)} operations are verified."]
    lines += [f"  {action['target']}" for action in evidence.proven]
    if evidence.unknown:
        lines.append(f"Not in openapi.yaml: {', '.join(evidence.unknown)}")
    if evidence.proposals:
        lines.append("Proposals; edit openapi.yaml at each target, a person decides:")
        lines += [f"  - {json.dumps(action)}" for action in evidence.proposals]
    if evidence.left:
        lines.append("Differences without a proposal:")
        lines += [f"  {sentence}" for sentence in evidence.left]
    return "\n".join(lines)


def as_overlay(evidence: Evidence) -> dict[str, Any]:
    """Return all actions as an OpenAPI Overlay 1.0."""
    return {
        "overlay": "1.0.0",
        "info": {"title": "What a2e verify saw on the live service", "version": "1"},
        "actions": [*evidence.proven, *evidence.proposals],
    }

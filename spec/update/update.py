"""Compare a new vendor document with ours: what changed, what breaks users, which version follows.

    python spec/update/update.py FILE_OR_URL                    print the report
    python spec/update/update.py FILE_OR_URL --json             the same for machines
    python spec/update/update.py FILE_OR_URL --previous FILE    tell what is new from what is old
    python spec/update/update.py FILE_OR_URL --write            also add what is new to openapi.yaml
    python spec/update/update.py --evidence REPORT [--write]    mark what `a2e verify` has verified

The exit code is 0 if nothing is to be done, 1 if something is, and 2 if the document was refused,
overlay.yaml no longer fits it, or what was to be written would not have been valid. Our corrections
(overlay.yaml) are applied before the comparison. Without --write nothing is written. With it,
openapi.yaml is replaced in one step after the result was validated and a client was generated from
it; if anything fails, it stays as it was. The rest of the repository is not touched; `nox -s
generate` follows. This module owns the command line and the files; every decision is left to the
modules beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from openapi_spec_validator import validate

import folders
from additions import Written, add
from api_operations import read_operations
from comparison import compare, moved_paths
from document_layout import dump, load
from evidence import Evidence, as_overlay, evidence_of, mark_verified, read_report
from evidence import as_text as evidence_text
from overlay import Applied, OverlayError, apply_overlay
from plain_data import RefusedDocument, parse
from release_version import version_of
from shape_reader import ShapeReader
from update_report import Report, as_json, as_text, printable
from vendor_document import VendorDocument, check_shape, read_document
from verdict import judge
from yaml_document import SafeLoader


class FailedWrite(Exception):
    """openapi.yaml was not changed; the message says why."""


@dataclass(frozen=True, slots=True)
class Files:
    """The documents that an update uses.

    Attributes:
        document: Our document.
        overlay: Our corrections of the vendor's.
    """

    document: Path = folders.SPEC / "openapi.yaml"
    overlay: Path = folders.SPEC / "overlay.yaml"


def try_generator(candidate: Path) -> None:
    """Generate a client from a candidate into a directory that is thrown away.

    Args:
        candidate: The document.

    Raises:
        FailedWrite: The generator refuses it.
    """
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, str(folders.GENERATOR), "--document", str(candidate), scratch]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise FailedWrite(f"no client can be generated from it:\n{done.stdout}{done.stderr}")


@dataclass(frozen=True, slots=True)
class Known:
    """What a vendor's document is compared with.

    Attributes:
        ours: Our document as plain data.
        overlay: Our corrections as plain data.
        previous: The vendor's previous document, if it is at hand.
        corrected: The same with our corrections.
    """

    ours: Mapping[str, Any]
    overlay: Any
    previous: VendorDocument | None
    corrected: Mapping[str, Any] | None


def read_known(previous: str | None, files: Files) -> Known:
    """Read what a vendor's document is compared with.

    Args:
        previous: A path or an https address of the vendor's previous document, if it is at hand.
        files: Ours.

    Raises:
        RefusedDocument: A document is not usable.
        OverlayError: overlay.yaml is wrong.
    """
    ours = parse(files.document.read_bytes())
    check_shape(ours)
    overlay = parse(files.overlay.read_bytes())
    if previous is None:
        return Known(ours, overlay, None, None)
    read = read_document(previous)
    return Known(ours, overlay, read, _corrected(ours, read.content, overlay).document)


def examine(source: str, previous: str | None, files: Files) -> tuple[Report, Mapping[str, Any]]:
    """Compare a vendor's document with ours; nothing is written.

    Args:
        source: A path or an https address.
        previous: The same for the vendor's previous document, if it is at hand.
        files: Ours.

    Returns:
        The report, and the vendor's document with our corrections.

    Raises:
        RefusedDocument: A document is not usable.
        OverlayError: overlay.yaml is wrong.
    """
    try:
        known = read_known(previous, files)
        vendor = read_document(source, previous=known.previous)
        older = known.corrected
        applied = _corrected(known.ours, vendor.content, known.overlay, older)
        changes = compare(known.ours, applied.document, older)
        since = None
        if older is not None:
            _check_not_shrunk(older, applied.document)
            since = compare(older, applied.document)
    except RecursionError as error:
        raise RefusedDocument("its schemas are nested too deeply") from error
    version = version_of(folders.ROOT)
    return Report(vendor.label, version, judge(changes, since), applied), applied.document


def _corrected(
    ours: Mapping[str, Any],
    document: Mapping[str, Any],
    overlay: Any,
    previous: Mapping[str, Any] | None = None,
) -> Applied:
    """Apply our corrections, also to operations that have moved."""
    return apply_overlay(document, overlay, moved_paths(ours, document, previous))


def _check_not_shrunk(older: Mapping[str, Any], newer: Mapping[str, Any]) -> None:
    # YAML that was cut between two paths is whole YAML.
    before, after = (len(read_operations(ShapeReader(one))) for one in (older, newer))
    if 2 * after < before:
        raise RefusedDocument(
            f"it has {after} operations, the previous one {before}: half a download?"
        )


def write_additions(
    report: Report, theirs: Mapping[str, Any], files: Files, trial: Callable[[Path], None]
) -> Written:
    """Add what is new to our document, in one step or not at all.

    Args:
        report: What `examine` found.
        theirs: The vendor's document with our corrections.
        files: Ours.
        trial: Raises `FailedWrite` if a candidate can't be used.

    Returns:
        What was written and what was left.

    Raises:
        FailedWrite: The result would not be valid; nothing has changed.
    """
    before = files.document.read_text("utf-8")
    document = load(before)
    written = add(document, yaml.load(before, SafeLoader), theirs, report.verdict, report.label)
    if written.done:
        _replace_document(dump(document, before), files, trial)
    return written


def write_evidence(evidence: Evidence, files: Files, trial: Callable[[Path], None]) -> int:
    """Mark verified operations in our document, in one step or not at all.

    Args:
        evidence: What follows from a report of `a2e verify`.
        files: Ours.
        trial: Raises `FailedWrite` if a candidate can't be used.

    Returns:
        How many operations were changed.

    Raises:
        FailedWrite: The result would not be valid; nothing has changed.
    """
    before = files.document.read_text("utf-8")
    document = load(before)
    changed = mark_verified(document, evidence)
    if changed:
        _replace_document(dump(document, before), files, trial)
    return changed


def _replace_document(text: str, files: Files, trial: Callable[[Path], None]) -> None:
    """Put a text in the place of our document, once it is known to be valid and usable."""
    try:
        validate(yaml.load(text, SafeLoader))
    except Exception as error:  # the validator has no error of its own for all it raises
        raise FailedWrite(f"the result would not be valid: {error}") from error
    # Beside the document, because only a rename within one file system is atomic.
    handle, name = tempfile.mkstemp(".yaml", ".update-", files.document.parent)
    candidate = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        candidate.chmod(files.document.stat().st_mode & 0o777)
        trial(candidate)
        candidate.replace(files.document)
    finally:
        candidate.unlink(missing_ok=True)


def main(
    arguments: list[str] | None = None,
    *,
    files: Files | None = None,
    trial: Callable[[Path], None] = try_generator,
) -> int:
    """Run the command line.

    Args:
        arguments: The arguments, default those of the process.
        files: Our documents, default those of spec/.
        trial: Tries a candidate before it is kept, default with the generator.

    Returns:
        The exit code, see above.
    """
    parser = argparse.ArgumentParser(description="Compare a vendor's document with ours.")
    parser.add_argument("source", metavar="FILE_OR_URL", nargs="?")
    parser.add_argument("--evidence", metavar="REPORT", help="a report of `a2e verify`")
    parser.add_argument("--previous", metavar="FILE", help="the vendor's previous document")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("--write", action="store_true", help="add what is new to openapi.yaml")
    options = parser.parse_args(arguments)
    files = files or Files()
    if (options.source is None) == (options.evidence is None):
        parser.error("give either FILE_OR_URL or --evidence REPORT")
    if options.evidence is not None:
        return _use_evidence(Path(options.evidence), options, files, trial)
    try:
        report, theirs = examine(options.source, options.previous, files)
        if options.write and not report.overlay.missed:
            written = write_additions(report, theirs, files, trial)
            report = replace(report, written=written.done, left=written.left)
    except (RefusedDocument, OverlayError) as error:
        print(f"refused: {printable(str(error))}", file=sys.stderr)
        return 2
    except FailedWrite as error:
        print(f"nothing was written: {error}", file=sys.stderr)
        return 2
    print(json.dumps(as_json(report), indent=2) if options.json else as_text(report))
    if report.overlay.missed:
        return 2
    if options.write:
        return 1 if report.verdict.breaks or report.left else 0
    return 1 if report.verdict.matters else 0


def _use_evidence(
    path: Path, options: argparse.Namespace, files: Files, trial: Callable[[Path], None]
) -> int:
    try:
        report = read_report(path.read_bytes())
        evidence = evidence_of(report, parse(files.document.read_bytes()))
        changed = write_evidence(evidence, files, trial) if options.write else 0
    except (OSError, RefusedDocument) as error:
        print(f"refused: {printable(str(error))}", file=sys.stderr)
        return 2
    except FailedWrite as error:
        print(f"nothing was written: {error}", file=sys.stderr)
        return 2
    print(json.dumps(as_overlay(evidence), indent=2) if options.json else evidence_text(evidence))
    if options.write and not options.json:
        print(f"{changed} operations of {files.document.name} were changed.")
    todo = evidence.proposals or evidence.left or (evidence.proven and not options.write)
    return 1 if todo else 0


if __name__ == "__main__":
    sys.exit(main())

"""Promises of --write: only what is new, only what is safe, in one step or not at all."""

from __future__ import annotations

import difflib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_spec_validator import validate
from update_cases import CASES, DOCUMENTS, ROOT, Workplace

import update
from document_layout import dump, load

BEFORE = (DOCUMENTS / "ours.yaml").read_text("utf-8")
WRITTEN = {name: case for name, case in CASES.items() if "written" in case["expected"]}


def load_yaml(text: str) -> Any:
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def added_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went, and those that came."""
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return tuple([line[2:] for line in lines if line[0] == sign] for sign in "-+")  # type: ignore[return-value]


@pytest.mark.parametrize("case", CASES)
def test_only_what_is_new_is_written(workplace: Workplace, case: str) -> None:
    expected = CASES[case]["expected"]
    before = workplace.tree() | {"vendor.json": b""}
    code = workplace.run(workplace.vendor(CASES[case]["actions"]), "--write", "--json")
    report = workplace.report
    assert len(report["written"]) == expected.get("written", 0)
    after = workplace.tree() | {"vendor.json": b""}
    assert (after == before) == (not report["written"])
    assert set(after) == set(before)
    assert code == (2 if expected["exit"] == 2 else bool(report["breaks_users"] or report["left"]))


def test_our_document_is_valid_before_anything_is_written() -> None:
    validate(load_yaml(BEFORE))


@pytest.mark.parametrize("case", WRITTEN)
def test_what_was_written_is_valid_and_not_new_any_more_and_the_rest_stays(
    workplace: Workplace, case: str
) -> None:
    source = workplace.vendor(CASES[case]["actions"])
    workplace.run(source, "--write", "--json")
    left = workplace.report["left"]
    written = workplace.files.document.read_bytes()
    validate(load_yaml(written.decode()))
    _the_rest_stays(written.decode(), case)
    workplace.run(source, "--write", "--json")
    if case != "reference_cycles":  # a circle is written once around
        assert len(workplace.report["new_for_users"]) == len(left)
        assert workplace.files.document.read_bytes() == written


def _the_rest_stays(after: str, case: str) -> None:
    gone, came = added_lines(BEFORE, after)
    # A line may only get longer, by a word, a mark or a source.
    for line in gone:
        start = line.rstrip("]}").split("]")[0]
        assert any(other.startswith(start) for other in came), line
    if case == "new_engine_family":
        assert gone == []
    for comment in (
        "# A small document of ours",
        "# Two spellings",
        "# in English, says one client",
    ):
        assert comment in after


def test_every_addition_names_its_source(workplace: Workplace) -> None:
    workplace.run(workplace.vendor(CASES["new_engine_family"]["actions"]), "--write")
    document = yaml.safe_load(workplace.files.document.read_text("utf-8"))
    items = {path: item for path, item in document["paths"].items() if "Wan31" in path}
    operations = [operation for item in items.values() for operation in item.values()]
    assert [operation["operationId"] for operation in operations] == [
        "startWan31Task",
        "listWan31Tasks",
        "getManyWan31Tasks",
        "getWan31Task",
        "deleteWan31Task",
    ]
    effects = [operation["x-effect"] for operation in operations]
    assert effects == ["start", "read", "read", "read", "delete"]
    for operation in operations:
        assert operation["x-evidence"] == "reference"
        assert operation["x-evidence-source"].startswith("A2E Developer API 1.0.0 (sha256 ")
        assert operation["tags"] == ["wan31"]


def test_words_that_yaml_could_misread_are_written_as_text(workplace: Workplace) -> None:
    workplace.run(workplace.vendor(CASES["optional_fields_added"]["actions"]), "--write")
    document = yaml.safe_load(workplace.files.document.read_text("utf-8"))
    properties = document["components"]["schemas"]["StartTextToImageTaskRequest"]["properties"]
    assert properties["aspect_ratio"]["enum"] == ["1:1", "16:9"]
    assert properties["aspect_ratio"]["description"] == "Ratio of the image and more."
    assert properties["no"]["type"] == "boolean"


def test_a_place_that_others_share_is_left_alone(workplace: Workplace) -> None:
    answer = {
        "type": "object",
        "properties": {"data": {"type": "object", "properties": {"cost": {"type": "number"}}}},
    }
    item = "$.paths['/api/v1/userText2image/{id}'].get.responses"
    described = {"description": "", "content": {"application/json": {"schema": answer}}}
    actions: list[dict[str, Any]] = [
        {"target": f"{item}['200']", "remove": True},
        {"target": item, "update": {"200": described}},
    ]
    assert workplace.run(workplace.vendor(actions), "--write", "--json") == 1
    (left,) = workplace.report["left"]
    assert left["place"] == "data.cost"
    assert "shared" in left["reason"]
    assert workplace.files.document.read_text("utf-8") == BEFORE


def test_nothing_of_a_malicious_document_is_run_or_becomes_code(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workplace.root)
    source = workplace.vendor(CASES["malicious_names"]["actions"])
    workplace.run(source, "--write", "--json")
    written = {change["place"] or change["operation"] for change in workplace.report["written"]}
    assert written == {"body.class", "POST /api/v1/import/start"}
    assert set(workplace.tree()) == {"spec/openapi.yaml", "vendor.json"}
    _, came = added_lines(BEFORE, workplace.files.document.read_text("utf-8"))
    assert [line for line in came if '"""' in line or "\\" in line or "exec" in line] == []


class Killed(BaseException):
    """Ends the run, as a signal does."""


@pytest.mark.parametrize("failure", [update.FailedWrite("no"), Killed(), OSError("disk full")])
def test_a_run_that_fails_leaves_the_tree_as_it_was(
    workplace: Workplace, failure: BaseException
) -> None:
    source = workplace.vendor(CASES["new_engine_family"]["actions"])
    before = workplace.tree()

    def fail(candidate: Path) -> None:
        assert candidate.read_text("utf-8") != BEFORE
        raise failure

    if isinstance(failure, update.FailedWrite):
        assert workplace.run(source, "--write", trial=fail) == 2
        assert "nothing was written" in workplace.errors
    else:
        with pytest.raises(type(failure)):
            workplace.run(source, "--write", trial=fail)
    assert workplace.tree() == before


def test_a_result_that_is_not_valid_is_not_kept(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = workplace.vendor(CASES["new_engine_family"]["actions"])
    before = workplace.tree()
    monkeypatch.setattr(update, "dump", lambda document, text: "openapi: 3.1.0\n")
    assert workplace.run(source, "--write") == 2
    assert "would not be valid" in workplace.errors
    assert workplace.tree() == before


def test_a_run_that_is_killed_leaves_our_document_whole(tmp_path: Path) -> None:
    workplace = tmp_path / "spec"
    workplace.mkdir()
    (workplace / "openapi.yaml").write_text(BEFORE, "utf-8")
    vendor = tmp_path / "vendor.json"
    vendor.write_text((DOCUMENTS / "vendor.yaml").read_text("utf-8").replace("1.0.0", "1.0.1"))
    script = (
        "import os, pathlib, sys\n"
        f"sys.path[:0] = {[str(ROOT / 'spec' / 'update'), str(Path(__file__).parent)]!r}\n"
        "import json, update, update_cases\n"
        f"root = pathlib.Path({str(tmp_path)!r})\n"
        "case = update_cases.vendor_document(update_cases.CASES['new_engine_family']['actions'])\n"
        "(root / 'vendor.json').write_text(json.dumps(case))\n"
        "files = update.Files(document=root / 'spec' / 'openapi.yaml')\n"
        "update.main([str(root / 'vendor.json'), '--write'], files=files,"
        " trial=lambda _: os.kill(os.getpid(), 9))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == -9, done.stderr.decode()
    assert (workplace / "openapi.yaml").read_text("utf-8") == BEFORE


def test_our_own_document_comes_through_unchanged() -> None:
    for path in (ROOT / "spec" / "openapi.yaml", DOCUMENTS / "ours.yaml"):
        text = path.read_text("utf-8")
        assert dump(load(text), text) == text


@pytest.mark.generator
def test_a_client_is_generated_from_what_was_written(workplace: Workplace) -> None:
    """Of three cases at once, because the generator takes seconds for each document."""
    cases = [
        CASES[case] for case in ("new_engine_family", "malicious_names", "optional_fields_added")
    ]
    source = workplace.vendor([action for case in cases for action in case["actions"]])
    workplace.run(source, "--write", "--json", trial=update.try_generator)
    assert workplace.errors == ""
    written = sum(case["expected"]["written"] for case in cases)
    assert len(workplace.report["written"]) == written
    generator = ROOT / "spec" / "generate" / "low_level_client.py"
    command = [sys.executable, str(generator), str(workplace.root / "made")]
    command += ["--document", str(workplace.files.document)]
    subprocess.run(command, check=True, cwd=workplace.root)
    made = workplace.root / "made" / "a2e_api"
    for path in made.rglob("*.py"):
        compile(path.read_text("utf-8"), str(path), "exec")
    names = {path.stem for path in made.rglob("*.py")}
    assert "start_wan_31_task" in names or "start_wan31_task" in names
    text = (made / "models" / "list_voices_request.py").read_text("utf-8")
    assert "class_" in text
    assert "language" not in text

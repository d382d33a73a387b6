"""Promises of spec/generate/low_level_client.py: repeatable, honest about differences, harmless when it fails."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from package_under_test import GENERATOR, ROOT

from spec_document import used_components

SPEC = ROOT / "spec" / "openapi.yaml"
pytestmark = pytest.mark.generator
Run = Callable[..., "subprocess.CompletedProcess[str]"]
#: Settings that would change the output, were they read.
SETTINGS = "[tool.ruff]\nline-length = 50\nindent-width = 2\n"
TASK = "a2e_api/models/face_swap_task.py"


def tree(root: Path) -> dict[str, bytes]:
    """The bytes of every file below `root`, without Python's byte code."""
    files = [path for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def few_paths(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The document with its first section alone; the whole one takes long to generate."""
    document = tmp_path_factory.mktemp("few_paths") / "openapi.yaml"
    before, paths, components = re.split(r"(?m)^(?=paths:|components:)", SPEC.read_text("utf-8"))
    first = "  ".join(re.split(r"(?m)^  (?=/)", paths)[:12])
    document.write_text(before + first + used_components(before + first, components), "utf-8")
    return document


@pytest.fixture(scope="module")
def generated_of_few(
    run_generate: Run, few_paths: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """What is generated from `few_paths`."""
    output = tmp_path_factory.mktemp("generated_of_few")
    done = run_generate("--document", few_paths, output)
    assert done.returncode == 0, done.stderr
    return output


@pytest.fixture
def copied(generated_of_few: Path, tmp_path: Path) -> Path:
    """A copy of what is generated from `few_paths`, which a test may spoil."""
    target = tmp_path / "generated"
    shutil.copytree(generated_of_few, target, ignore=shutil.ignore_patterns("__pycache__"))
    return target


def test_generating_elsewhere_and_without_the_examples_gives_the_committed_bytes(
    run_generate: Run, tmp_path: Path
) -> None:
    """What the document as it is gives here, `low_level_client.py --check` compares."""
    (tmp_path / "pyproject.toml").write_text(SETTINGS)
    lines = SPEC.read_text("utf-8").splitlines(keepends=True)
    bare = [line for line in lines if not line.startswith(f"{'':14}example: ")]
    assert len(bare) < len(lines) - 200
    document = tmp_path / "openapi.yaml"
    document.write_text("".join(bare), "utf-8")
    output = tmp_path / "deep" / "er"
    done = run_generate("--document", document, output, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert tree(output) == tree(ROOT / "generated")
    assert [path.name for path in output.iterdir()] == ["a2e_api"]


def test_check_is_silent_when_nothing_would_change(
    run_generate: Run, few_paths: Path, copied: Path
) -> None:
    done = run_generate("--check", "--document", few_paths, copied)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_check_finds_edited_extra_and_missing_files_and_changes_nothing(
    run_generate: Run, few_paths: Path, generated_of_few: Path, copied: Path, tmp_path: Path
) -> None:
    edited = copied / TASK
    edited.write_text(edited.read_text().replace("class FaceSwapTask(", "class Edited("))
    (copied / "a2e_api" / "notes.txt").write_text("mine\n")
    (copied / "a2e_api" / "py.typed").unlink()
    before = tree(copied)
    done = run_generate("--check", "--document", few_paths, copied)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert f"{TASK}: differs" in lines
    assert "-class Edited(ResponseModel):" in lines
    assert "+class FaceSwapTask(ResponseModel):" in lines
    assert "a2e_api/notes.txt: not generated" in lines
    assert "a2e_api/py.typed: missing" in lines
    assert tree(copied) == before
    # Writing mends all of it, and from another directory gives the same bytes once more.
    (tmp_path / "pyproject.toml").write_text(SETTINGS)
    assert run_generate("--document", few_paths, copied, cwd=tmp_path).returncode == 0
    assert tree(copied) == tree(generated_of_few)


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (
            ("/api/v1/userFaceSwapTask/{_id}:", "/api/v1/userFaceSwapTask/{other}:"),
            "Incorrect path templating",
        ),
        (
            ("- name: pageNum\n          in: query", "- name: pageNum\n          in: cookie"),
            "cookie",
        ),
        (
            ('"#/components/schemas/FaceSwapTaskPage"', '"#/components/schemas/Nowhere"'),
            "Could not find reference",
        ),
        (("openapi: 3.1.0", "openapi: 3.1.0\n  : ["), "Invalid YAML"),
        (("\npaths:\n", "\npaths: {}\npaths:\n"), "a key that is there twice"),
    ],
)
def test_a_warning_or_an_error_leaves_the_old_tree(
    run_generate: Run,
    few_paths: Path,
    copied: Path,
    tmp_path: Path,
    spoil: tuple[str, str],
    complaint: str,
) -> None:
    original = few_paths.read_text("utf-8")
    document = tmp_path / "openapi.yaml"
    document.write_text(original.replace(*spoil), "utf-8")
    assert document.read_text("utf-8") != original
    before = tree(copied)
    done = run_generate("--document", document, copied)
    assert done.returncode == 1
    assert complaint in done.stderr
    assert tree(copied) == before
    assert [path.name for path in copied.iterdir()] == ["a2e_api"]


def test_another_version_of_a_tool_is_refused(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "spec", tmp_path / "spec")
    pins = tmp_path / "spec" / "requirements.txt"
    pins.write_text("ruff==0.0.1\nopenapi-python-client==0.0.2\n")
    command = [sys.executable, str(tmp_path / GENERATOR.relative_to(ROOT))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("ruff 0.0.1 is needed, found ")
    assert not (tmp_path / "generated").exists()


def test_a_stock_package_never_replaces_ours(run_generate: Run) -> None:
    done = run_generate("--stock")
    assert done.returncode == 2
    assert "OUTPUT_DIRECTORY of its own" in done.stderr

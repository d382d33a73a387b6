"""The table of templates in spec/README.md names every template that we override, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytestmark = [pytest.mark.generator, pytest.mark.once]

SPEC = Path(__file__).parents[2] / "spec"


def test_the_table_names_each_overridden_template_and_no_other() -> None:
    generator = pytest.importorskip("openapi_python_client")
    stock = Path(generator.__file__).parent / "templates"
    ours = SPEC / "generate" / "templates"
    overridden = {
        path.relative_to(ours).as_posix().partition(".")[0]
        for path in ours.rglob("*.jinja")
        if (stock / path.relative_to(ours)).is_file()
    }
    page = (SPEC / "README.md").read_text("utf-8")
    table = page.split("| input | stock | ours | template |")[1].split("\n\n")[0]
    last = [line.rstrip("|").rpartition("|")[2] for line in table.splitlines()[2:]]
    named = {name for cell in last for name in re.findall(r"`([\w.-]+)`", cell)}
    assert named == overridden | {"generator.yaml"}

"""Every operation's answer has an example that is current and fits its schema.

That it changes no generated line is tested with the generator, in tests/generated.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator

from spec_document import load_spec

ROOT = Path(__file__).parents[2]
SPEC = load_spec()

pytestmark = pytest.mark.once

OPERATIONS = {
    operation["operationId"]: operation
    for methods in SPEC["paths"].values()
    for operation in methods.values()
}


def content_of(operation: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = operation["responses"]["200"]["content"]["application/json"]
    return content


def examples() -> Iterator[tuple[str, Any, Any]]:
    """Every example with the name of its operation and the schema of the answer."""
    for name, operation in OPERATIONS.items():
        content = content_of(operation)
        values = [content["example"]] if "example" in content else []
        values += [example["value"] for example in content.get("examples", {}).values()]
        for value in values:
            yield name, value, content["schema"]


def test_every_operation_has_an_example_of_a_success() -> None:
    assert {name for name, value, _ in examples() if value["code"] == 0} == set(OPERATIONS)
    assert {name for name, value, _ in examples() if value["code"] != 0} == set()


def test_every_example_fits_its_schema() -> None:
    for name, value, schema in examples():
        validator = OAS31Validator({**schema, "components": SPEC["components"]})
        assert list(validator.iter_errors(value)) == [], name


def test_every_answer_that_holds_something_shows_something() -> None:
    """A list without a row, or a task that is null, would show nobody how it looks."""
    for name, value, _ in examples():
        if re.match("list|getMany", name) and name != "listCustomAvatarTags":
            data = value["data"]
            if isinstance(data, dict):
                data = data.get("rows") or data.get("list") or data.get("data")
            assert data, name
        elif name.startswith("get") and "Upload" not in name:
            assert value["data"], name


def test_nothing_in_an_example_is_of_a_real_account() -> None:
    generated = [
        value for name, value, _ in examples() if "examples" not in content_of(OPERATIONS[name])
    ]
    hosts = set(re.findall(r"https?://([^/\"]+)", json.dumps(generated)))
    assert hosts == {"example.com", "sandbox.a2e.invalid"}


@pytest.mark.generator
def test_the_examples_are_what_the_sandbox_answers_and_always_the_same() -> None:
    command = [sys.executable, str(ROOT / "spec" / "generate" / "examples.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_code_of_a_success_is_0_and_the_known_codes_of_failures_are_listed() -> None:
    schemas = SPEC["components"]["schemas"]
    code = schemas["Envelope"]["properties"]["code"]
    assert (code["type"], code["minimum"], code["maximum"]) == ("integer", 0, 0)
    failure = schemas["ErrorResponse"]["properties"]["code"]
    assert {-1, 400, 401, 402, 403, 404, 429, 500, 1001, 1003, 1004, 30005} == set(
        failure["examples"]
    )
    for known in failure["examples"]:
        assert str(known) in failure["description"]

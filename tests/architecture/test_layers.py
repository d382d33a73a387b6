"""The rules of the house that a search can hold: layers, names, one place for each thing."""

from __future__ import annotations

import ast
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import a2e_sdk
from a2e_sdk import errors
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk._wire.family_table import TASK_FAMILIES

ROOT = Path(__file__).parents[2]
FACADE = Path(a2e_sdk.__file__).parent
WINGS = ("cli", "sandbox")

#: Packages and modules that decide and convert without any I/O.
PURE = (
    *("_checks", "_wire", "_http/request", "_http/response", "_http/retry", "_http/failures"),
    "_http/error_codes",
    *("_config/regions", "_config/fallbacks", "_tasks/pagination", "_tasks/polling"),
    *("_tasks/recovery", "models"),
    *("_doctor/settings", "_doctor/packages", "_doctor/certificates", "_doctor/clock"),
    "_doctor/checks",
    *("_mcp/tools", "_mcp/prices", "_mcp/texts"),
    *("_verify/plan", "_verify/inputs", "_verify/contract", "_verify/results"),
)


def sources(*, wings: bool = True) -> Iterator[Path]:
    for path in sorted(FACADE.rglob("*.py")):
        # `python -m a2e_sdk` is the terminal's door, not a part of the core.
        place = path.relative_to(FACADE).parts[0]
        if wings or place not in (*WINGS, "__main__.py"):
            yield path


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports_of(path: Path) -> tuple[str, ...]:
    """Return the modules that a file imports anywhere, relative ones made absolute."""
    package = ["a2e_sdk", *path.relative_to(FACADE).parts[:-1]]
    found: list[str] = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found += (module, *(f"{module}.{alias.name}" for alias in node.names))
    return tuple(found)


def is_type_checking_only(path: Path, module: str) -> bool:
    tree = tree_of(path)
    inside = [
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and getattr(block.test, "id", "") == "TYPE_CHECKING"
        for node in ast.walk(block)
    ]
    everywhere = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Import) and any(alias.name == module for alias in node.names)
    ]
    return all(node in inside for node in everywhere)


def test_no_wire_path_stands_outside_the_spec_the_generated_client_and_the_sandbox() -> None:
    for path in sources():
        if "sandbox" not in path.relative_to(FACADE).parts[:1]:
            assert "/api/v1" not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize(
    ("library", "importers"),
    [
        ("httpx", {"httpx_transport.py"}),
        ("httpcore", {"httpx_transport.py"}),
        ("httpx2", {"httpx2_transport.py"}),
        ("httpcore2", {"httpx2_transport.py"}),
        ("aiohttp", {"aiohttp_transport.py"}),
    ],
)
def test_one_module_imports_each_http_library(library: str, importers: set[str]) -> None:
    using = {
        path.relative_to(FACADE).as_posix()
        for path in sources()
        if any(name.split(".")[0] == library for name in imports_of(path))
        and not is_type_checking_only(path, library)
    }
    assert using == {f"_http/transports/{name}" for name in importers}


def test_layers_import_downwards_only() -> None:
    for path in sources(wings=False):
        for module in imports_of(path):
            for wing in WINGS:
                assert not module.startswith(f"a2e_sdk.{wing}"), (path, module)
    generated = Path(import_module("a2e_api").__file__ or "").parent
    for path in generated.rglob("*.py"):
        assert "a2e_sdk" not in path.read_text(encoding="utf-8"), path
    for path in sources():
        assert not any(module.split(".")[0] == "generated" for module in imports_of(path)), path


def test_pure_modules_do_no_io() -> None:
    forbidden = {"asyncio", "httpx", "os", "socket", "threading", "time", "random", "pathlib"}
    for place in PURE:
        found = list((FACADE / place).rglob("*.py")) or [FACADE / f"{place}.py"]
        for path in found:
            modules = {module.split(".")[0] for module in imports_of(path)}
            # A path as a value opens nothing.
            allowed = {"pathlib"} if path == FACADE / "models/batch.py" else set()
            assert not modules & (forbidden - allowed), path


def test_importing_the_sdk_imports_neither_http_nor_attrs_nor_the_wings() -> None:
    code = (
        "import sys; before = set(sys.modules); import a2e_sdk;"
        "print(sorted(m for m in set(sys.modules) - before))"
    )
    loaded = ast.literal_eval(run(code))
    assert not {"attr", "attrs", "httpx", "ssl", "asyncio", "logging", "json"} & set(loaded)
    assert [name for name in loaded if name.startswith("a2e_")] == ["a2e_sdk"]


def test_building_a_client_imports_neither_http_nor_the_sandbox() -> None:
    code = "import sys, a2e_sdk; a2e_sdk.A2E('sk_x'); print(sorted(sys.modules))"
    loaded = ast.literal_eval(run(code))
    assert not {"httpx", "asyncio", "ssl", "a2e_sdk.sandbox", "a2e_sdk._async"} & set(loaded)


def test_sections_that_take_files_load_no_openssl() -> None:
    code = (
        "import sys, a2e_sdk; a2e = a2e_sdk.A2E('sk_x'); a2e.face_swap.tasks; a2e.wan_25;"
        "a2e.storage; print(sorted(sys.modules))"
    )
    loaded = set(ast.literal_eval(run(code)))
    assert "a2e_sdk._sync.files.uploads" in loaded
    assert not {"_hashlib", "_ssl", "httpx"} & loaded


def test_the_sandbox_in_process_needs_no_http_library() -> None:
    code = (
        "import sys; sys.modules['httpx'] = None; from a2e_sdk import A2E;"
        "print(len(A2E(region='sandbox').face_swap.tasks.list().to_list()))"
    )
    assert run(code).strip() == "3"


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def public_classes() -> list[tuple[Any, Any]]:
    pairs = []
    for path in sorted((FACADE / "_async").rglob("*.py")):
        if path.stem in ("__init__", "concurrency"):
            continue
        name = ".".join(path.relative_to(FACADE / "_async").with_suffix("").parts)
        one = import_module(f"a2e_sdk._async.{name}")
        other = import_module(f"a2e_sdk._sync.{name}")
        for name, value in vars(one).items():
            own = inspect.isclass(value) and value.__module__ == one.__name__
            if own and not name.startswith("_"):
                pairs.append((value, getattr(other, name.replace("Async", ""))))
    return pairs


@pytest.mark.parametrize(("asynchronous", "synchronous"), public_classes())
def test_both_clients_have_the_same_methods_arguments_and_docstrings(
    asynchronous: Any, synchronous: Any
) -> None:
    names = {name for name in vars(asynchronous) if not name.startswith("_")}
    blocking = {name.replace("_async", "").replace("aclose", "close") for name in names}
    assert {name for name in vars(synchronous) if not name.startswith("_")} == blocking
    for name in names:
        one = getattr(asynchronous, name)
        other = getattr(synchronous, name.replace("_async", "").replace("aclose", "close"))
        if callable(one):
            assert list(inspect.signature(one).parameters) == list(inspect.signature(other).parameters)  # fmt: skip
        text = inspect.getdoc(one)
        assert text, f"{asynchronous.__name__}.{name} has no docstring"
        assert re.sub(
            r"Async(?=[A-Z])|_async|aclose|close|\basync (?=with|for)", "", text
        ) == re.sub("close", "", inspect.getdoc(other) or "")
    assert not re.search(r"\b(async|await)\b", inspect.getdoc(synchronous) or "")


@pytest.mark.parametrize("family", TASK_FAMILIES.values(), ids=lambda family: family.name)
def test_every_row_of_the_families_table_names_what_exists(family: TaskFamily) -> None:
    models = import_module("a2e_sdk.models")
    assert getattr(models, family.model).family == family.name
    assert callable(family.to_model)
    values = {"id": "a" * 24, "ids": ["a" * 24], "name": "new"}
    wanted = {"get": ["id"], "get_many": ["ids"], "delete": ["id"], "rename": ["id", "name"]}
    for verb, keys in wanted.items():
        if getattr(family, verb) is None:
            with pytest.raises(NotImplementedError, match="no operation"):
                family.operation(verb).request({key: values[key] for key in keys})
            continue
        request = family.operation(verb).request({key: values[key] for key in keys})
        sent = f"{request.path} {request.query} {request.json}"
        assert all(str(values[key]) in sent for key in keys), "each value goes out somewhere"
    if getattr(family, family.search) is not None:
        assert family.operation(family.search).effect == "read"


def test_the_error_tree_is_the_documented_one() -> None:
    tree = {
        name: value.__mro__[1].__name__
        for name, value in vars(errors).items()
        if inspect.isclass(value) and issubclass(value, Exception)
    }
    status = "APIStatusError"
    assert tree == {
        "A2EError": "Exception",
        "ConfigurationError": "A2EError",
        "InvalidJobsError": "A2EError",
        "APIError": "A2EError",
        "APIConnectionError": "APIError",
        "APITimeoutError": "APIConnectionError",
        "UnexpectedResponseError": "APIError",
        status: "APIError",
        "BadRequestError": status,
        "AuthenticationError": status,
        "PermissionDeniedError": status,
        "NotFoundError": status,
        "RateLimitError": status,
        "InsufficientCreditsError": status,
        "ContentRejectedError": status,
        "ServiceBusyError": status,
        "InternalServerError": status,
        "TaskError": "A2EError",
        "TaskFailedError": "TaskError",
        "WaitTimeoutError": "TaskError",
        "SubmissionUnknownError": "TaskError",
        "ResultExpiredError": "TaskError",
        "WebhookError": "A2EError",
        "JournalError": "A2EError",
        "KeyConflictError": "JournalError",
        "KeyInUseError": "JournalError",
        "BudgetExceededError": "A2EError",
    }
    assert set(errors.__all__) == set(tree)


def test_every_public_name_can_be_imported_and_nothing_else() -> None:
    for name in a2e_sdk.__all__:
        assert getattr(a2e_sdk, name) is not None
    assert set(a2e_sdk.__all__) <= set(dir(a2e_sdk))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        a2e_sdk.nothing  # noqa: B018


@pytest.mark.skipif("A2E_TEST_INSTALLED" not in os.environ, reason="tests the sources in place")
def test_it_is_the_built_wheel_that_is_tested() -> None:
    from importlib.metadata import distribution, version

    assert FACADE != ROOT / "a2e_sdk"
    assert Path(import_module("a2e_api").__file__ or "").parent != ROOT / "generated/a2e_api"
    assert version("a2e-sdk") == a2e_sdk.__version__
    files = distribution("a2e-sdk").files or []
    tops = {file.parts[0] for file in files if not file.parts[0].startswith("..")}
    assert {top for top in tops if ".dist-info" not in top} == {"a2e_sdk", "a2e_api"}
    names = {str(file) for file in files}
    assert {"a2e_sdk/py.typed", "a2e_api/py.typed"} <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)

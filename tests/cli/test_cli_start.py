"""How much a command loads before it does its work."""

from __future__ import annotations

import subprocess
import sys

import pytest
from cli_runs import Environment

pytestmark = pytest.mark.once

#: What a listing of the sandbox loads, with room for a few more; each costs about half a
#: millisecond, and each class that attrs makes one or two.
MOST_MODULES = 415
MOST_OF_OURS = 250


def loaded(environment: Environment, *arguments: str) -> set[str]:
    script = (
        "import atexit, sys\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        f"sys.argv = ['a2e', *{arguments!r}]\n"
        "import a2e_sdk.cli; sys.exit(a2e_sdk.cli.main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", env=environment()
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


def test_a_listing_loads_what_it_needs(environment: Environment) -> None:
    names = loaded(environment, "face-swap", "tasks", "list", "--region", "sandbox")
    assert "a2e_sdk.sandbox.sandbox" in names
    packages = {name.partition(".")[0] for name in names}
    unwanted = {"typer", "pydantic", "rich", "httpx", "asyncio", "fractions", "html", "shutil"}
    assert not unwanted & packages
    assert (
        not {"email.utils", "a2e_sdk.sandbox.saving", "a2e_sdk.sandbox.webhooks.exchange"} & names
    )
    assert len(names) <= MOST_MODULES
    assert len([name for name in names if name.startswith(("a2e_sdk", "a2e_api"))]) <= MOST_OF_OURS

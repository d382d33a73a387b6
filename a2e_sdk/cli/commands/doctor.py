"""``a2e doctor``: find out why nothing works, and what to do about it.

This module owns this command's options and what it prints; the checks are in ``_doctor``.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click
from click.exceptions import Exit

from a2e_sdk.cli.exit_codes import ExitCode
from a2e_sdk.cli.lazy_group import Command
from a2e_sdk.cli.options.common import client_options

if TYPE_CHECKING:
    from a2e_sdk._doctor.checks import Check

#: How a terminal shows each status, in rich's words.
_STYLES = {"ok": "green", "warning": "yellow", "problem": "bold red", "skipped": "dim"}


@click.command(cls=Command)
@client_options
def doctor(region: str | None, base_url: str | None, as_json: bool) -> None:
    """Check the key, the network, the clock, the packages and this computer.

    Nothing is changed, nothing costs coins, and the key is never shown. It works without a key and
    without a network, and ends within 30 seconds. The first problem may be the cause of the others.

    The exit code is 0 where there is no problem, and 1 where there is one.
    """
    from a2e_sdk._doctor.checks import first_problem, report
    from a2e_sdk._doctor.examination import examine
    from a2e_sdk.cli.output.printing import print_done, print_text

    checks: list[Check] = []
    for check in examine(region, base_url, encoding=getattr(sys.stdout, "encoding", None)):
        checks.append(check)
        if not as_json:
            _print_check(check)
    first = first_problem(checks)
    if as_json:
        print_text(json.dumps(report(checks), indent=1) + "\n")
    elif first is None:
        warned = [one.name for one in checks if one.status.value == "warning"]
        print_done(f"No problem was found{_warnings_about(warned)}.")
    else:
        print_done(f"The first problem is {first.name}: {first.detail}.")
    if first is not None:
        raise Exit(ExitCode.ERROR)


def _warnings_about(names: list[str]) -> str:
    return f"; see what is said of {', '.join(names)}" if names else ""


def _print_check(check: Check) -> None:
    from a2e_sdk.cli.output.printing import is_terminal, print_done
    from a2e_sdk.cli.output.rendering import printable

    status, detail = check.status.value, f"{check.name:10}  {check.detail}"
    if not is_terminal():
        print_done(f"{status:7}  {detail}")
        if check.remedy:
            print_done(f"         -> {check.remedy}")
        return
    from rich.text import Text

    from a2e_sdk.cli.output.console import open_console
    from a2e_sdk.cli.output.streams import writing

    line = Text(f"{status:7}", style=_STYLES[status]).append(f"  {printable(detail)}", "default")
    if check.remedy:
        line.append(f"\n         {printable(check.remedy)}", "italic")
    with writing():
        open_console().print(line, soft_wrap=True)

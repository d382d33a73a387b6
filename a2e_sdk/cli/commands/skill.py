"""``a2e skill``: show the skill for agents, and install it where they look for skills.

This module owns the options and what is printed; the file and its places are in ``_skill``.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from a2e_sdk.cli.lazy_group import Entry, command_of
from a2e_sdk.cli.options.common import JsonOption

ToOption = Annotated[
    Path | None,
    typer.Option(
        "--to",
        metavar="DIR",
        help="The folder of skills, such as ~/.claude/skills; the skill becomes DIR/a2e/SKILL.md. "
        "Default: .agents/skills of this folder.",
    ),
]
ForceOption = Annotated[
    bool, typer.Option("--force", help="Replace a SKILL.md that has another content.")
]


def entries() -> dict[str, Entry]:
    """Return the commands of ``a2e skill``."""
    return {
        "install": Entry(
            "Write the skill into a folder that agents read.", partial(command_of, install_skill)
        ),
        "show": Entry("Print the skill.", partial(command_of, show_skill)),
    }


def install_skill(
    to: ToOption = None, force: ForceOption = False, as_json: JsonOption = False
) -> None:
    """Write the skill for agents, which says how to use this command safely and cheaply.

    A file with another content is not replaced unless --force is given: exit code 2.
    """
    from a2e_sdk._skill.installation import DEFAULT_FOLDER, install
    from a2e_sdk.cli.output.printing import print_done, print_text

    path, outcome = install((to or DEFAULT_FOLDER).expanduser(), force=force)
    if as_json:
        print_text(json.dumps({"path": str(path), "outcome": outcome.value}) + "\n")
    else:
        print_done(f"{path}: {outcome.value}.")


def show_skill() -> None:
    """Print the skill as it is installed."""
    from a2e_sdk._skill.installation import skill_text
    from a2e_sdk.cli.output.printing import print_text

    print_text(skill_text())

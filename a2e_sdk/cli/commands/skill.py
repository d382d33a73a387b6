"""``a2e skill``: show the skill for agents, and install it where they look for skills.

This module owns the options and what is printed; the file and its places are in ``_skill``.
"""

from __future__ import annotations

import json
from pathlib import Path

import click

from a2e_sdk.cli.lazy_group import Command, Entry
from a2e_sdk.cli.options.common import json_option

to_option = click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder of skills, such as ~/.claude/skills; the skill becomes DIR/a2e/SKILL.md. "
    "Default: .agents/skills of this folder.",
)
force_option = click.option(
    "--force", is_flag=True, help="Replace a SKILL.md that has another content."
)


def entries() -> dict[str, Entry]:
    """Return the commands of ``a2e skill``."""
    return {
        "install": Entry("Write the skill into a folder that agents read.", lambda: install_skill),
        "show": Entry("Print the skill.", lambda: show_skill),
    }


@click.command(cls=Command)
@to_option
@force_option
@json_option
def install_skill(to: Path | None, force: bool, as_json: bool) -> None:
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


@click.command(cls=Command)
def show_skill() -> None:
    """Print the skill as it is installed."""
    from a2e_sdk._skill.installation import skill_text
    from a2e_sdk.cli.output.printing import print_text

    print_text(skill_text())

"""``a2e journal``: what was started, what it cost, and what a person has to decide.

This module owns these commands' arguments and help. Those that only read need neither a key nor the
network; those that decide go through a client, which checks whose journal it is.
"""

from __future__ import annotations

import sys
from typing import Any

import click

from a2e_sdk.cli.lazy_group import Command, Entry
from a2e_sdk.cli.options.common import (
    client_options,
    json_option,
    open_client,
)
from a2e_sdk.cli.options.parameters import Argument, completed_by
from a2e_sdk.cli.options.start_safety import budget_of, budget_option

from .batch import check_format, format_option, to_option

#: The fields of a table, the most telling first; all are in the other forms.
_SHOWN = ("key", "family", "state", "coins", "task_id", "intended_at", "error")


def _states() -> list[str]:
    return ["intended", "unknown", "started", "succeeded", "failed", "refused"]


def _families() -> list[str]:
    from a2e_sdk._wire.family_table import TASK_FAMILIES

    return [name.replace("_", "-") for name, family in TASK_FAMILIES.items() if family.start]


journal_file_option = click.option(
    "--journal",
    metavar="FILE",
    help="The journal's file, or its postgresql:// URL; that of a batch is journal.db in its "
    "folder. Default: A2E_JOURNAL.",
)
state_option = click.option(
    "--state",
    multiple=True,
    metavar="STATE",
    help=f"Only these: {', '.join(_states())}. Give it once for each.",
    shell_complete=completed_by(_states),
)
family_option = click.option(
    "--family",
    metavar="FAMILY",
    help="Only starts of this family, such as wan-25.",
    shell_complete=completed_by(_families),
)
key_argument = click.argument(
    "key", cls=Argument, metavar="KEY", help="What the start was called with --key."
)
task_option = click.option("--task", metavar="ID", help="It was started: this is its task.")
not_started_option = click.option(
    "--not-started", is_flag=True, help="It was not started: the next run starts it."
)
start_again_option = click.option(
    "--start-again",
    is_flag=True,
    help="Whatever became of it, the next run starts it anew, and pays anew.",
)
yes_option = click.option("--yes", "-y", is_flag=True, help="Do it without asking.")


def entries() -> dict[str, Entry]:
    """Return the commands of ``a2e journal``."""
    return {
        "list": Entry("List what was started, oldest first.", lambda: list_entries),
        "show": Entry("Show one start with every field.", lambda: show_entry),
        "spent": Entry("Show the coins that were spent.", lambda: show_spent),
        "export": Entry("Write all starts as a table.", lambda: export_entries),
        "resolve": Entry("Decide what became of a start.", lambda: resolve_entry),
        "adopt": Entry("Make it the journal of this key.", lambda: adopt_journal),
    }


@click.command(cls=Command)
@state_option
@family_option
@journal_file_option
@json_option
def list_entries(
    state: tuple[str, ...], family: str | None, journal: str | None, as_json: bool
) -> None:
    """List what was started, oldest first, refused attempts included.

    This needs neither a key nor the network. --state unknown lists what may have been started and
    charged, and needs a person: see a2e journal resolve.
    """
    from a2e_sdk._checks.validation import require_one_of
    from a2e_sdk.cli.output.columns import field_columns
    from a2e_sdk.cli.output.printing import print_listing
    from a2e_sdk.cli.steps.journal_file import named_journal, reading_journal
    from a2e_sdk.models.journal import EntryState

    words = tuple(_states())
    states = [EntryState(require_one_of(word, "--state", words)) for word in state or ()]
    name = None if family is None else require_one_of(family, "--family", tuple(_families()))
    with reading_journal(named_journal(journal)) as reader:
        rows = reader.entries(states, None if name is None else name.replace("-", "_"))
        print_listing(rows, field_columns(*_SHOWN), "start", as_json=as_json)


@click.command(cls=Command)
@key_argument
@journal_file_option
@json_option
def show_entry(key: str, journal: str | None, as_json: bool) -> None:
    """Show the start of a key with every field; this needs neither a key nor the network."""
    from a2e_sdk._checks.validation import require_key
    from a2e_sdk.cli.output.printing import print_record
    from a2e_sdk.cli.steps.journal_file import named_journal, reading_journal

    with reading_journal(named_journal(journal)) as reader:
        entry = reader.entry_of_key(require_key(key))
    if entry is None:
        raise ValueError(f"the journal has no key {key!r}.")
    print_record(entry, as_json=as_json)


@click.command(cls=Command)
@budget_option
@journal_file_option
@json_option
def show_spent(budget: str | None, journal: str | None, as_json: bool) -> None:
    """Show the coins that were spent and are reserved.

    Of the whole journal, or of the period of --budget (200/day), by the clock of this machine, with
    what is left of it. This needs neither a key nor the network.
    """
    from a2e_sdk.cli.output.printing import print_record
    from a2e_sdk.cli.steps.journal_file import named_journal, reading_journal

    limit = budget_of(budget)
    with reading_journal(named_journal(journal)) as reader:
        spending = reader.spent(limit)
    print_record(spending, as_json=as_json, more={"left": spending.left})


@click.command(cls=Command)
@format_option
@to_option
@journal_file_option
def export_entries(form: str, to: str | None, journal: str | None) -> None:
    """Write all starts with every field; this needs neither a key nor the network.

    A list or an object is JSON text in a table.
    """
    from collections.abc import Iterator

    import attrs

    from a2e_sdk.cli.output.rendering import record
    from a2e_sdk.cli.steps.batch_export import csv_lines, json_lines, write_lines
    from a2e_sdk.cli.steps.journal_file import named_journal, reading_journal
    from a2e_sdk.models.journal import JournalEntry

    check_format(form)
    with reading_journal(named_journal(journal)) as reader:
        records: Iterator[dict[str, Any]] = (record(entry) for entry in reader.entries())
        columns = [field.name for field in attrs.fields(JournalEntry)]
        write_lines(json_lines(records) if form == "json" else csv_lines(columns, records), to)


@click.command(cls=Command)
@key_argument
@task_option
@not_started_option
@start_again_option
@yes_option
@journal_file_option
@client_options
def resolve_entry(
    key: str,
    task: str | None,
    not_started: bool,
    start_again: bool,
    yes: bool,
    journal: str | None,
    region: str | None,
    base_url: str | None,
    as_json: bool,
) -> None:
    """Decide what became of a start, as a person who has looked it up on A2E's web site.

    It asks before, unless --yes is given. Where it was started after all, --not-started lets it be
    paid for twice.
    """
    from a2e_sdk._config.journal_place import place_argument
    from a2e_sdk.cli.output.printing import print_record
    from a2e_sdk.cli.steps.journal_file import named_journal, require_there

    given = (task is not None, not_started, start_again)
    if sum(given) != 1:
        raise ValueError("give exactly one of --task, --not-started and --start-again.")
    place = named_journal(journal)
    require_there(place)
    if task is not None:
        question = f"The start {key!r} becomes that of task {task}."
    elif not_started:
        question = (
            f"The next run starts {key!r} and pays for it, also where it was started after all."
        )
    else:
        question = f"The next run starts {key!r} anew and pays for it again."
    _ask(question, yes)
    decision: Any = "not_started" if not_started else "start_again" if start_again else None
    with open_client(region, base_url, journal=place_argument(place)) as a2e:
        try:
            entry = a2e.journal.resolve(key, task=task, decision=decision)
        except LookupError:
            raise ValueError(f"the journal has no key {key!r}.") from None
        print_record(entry, as_json=as_json)


@click.command(cls=Command)
@yes_option
@journal_file_option
@client_options
def adopt_journal(
    yes: bool, journal: str | None, region: str | None, base_url: str | None, as_json: bool
) -> None:
    """Make the journal that of this API key, such as after the account's key was renewed.

    Only do this for another key of the same account: what another account has started can't be
    found with this one, and would be paid for again. It asks before, unless --yes is given.
    """
    from a2e_sdk._config.journal_place import place_argument
    from a2e_sdk._journal.opening import require_journal
    from a2e_sdk._sync.concurrency import database_work
    from a2e_sdk.cli.output.printing import print_done, print_values
    from a2e_sdk.cli.steps.journal_file import named_journal, require_there

    place = named_journal(journal)
    require_there(place)
    _ask(f"{str(place)!r} becomes the journal of the key in A2E_API_KEY.", yes)
    with open_client(region, base_url, journal=place_argument(place)) as a2e:
        opened = require_journal(a2e.api.journal, "a2e journal adopt")
        database_work(opened.database, opened.adopt)
    if as_json:
        print_values({"journal": str(place), "adopted": True}, as_json=True)
    else:
        print_done(f"{str(place)!r} is the journal of this key now.")


def _ask(what: str, yes: bool) -> None:
    """Ask whether something is to be done.

    Raises:
        ValueError: It is not, or there is nobody to ask.
    """
    if yes:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise ValueError(f"{what} There is no terminal to ask on: add --yes to do it.")
    print(f"{what} Do it? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise ValueError("nothing was changed.")

"""``a2e batch``: a file of jobs in, a folder of results out.

This module owns these commands' arguments and help; the steps are in ``steps``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.exceptions import Exit

from a2e_sdk.cli.lazy_group import Command, Entry
from a2e_sdk.cli.options.common import (
    base_url_option,
    cloud_inputs_option,
    json_option,
    region_option,
)
from a2e_sdk.cli.options.parameters import Argument, all_of, completed_by
from a2e_sdk.cli.options.start_safety import budget_of, budget_option

if TYPE_CHECKING:
    from a2e_sdk.cli.steps.batch_folder import BatchFolder
    from a2e_sdk.cli.steps.batch_run import BatchSettings


def _engines() -> list[str]:
    from a2e_sdk._batch.engines import engine_word
    from a2e_sdk._wire.family_table import TASK_FAMILIES

    families = TASK_FAMILIES.values()
    return [engine_word(family) for family in families if family.start and family.is_readable]


def _formats() -> list[str]:
    return ["csv", "json"]


jobs_argument = click.argument(
    "jobs",
    cls=Argument,
    required=False,
    metavar="JOBS",
    help="A CSV or JSON Lines file, or - for standard input. Default: the jobs of an earlier "
    "run in the folder.",
)
folder_argument = click.argument(
    "output",
    cls=Argument,
    metavar="OUTPUT",
    help="The folder of results of a batch, also s3://bucket/night/.",
)
folder_option = click.option(
    "--output",
    "-o",
    required=True,
    metavar="OUTPUT",
    help="The folder of results; it is made where there is none. It may be a folder of a "
    "store, such as s3://bucket/night/.",
)
engine_option = click.option(
    "--engine",
    metavar="ENGINE",
    help="The engine of rows that name none, such as wan-25.",
    shell_complete=completed_by(_engines),
)
batch_journal_option = click.option(
    "--journal",
    metavar="FILE",
    help="The journal that its starts are written to. Default: A2E_JOURNAL, else journal.db "
    "in the folder.",
)
concurrency_option = click.option(
    "--concurrency",
    type=int,
    default=100,
    metavar="1..10000",
    help="How many tasks may run at once at the most; how many the account allows is found out.",
)
work_option = click.option(
    "--work",
    metavar="DIR",
    help="The folder for what the batch needs to go on, where OUTPUT is an address such as "
    "s3://bucket/night/. Default: one named after it, beside the journal, else here.",
)
batch_timeout_option = click.option(
    "--timeout",
    type=float,
    metavar="SECONDS",
    help="When to start and wait no longer. Default: never.",
)
stop_option = click.option(
    "--stop-on-failure", is_flag=True, help="Start nothing more once a job has failed."
)
batch_max_coins_option = click.option(
    "--max-coins",
    type=float,
    metavar="N",
    help="What each job may cost at the most; it counts where the server gives no price.",
)
dask_option = click.option(
    "--dask",
    metavar="ADDRESS",
    help="The scheduler of a Dask cluster whose workers run the jobs, such as "
    "tcp://scheduler:8786. Default: this process runs them.",
)
events_option = click.option(
    "--json", "as_json", is_flag=True, help="Print an event a line, as JSON, for scripts."
)
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Check every row and ask the prices; start and write nothing."
)
#: How jobs are worked on, for each command that starts some.
working_options = all_of(
    budget_option,
    batch_journal_option,
    work_option,
    concurrency_option,
    batch_timeout_option,
    stop_option,
    batch_max_coins_option,
    dask_option,
)
#: Where these commands go, and how they tell of it.
client_and_events_options = all_of(
    region_option, base_url_option, cloud_inputs_option, events_option
)
failed_option = click.option(
    "--failed", is_flag=True, help="Those that failed; each is paid for again."
)
refused_option = click.option(
    "--refused", is_flag=True, help="Those that were refused, for which nothing was paid."
)
format_option = click.option(
    "--format",
    "form",
    default="csv",
    metavar="csv|json",
    help="What is written: a table, or a JSON array.",
    shell_complete=completed_by(_formats),
)
to_option = click.option(
    "--to", metavar="FILE", help="Where to write it. Default: standard output."
)


def entries() -> dict[str, Entry]:
    """Return the commands of ``a2e batch``."""
    return {
        "run": Entry("Run the jobs of a file, or go on; costs coins.", lambda: run),
        "status": Entry("Show how far a batch is.", lambda: status),
        "retry": Entry("Start failed jobs anew; costs coins.", lambda: retry),
        "export": Entry("Write the results as a table.", lambda: export),
    }


@click.command(cls=Command)
@jobs_argument
@folder_option
@engine_option
@working_options
@dry_run_option
@client_and_events_options
def run(
    jobs: str | None,
    output: str,
    engine: str | None,
    budget: str | None,
    journal: str | None,
    work: str | None,
    concurrency: int,
    timeout: float | None,
    stop_on_failure: bool,
    max_coins: float | None,
    dask: str | None,
    dry_run: bool,
    region: str | None,
    base_url: str | None,
    cloud_inputs: str | None,
    as_json: bool,
) -> None:
    """Run the jobs of a file, and save each result the moment it is there; this costs coins.

    The columns are the options of the engine's create, and key, engine and output. Every row is
    checked before the first coin is spent. Each job is started once, whatever interrupts the run:
    the same command goes on where it ended, and so does a2e batch run --output OUTPUT alone.

    Without coins, and at the budget, the batch is paused (exit code 7). Ctrl-C starts nothing more,
    waits for the starts that are under way, and says how to go on; once more ends at once.

    With --dask the workers of a cluster run the jobs, each with A2E_API_KEY of its own environment,
    and with the folder and the journal at the same paths. Without workers for a minute the batch is
    paused (exit code 7).

    Exit code 0 says that all jobs succeeded, 4 that some failed or were refused, 5 that the time
    was over, 6 that of some nobody knows whether they were started.
    """
    from a2e_sdk.cli.steps.batch_folder import batch_folder
    from a2e_sdk.cli.steps.batch_run import BatchSettings, run_batch

    settings = BatchSettings(
        folder=batch_folder(output, journal, work),
        jobs=jobs,
        engine=engine,
        journal=journal,
        budget=budget_of(budget),
        budget_text=budget,
        concurrency=concurrency,
        timeout=timeout,
        stop_on_failure=stop_on_failure,
        max_coins=max_coins,
        dask=dask,
        region=region,
        base_url=base_url,
        cloud_inputs=cloud_inputs,
        as_json=as_json,
    )
    if dry_run:
        _dry_run(settings)
        return
    code = run_batch(settings)
    if code:
        raise Exit(code)


def _dry_run(settings: BatchSettings) -> None:
    from a2e_sdk.cli.output.batch_texts import forecast_lines
    from a2e_sdk.cli.output.printing import print_done, print_values
    from a2e_sdk.cli.steps.batch_prices import forecast
    from a2e_sdk.cli.steps.batch_run import spending_of

    with settings.open_client() as a2e:
        found = forecast(a2e.api, settings.folder, settings.jobs, settings.engine)
        coins = a2e.account.coins().coins
    spending = spending_of(settings.folder, settings.budget)
    left = None if spending is None else spending.left
    if settings.as_json:
        print_values(
            {
                "jobs": found.jobs,
                "ended": found.ended,
                "under_way": found.under_way,
                "to_start": found.to_start,
                "coins": found.coins,
                "without_price": found.unpriced,
                "account_coins": coins,
                "budget_left": left,
            },
            as_json=True,
        )
        return
    for line in forecast_lines(found, coins, left):
        print_done(line)


@click.command(cls=Command)
@folder_argument
@batch_journal_option
@work_option
@json_option
def status(output: str, journal: str | None, work: str | None, as_json: bool) -> None:
    """Show how far a batch is, without the network: from its folder and its journal."""
    from collections import Counter

    from a2e_sdk.cli.output.batch_texts import next_steps
    from a2e_sdk.cli.output.printing import print_hints, print_values
    from a2e_sdk.cli.steps.batch_folder import batch_folder
    from a2e_sdk.cli.steps.batch_run import BatchSettings, spending_of
    from a2e_sdk.models.batch import JobStatus

    folder = batch_folder(output, journal, work)
    total = folder.count()
    counts: Counter[JobStatus] = Counter()
    coins = 0.0
    with folder.outcomes() as outcomes:
        for _, outcome in outcomes:
            counts[outcome.status] += 1
            coins += outcome.coins or 0.0
    spending = spending_of(folder, None)
    print_values(
        {
            "output": folder.shown,
            "journal": str(folder.journal),
            "jobs": total,
            **{_STATUS_WORDS.get(one, one.value): counts[one] for one in JobStatus},
            "coins": coins,
            "journal_spent": None if spending is None else spending.spent,
            "journal_reserved": None if spending is None else spending.reserved,
        },
        as_json=as_json,
    )
    if not as_json:
        settings = BatchSettings(folder=folder, journal=journal)
        print_hints(next_steps(counts, settings.commands()))


#: What a person calls it where no run is under way.
_STATUS_WORDS = {"paused": "not_started"}


@click.command(cls=Command)
@folder_argument
@failed_option
@refused_option
@working_options
@client_and_events_options
def retry(
    output: str,
    failed: bool,
    refused: bool,
    budget: str | None,
    journal: str | None,
    work: str | None,
    concurrency: int,
    timeout: float | None,
    stop_on_failure: bool,
    max_coins: float | None,
    dask: str | None,
    region: str | None,
    base_url: str | None,
    cloud_inputs: str | None,
    as_json: bool,
) -> None:
    """Start jobs of a batch anew, and go on with the rest; this costs coins again.

    What failed was paid for, unless the server gave its coins back, and is paid for once more. What
    was refused cost nothing.
    """
    from a2e_sdk.cli.output.printing import print_note
    from a2e_sdk.cli.steps.batch_folder import batch_folder
    from a2e_sdk.cli.steps.batch_run import BatchSettings, run_batch
    from a2e_sdk.models.batch import JobStatus

    chosen = ((JobStatus.FAILED, failed), (JobStatus.REFUSED, refused))
    wanted = tuple(one for one, is_given in chosen if is_given)
    if not wanted:
        raise ValueError("give --failed, --refused or both.")
    folder = batch_folder(output, journal, work)
    limit = budget_of(budget)
    count = _count(folder, wanted)
    settings = BatchSettings(
        folder=folder,
        journal=journal,
        budget=limit,
        budget_text=budget,
        concurrency=concurrency,
        timeout=timeout,
        stop_on_failure=stop_on_failure,
        max_coins=max_coins,
        dask=dask,
        retry=wanted,
        region=region,
        base_url=base_url,
        cloud_inputs=cloud_inputs,
        as_json=as_json,
    )
    words = " or ".join("failed" if one is JobStatus.FAILED else "were refused" for one in wanted)
    paid = ", and paid for again" if count else ""
    print_note(f"{count:,} jobs that {words} are started anew{paid}.")
    code = run_batch(settings)
    if code:
        raise Exit(code)


def _count(folder: BatchFolder, wanted: tuple[object, ...]) -> int:
    folder.count()
    with folder.outcomes() as outcomes:
        return sum(outcome.status in wanted for _, outcome in outcomes)


@click.command(cls=Command)
@folder_argument
@format_option
@to_option
@batch_journal_option
@work_option
def export(output: str, form: str, to: str | None, journal: str | None, work: str | None) -> None:
    """Write the results of a batch as a table: what each job was, beside what became of it.

    The columns are the key and the engine, every argument of the jobs, and the members of
    results.jsonl. A list or an object is JSON text in a table.
    """
    from a2e_sdk.cli.steps.batch_export import export_batch
    from a2e_sdk.cli.steps.batch_folder import batch_folder

    export_batch(batch_folder(output, journal, work), check_format(form), to)


def check_format(form: str) -> str:
    """Return the value of ``--format``.

    Raises:
        ValueError: It is none of its words.
    """
    from a2e_sdk._checks.validation import require_one_of

    return require_one_of(form, "--format", tuple(_formats()))

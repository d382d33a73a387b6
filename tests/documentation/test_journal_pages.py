"""The pages on the journal, budgets, batches and at-most-once: what they show runs and holds."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from documentation_pages import blocks_of, run_example, text_of

from a2e_sdk._async.batch.loop import _DOWNLOADS
from a2e_sdk._batch.results import result_line
from a2e_sdk._batch.start_limit import FIRST_LIMIT
from a2e_sdk._batch.verdicts import OUTAGE_SECONDS
from a2e_sdk._tasks.recovery import SEARCH_SECONDS, SETTLED_SECONDS
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk.models.batch import JobOutcome, JobStatus
from a2e_sdk.models.journal import EntryState

pytestmark = pytest.mark.once

BATCH, JOURNAL = "docs/batch.md", "docs/journal.md"
BUDGET, AT_MOST_ONCE = "docs/budget.md", "docs/at-most-once.md"
PAGES = (JOURNAL, BUDGET, BATCH, AT_MOST_ONCE)
TABLE = blocks_of(BATCH, "csv")[0]
EXAMPLES = [
    pytest.param(example, id=f"{page.split('/')[1]}-{number}")
    for page in PAGES
    for number, example in enumerate(blocks_of(page, "python"), 1)
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_runs(example: str, tmp_path: Path) -> None:
    run_example(example, tmp_path, table=TABLE)


def example_with(page: str, words: str) -> str:
    (found,) = (example for example in blocks_of(page, "python") if words in example)
    return found


def test_the_second_call_with_a_key_sends_nothing(tmp_path: Path) -> None:
    done = run_example(example_with(JOURNAL, "task.id == same.id"), tmp_path)
    assert done.stdout == "True\n"


def test_the_sums_of_the_budget_are_those_of_the_page(tmp_path: Path) -> None:
    done = run_example(example_with(BUDGET, "budget=120"), tmp_path)
    message, numbers, left = done.stdout.splitlines()
    assert message.endswith("100 are spent and 0 reserved. Nothing was sent; raise the budget")
    assert [numbers, left] == ["120 100 0 50", "20"]
    done = run_example(example_with(BUDGET, "max_coins=20"), tmp_path)
    assert done.stdout == "the start costs 50 coins, and max_coins is 20. Nothing was sent\n"


def test_the_mistakes_are_reported_as_on_the_page(tmp_path: Path) -> None:
    example = example_with(BATCH, "InvalidJobsError")
    shown = text_of(BATCH).split(example)[1].split("```\n")[2]
    assert run_example(example, tmp_path).stdout == shown


def test_a_batch_that_was_stopped_goes_on_to_its_end(tmp_path: Path) -> None:
    done = run_example(example_with(BATCH, "batch.stop()\n\n"), tmp_path)
    assert done.stdout.splitlines()[-1] == "5 of 5"


def first_cells(page: str, heading: str) -> list[str]:
    """Return the first cells of the table that has a heading."""
    table = text_of(page).split(f"\n| {heading} |")[1].split("\n\n")[0]
    return [row.split("|")[1].strip() for row in table.splitlines()[2:]]


def test_the_tables_have_every_status_and_state() -> None:
    assert first_cells(BATCH, "status") == [f"`{status.value}`" for status in ORDER]
    assert set(ORDER) == set(JobStatus)
    states = [name for cell in first_cells(JOURNAL, "state") for name in re.findall(r"\w+", cell)]
    assert states == [state.value for state in EntryState]


#: The statuses in the order of the page.
ORDER = [
    *(JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.REFUSED, JobStatus.UNSAVED),
    *(JobStatus.UNKNOWN, JobStatus.RUNNING, JobStatus.PAUSED),
]


def test_the_page_names_every_family_whose_starts_can_stay_unknown() -> None:
    *families, _, _, _, _ = first_cells(AT_MOST_ONCE, "which")
    named = {name for cell in families for name in re.findall(r"`([\w.]+)`", cell)}
    can_stay = {
        family.attribute
        for family in TASK_FAMILIES.values()
        if family.list is None or family.search != "list" or family.label is None
    }
    assert named == can_stay


def test_the_numbers_of_the_pages_are_those_of_the_code() -> None:
    once, batch = text_of(AT_MOST_ONCE), text_of(BATCH)
    assert f"less than {SETTLED_SECONDS:.0f} seconds since it was sent" in once
    assert f"up to {SEARCH_SECONDS:.0f} seconds" in once
    assert f"It begins with {FIRST_LIMIT}," in batch
    assert f"for {OUTAGE_SECONDS / 60:.0f} minutes" in batch
    assert f"{ {8: 'Eight'}[_DOWNLOADS] } results are downloaded at once" in batch


def test_the_page_names_what_a_line_of_results_has() -> None:
    outcome = JobOutcome(key="sea", engine="wan_25", status=JobStatus.PAUSED)
    line = json.loads(result_line(outcome, Path("results")))
    row = next(row for row in text_of(BATCH).splitlines() if row.startswith("| `results.jsonl`"))
    assert re.findall(r"`(\w+)`", row.split("|")[2]) == list(line)

"""``a2e batch`` in this process, against a sandbox over HTTP."""

from __future__ import annotations

import csv
import io
import json
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from batch_files import GO_ON, RUN, events_of, results_of, write_jobs
from cli_runs import Outcome

from a2e_sdk.sandbox import Sandbox
from a2e_sdk.sandbox.faults.fault import Fault
from a2e_sdk.sandbox.http_server import SandboxServer, serve

Cli = Callable[..., Outcome]
START = "start_wan_25_task"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(500)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("A2E_JOURNAL", raising=False)
    return tmp_path


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[SandboxServer]:
    """A server whose tasks end at once."""
    with serve(Sandbox(processing_after=0, completed_after=0)) as running:
        monkeypatch.setenv("A2E_BASE_URL", running.url)
        monkeypatch.setenv("A2E_API_KEY", "sandbox")
        yield running


def starts(server: SandboxServer) -> int:
    return server.sandbox.requests.count(START)


def test_a_batch_is_run_and_the_same_command_again_starts_nothing(
    a2e_cli: Cli, quick: SandboxServer, here: Path
) -> None:
    keys = write_jobs(here, 5)
    first = a2e_cli(*RUN)
    assert first.code == 0, first.err
    lines = first.out.splitlines()
    assert sorted(lines[:5]) == [
        f"{key}: saved results/{key}.mp4 (65.5 kB, 50 coins)" for key in keys
    ]
    assert lines[5:] == [
        "5 of 5 jobs succeeded; their files are in results.",
        "They cost 250 coins.",
    ]
    assert first.err == "5 jobs; results go to results.\n"
    assert all((here / "results" / f"{key}.mp4").stat().st_size == 65_536 for key in keys)

    again, alone = a2e_cli(*RUN), a2e_cli(*GO_ON)
    for outcome in (again, alone):
        assert outcome.code == 0
        assert outcome.out.splitlines() == [
            "5 of 5 jobs succeeded; their files are in results. 5 had ended in an earlier run.",
            "They cost 250 coins.",
        ]
    assert starts(quick) == 5
    assert quick.sandbox.paid_twice() == []


def test_json_lines_and_standard_input(
    a2e_cli: Cli, quick: SandboxServer, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"engine": "wan-25", "key": f"k{n}", "prompt": "sea", "duration": "5"} for n in (1, 2)]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    outcome = a2e_cli("batch", "run", "-", "--output", "results")
    assert outcome.code == 0, outcome.err
    assert set(results_of(here / "results")) == {"k1", "k2"}


def test_every_mistake_is_printed_and_nothing_started(
    a2e_cli: Cli, quick: SandboxServer, here: Path
) -> None:
    rows = ["key,prompt,duration,sede", "a,sea,5,", "a,sea,five,", "b,sea,5,1", "a,tide,5,", ",,5,"]
    (here / "jobs.csv").write_text("\n".join(rows) + "\n")
    outcome = a2e_cli(*RUN)
    assert (outcome.code, outcome.out) == (2, "")
    first, *mistakes = outcome.err.splitlines()
    assert first == "a2e: 4 mistakes in jobs.csv; nothing was started:"
    words = (
        ("  line 3: duration must be one of", "it is five"),
        ("  line 4: ", "'sede' (did you mean 'seed'?)"),
        ("  line 5: ", "key 'a' is that of line 2"),
        ("  line 6: ", "prompt is missing"),
    )
    for line, (start, end) in zip(mistakes, words, strict=True):
        assert line.startswith(start)
        assert end in line
    assert quick.sandbox.requests.total == 0
    assert not (here / "results" / "jobs.jsonl").exists()


def test_many_mistakes_are_all_counted(a2e_cli: Cli, quick: SandboxServer, here: Path) -> None:
    rows = ["key,prompt,duration", *(f"k{n},sea,no" for n in range(150))]
    (here / "jobs.csv").write_text("\n".join(rows) + "\n")
    outcome = a2e_cli(*RUN)
    lines = outcome.err.splitlines()
    assert outcome.code == 2
    assert lines[0].startswith("a2e: 150 mistakes in jobs.csv")
    assert len(lines) == 102
    assert lines[-1] == "and 50 more"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("batch", "run", "nowhere.csv", "--output", "results"), "nowhere.csv"),
        (("batch", "run", "--output", "results"), "there is no batch in 'results'"),
        (("batch", "status", "results"), "there is no batch in 'results'"),
        (("batch", "export", "results"), "there is no batch in 'results'"),
        (("batch", "retry", "results", "--failed"), "there is no batch in 'results'"),
        (("batch", "retry", "results"), "give --failed, --refused or both"),
        ((*RUN, "--budget", "many"), "--budget must be a number of coins"),
        ((*RUN, "--budget", "200/year"), "200/hour, 200/day, 200/month"),
        ((*RUN, "--budget", "-1"), "--budget must be"),
        ((*RUN, "--budget", "nan"), "--budget must be"),
        ((*RUN, "--concurrency", "0"), "--concurrency must be"),
        ((*RUN, "--timeout", "-1"), "--timeout must be"),
        ((*RUN, "--engine", "wan-26"), "wan-25"),
        ((*RUN, "--journal", "nowhere/journal.db"), "there is no directory"),
        ((*RUN, "--journal", "jobs.csv"), "is no journal"),
        ((*RUN, "--journal", "mysql://host/db"), "journal must be the path of a file"),
        (("batch", "export", "results", "--format", "xml"), "--format must be"),
    ],
)
def test_bad_input_is_2_and_nothing_started(
    a2e_cli: Cli, quick: SandboxServer, here: Path, words: tuple[str, ...], text: str
) -> None:
    write_jobs(here, 2)
    outcome = a2e_cli(*words)
    assert outcome.code == 2, outcome
    assert text in outcome.err
    assert "journal=" not in outcome.err
    assert starts(quick) == 0


def test_a_folder_that_cannot_be_written_is_2(
    a2e_cli: Cli, quick: SandboxServer, here: Path
) -> None:
    write_jobs(here, 2)
    (here / "results").write_text("a file")
    outcome = a2e_cli(*RUN)
    assert outcome.code == 2
    assert "--output: can't write 'results'" in outcome.err
    assert starts(quick) == 0


def test_a_dry_run_prices_every_job_and_writes_nothing(
    a2e_cli: Cli, quick: SandboxServer, here: Path
) -> None:
    write_jobs(here, 20)
    outcome = a2e_cli(*RUN, "--dry-run", "--budget", "400")
    assert outcome.code == 0, outcome.err
    assert outcome.out.splitlines() == [
        "All 20 jobs are right; 20 would be started.",
        "By the server's quotes, 20 cost 1,000 coins.",
        "The account has 1,000,000 coins, and 400 are left of the budget: not enough for all.",
        "Nothing was started.",
    ]
    assert starts(quick) == 0
    assert [path.name for path in here.iterdir()] == ["jobs.csv"]


def test_a_dry_run_of_local_files_uploads_none_and_counts_each_once(
    a2e_cli: Cli, quick: SandboxServer, here: Path
) -> None:
    (here / "one.jpg").write_bytes(JPEG)
    (here / "same.jpg").write_bytes(JPEG)
    quick.sandbox.set_price("add_upload_url", 3)
    rows = [
        "prompt,image,video_time",
        "a,one.jpg,5",
        "b,same.jpg,5",
        "c,https://example.com/x.jpg,5",
    ]
    (here / "jobs.csv").write_text("\n".join(rows) + "\n")
    words = ("batch", "run", "jobs.csv", "--engine", "image-to-video", "--output", "results")
    found = json.loads(a2e_cli(*words, "--dry-run", "--json").out)
    price = quick.sandbox.prices["start_image_to_video_task"]
    assert found == {
        "jobs": 3,
        "ended": 0,
        "under_way": 0,
        "to_start": 3,
        "coins": 3 * price + 3,
        "without_price": 0,
        "account_coins": 1_000_000,
        "budget_left": None,
    }
    assert quick.sandbox.requests.count("add_upload_url") == 0


def test_a_dry_run_says_for_how_many_there_is_no_price(
    a2e_cli: Cli, quick: SandboxServer, here: Path
) -> None:
    write_jobs(here, 3)
    quick.sandbox.faults.add(Fault.http(400), operation="get_quote")
    outcome = a2e_cli(*RUN, "--dry-run")
    assert outcome.code == 0, outcome
    assert "2 cost 100 coins" in outcome.out
    assert "The server has no price for 1" in outcome.out


def test_a_budget_that_is_used_up_is_7_and_more_of_it_ends_the_batch(
    a2e_cli: Cli, quick: SandboxServer, here: Path
) -> None:
    write_jobs(here, 6)
    first = a2e_cli(*RUN, "--budget", "220")
    assert first.code == 7
    assert "4 of 6 jobs succeeded" in first.out
    assert "Others: 2 not started." in first.out
    assert "Of the budget of 220, 20 are left." in first.out
    assert "Paused: the budget of 220 coins does not allow" in first.err
    assert first.err.splitlines()[-1] == "  a2e batch run --output results --budget HIGHER"
    assert starts(quick) == 4

    more = a2e_cli(*GO_ON, "--budget", "300")
    assert more.code == 0
    assert "6 of 6 jobs succeeded" in more.out
    assert starts(quick) == 6
    assert quick.sandbox.paid_twice() == []


def test_a_budget_of_a_period_goes_on_with_the_same_command(
    a2e_cli: Cli, quick: SandboxServer, here: Path
) -> None:
    write_jobs(here, 3)
    outcome = a2e_cli(*RUN, "--budget", "100/month")
    assert outcome.code == 7
    assert outcome.err.splitlines()[-1] == "  a2e batch run --output results --budget 100/month"


def test_an_account_without_coins_is_7_and_goes_on_when_it_has_some(
    a2e_cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_jobs(here, 4)
    with serve(Sandbox(processing_after=0, completed_after=0, coins=120)) as server:
        monkeypatch.setenv("A2E_BASE_URL", server.url)
        monkeypatch.setenv("A2E_API_KEY", "sandbox")
        first = a2e_cli(*RUN)
        assert first.code == 7
        assert "2 of 4 jobs succeeded" in first.out
        command = shlex.split(first.err.splitlines()[-1])
        assert command == ["a2e", *GO_ON]
        server.sandbox.buy_coins(1_000)
        assert a2e_cli(*command[1:]).code == 0
        assert server.sandbox.paid_twice() == []


def test_failed_tasks_are_4_and_are_started_anew_on_demand(
    a2e_cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_jobs(here, 6)
    with serve(Sandbox(processing_after=0, completed_after=0, failure_share=0.5)) as server:
        monkeypatch.setenv("A2E_BASE_URL", server.url)
        monkeypatch.setenv("A2E_API_KEY", "sandbox")
        first = a2e_cli(*RUN)
        assert first.code == 4
        failed = [
            key for key, one in results_of(here / "results").items() if one["status"] == "failed"
        ]
        assert len(failed) == 3
        assert sum(": failed (task " in line for line in first.out.splitlines()) == 3
        assert "  a2e batch retry results --failed" in first.err.splitlines()
        again = a2e_cli(*RUN)
        assert (again.code, starts(server)) == (4, 6)

        server.sandbox.fail_share(0.0)
        retried = a2e_cli("batch", "retry", "results", "--failed")
        assert retried.code == 0, retried
        assert "3 jobs that failed are started anew, and paid for again." in retried.err
        assert starts(server) == 9
        assert all(one["status"] == "succeeded" for one in results_of(here / "results").values())


def test_refused_jobs_are_4_and_cost_nothing(
    a2e_cli: Cli, quick: SandboxServer, here: Path
) -> None:
    write_jobs(here, 3)
    quick.sandbox.reject_next()
    first = a2e_cli(*RUN)
    assert first.code == 4
    assert "1 refused" in first.out
    assert "They cost 100 coins." in first.out
    retried = a2e_cli("batch", "retry", "results", "--refused")
    assert retried.code == 0
    assert "3 of 3 jobs succeeded" in retried.out
    assert quick.sandbox.paid_twice() == []


def test_stop_on_failure_is_4_and_leaves_the_rest(
    a2e_cli: Cli, quick: SandboxServer, here: Path
) -> None:
    write_jobs(here, 9)
    quick.sandbox.reject_next()
    outcome = a2e_cli(*RUN, "--stop-on-failure", "--concurrency", "1")
    assert outcome.code == 4
    assert starts(quick) < 9
    assert outcome.err.splitlines()[-3].startswith("  a2e batch run --output results")
    assert a2e_cli(*GO_ON).code == 4
    assert starts(quick) == 9


def test_starts_of_which_nobody_knows_are_6(
    a2e_cli: Cli, quick: SandboxServer, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("recovery", "lost_starts"):
        monkeypatch.setattr(f"a2e_sdk._sync.tasks.{module}.SEARCH_SECONDS", 0.5)
    write_jobs(here, 3)
    # The response is lost, and the list that would tell can't be read.
    faults = quick.sandbox.faults
    faults.add(Fault.drop_after_read(), operation=START)
    faults.add(Fault.http(500), operation="list_wan_25_tasks", times=None)
    outcome = a2e_cli(*RUN, "--timeout", "3")
    assert outcome.code == 6, outcome
    assert "2 of 3 jobs succeeded" in outcome.out
    assert "Others: 1 unknown whether started." in outcome.out
    assert "  a2e batch run --output results --timeout 3" in outcome.err.splitlines()
    command = shlex.split(outcome.err.splitlines()[-1])
    assert command[:5] == ["a2e", "journal", "list", "--state", "unknown"]
    listed = json.loads(a2e_cli(*command[1:], "--json").out)
    assert [entry["state"] for entry in listed] == ["unknown"]
    assert starts(quick) == 3
    faults.clear()
    again = a2e_cli(*GO_ON)
    assert again.code == 0, again
    assert quick.sandbox.paid_twice() == []


def test_a_wrong_key_is_3_and_says_how_to_go_on(
    a2e_cli: Cli, quick: SandboxServer, here: Path
) -> None:
    write_jobs(here, 3)
    quick.sandbox.faults.add(Fault.http(401), operation=START, times=None)
    wrong = a2e_cli(*RUN)
    assert wrong.code == 3, wrong
    assert wrong.err.splitlines()[-1] == "  a2e batch run --output results"
    assert "saved" not in wrong.out
    quick.sandbox.faults.clear()
    assert a2e_cli(*GO_ON).code == 0
    assert quick.sandbox.paid_twice() == []


def test_no_key_is_3_and_a_journal_of_another_account_2(
    a2e_cli: Cli, quick: SandboxServer, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_jobs(here, 3)
    assert a2e_cli(*RUN, "--budget", "100").code == 7
    monkeypatch.setenv("A2E_API_KEY", "another")
    other = a2e_cli(*GO_ON)
    assert (other.code, other.out) == (2, "")
    assert "account" in other.err
    assert starts(quick) == 2
    monkeypatch.delenv("A2E_API_KEY")
    assert a2e_cli(*RUN).code == 3


def test_events_are_complete(a2e_cli: Cli, quick: SandboxServer, here: Path) -> None:
    keys = write_jobs(here, 4)
    first = a2e_cli(*RUN, "--budget", "100", "--json")
    begun, *between, ended = events_of(first.out)
    assert first.code == 7
    assert begun == {"event": "begun", "jobs": 4, "output": "results"}
    (paused,) = (one for one in between if one["event"] == "paused")
    assert paused["cause"] == "budget"
    outcomes = [one for one in between if one["event"] == "outcome"]
    assert sorted(one["key"] for one in outcomes) == keys
    recorded = results_of(here / "results")
    for one in outcomes:
        assert {name: one[name] for name in one if name not in ("event", "earlier")} == recorded[
            one["key"]
        ]
    assert (ended["event"], ended["succeeded"], ended["paused"], ended["code"]) == (
        "ended",
        2,
        2,
        7,
    )
    assert (ended["budget"], ended["spent"], ended["coins"]) == (100, 100, 100)

    second = events_of(a2e_cli(*GO_ON, "--json").out)
    assert [one["earlier"] for one in second if one["event"] == "outcome"] == [
        True,
        True,
        False,
        False,
    ]
    assert (second[-1]["succeeded"], second[-1]["earlier"], second[-1]["resume"]) == (4, 2, None)


def test_an_error_ends_the_events_too(
    a2e_cli: Cli, quick: SandboxServer, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_jobs(here, 2)
    monkeypatch.setenv("A2E_API_KEY", "sk_wrong")
    quick.sandbox.faults.add(Fault.http(401), operation=START, times=None)
    outcome = a2e_cli(*RUN, "--json")
    assert outcome.code == 3
    ended = events_of(outcome.out)[-1]
    assert ended["event"] == "ended"
    assert ended["error"]
    assert "sk_wrong" not in outcome.out + outcome.err


def test_the_time_that_is_over_is_5(
    a2e_cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_jobs(here, 2)
    with serve(Sandbox(processing_after=0, completed_after=3_600)) as server:
        monkeypatch.setenv("A2E_BASE_URL", server.url)
        monkeypatch.setenv("A2E_API_KEY", "sandbox")
        outcome = a2e_cli(*RUN, "--timeout", "1")
        assert outcome.code == 5
        assert outcome.out.splitlines()[-2] == "Others: 2 still running."
        assert "goes on running on the server, billed as started" in outcome.err
        assert "  a2e batch run --output results --timeout 1" in outcome.err
        status = json.loads(a2e_cli("batch", "status", "results", "--json").out)
        assert (status["running"], status["succeeded"]) == (2, 0)
        server.sandbox.clock.advance(4_000)  # type: ignore[attr-defined]
        assert a2e_cli(*GO_ON).code == 0
        assert server.sandbox.paid_twice() == []


def test_status_needs_neither_key_nor_network(
    a2e_cli: Cli, quick: SandboxServer, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_jobs(here, 4)
    assert a2e_cli(*RUN, "--budget", "100").code == 7
    (here / "results" / "job-000.mp4").unlink(missing_ok=True)
    asked = quick.sandbox.requests.total
    monkeypatch.delenv("A2E_API_KEY")
    outcome = a2e_cli("batch", "status", "results", "--json")
    found = json.loads(outcome.out)
    assert outcome.code == 0
    assert (found["jobs"], found["not_started"], found["journal_spent"]) == (4, 2, 100)
    assert found["succeeded"] + found["unsaved"] == 2
    plain = a2e_cli("batch", "status", "results")
    assert plain.err.splitlines() == ["Go on with:", "  a2e batch run --output results"]
    assert quick.sandbox.requests.total == asked


def test_export_puts_what_became_of_a_job_beside_what_it_was(
    a2e_cli: Cli, quick: SandboxServer, here: Path
) -> None:
    keys = write_jobs(here, 3)
    assert a2e_cli(*RUN, "--budget", "100").code == 7
    table = list(csv.DictReader(io.StringIO(a2e_cli("batch", "export", "results").out)))
    assert [row["key"] for row in table] == keys
    assert [row["prompt"] for row in table] == [f"a calm sea, {key}" for key in keys]
    assert sorted(row["status"] for row in table) == ["paused", "succeeded", "succeeded"]
    assert sum(float(row["coins"] or 0) for row in table) == 100
    records = json.loads(a2e_cli("batch", "export", "results", "--format", "json").out)
    assert [record["arguments"]["prompt"] for record in records] == [row["prompt"] for row in table]
    outcome = a2e_cli("batch", "export", "results", "--to", "table.csv")
    assert (outcome.code, outcome.out) == (0, "")
    written = (here / "table.csv").read_text()
    assert list(csv.DictReader(io.StringIO(written))) == table


def test_the_resume_command_keeps_what_was_asked_for(
    a2e_cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_jobs(here, 2)
    with serve(Sandbox(processing_after=0, completed_after=0, coins=60)) as server:
        monkeypatch.setenv("A2E_API_KEY", "sandbox")
        words = (*RUN, "--journal", "my journal.db", "--concurrency", "7", "--budget", "500")
        outcome = a2e_cli(*words, "--timeout", "90", "--base-url", server.url)
        assert outcome.code == 7
        command = shlex.split(outcome.err.splitlines()[-1])
        assert command == [
            *("a2e", *GO_ON, "--journal", "my journal.db", "--budget", "500"),
            *("--concurrency", "7", "--timeout", "90", "--base-url", server.url),
        ]
        assert (here / "my journal.db").exists()
        assert not (here / "results" / "journal.db").exists()


def test_a_batch_goes_on_with_the_journal_that_it_began_with(
    a2e_cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_jobs(here, 2)
    with serve(Sandbox(processing_after=0, completed_after=3_600)) as server:
        monkeypatch.setenv("A2E_BASE_URL", server.url)
        monkeypatch.setenv("A2E_API_KEY", "sandbox")
        assert a2e_cli(*RUN, "--timeout", "1").code == 5
        other = a2e_cli(*GO_ON, "--journal", "other.db")
        assert (other.code, starts(server)) == (2, 2)
        assert "was begun with another journal than 'other.db'" in other.err
        assert a2e_cli(*GO_ON, "--timeout", "1").code == 5
        assert server.sandbox.paid_twice() == []

"""What notebooks show of models, listings and batches."""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2e_sdk import TaskStatus
from a2e_sdk.models import (
    BatchResults,
    Coins,
    FaceSwapTask,
    JobOutcome,
    JobStatus,
    Page,
    Quote,
    Task,
    Voice,
    Wan25Task,
)
from a2e_sdk.sandbox import Sandbox
from driver import Driver
from html_checks import CheckedHTML

EXPIRY = int(datetime(2100, 1, 1, tzinfo=UTC).timestamp())
VIDEO = f"https://cdn.example/1.mp4?expires={EXPIRY}"
TASK = Wan25Task(
    id="6674f1765699df7e9d25311a",
    name="<script>alert(1)</script>",
    status=TaskStatus.SUCCEEDED,
    raw_status="completed",
    result_url=VIDEO,
    result_urls=(VIDEO,),
    created_at=datetime(2026, 11, 27, 3, 4, tzinfo=UTC),
    prompt=5000 * "a calm sea ",
    coins=50.0,
    raw={"webhook_token": "hush"},
)


def html_of(value: Any) -> str:
    html: str = value._repr_mimebundle_()["text/html"]
    return html


def read(value: Any) -> CheckedHTML:
    return CheckedHTML(html_of(value))


def test_a_task_is_a_card_with_its_result() -> None:
    card = read(TASK)
    assert "Wan25 task" in card.words
    assert "succeeded" in card.words
    assert "2026-11-27 03:04" in card.words
    assert "<script>alert(1)</script>" in card.words  # as text
    assert card.addresses == [VIDEO, VIDEO]
    assert "video" in card.elements
    assert "hush" not in html_of(TASK)
    assert "None" not in card.words
    assert len(html_of(TASK)) < 6000


def test_the_plain_text_is_the_repr() -> None:
    assert TASK._repr_mimebundle_()["text/plain"] == repr(TASK)


def test_a_notebook_may_choose_the_types() -> None:
    assert set(TASK._repr_mimebundle_()) == {"text/plain", "text/html"}
    assert set(TASK._repr_mimebundle_(include={"text/html"})) == {"text/html"}
    assert set(TASK._repr_mimebundle_(exclude={"text/html"})) == {"text/plain"}
    assert set(TASK._repr_mimebundle_(include=[], exclude=None)) == {"text/plain", "text/html"}


def test_many_results_are_counted() -> None:
    urls = tuple(f"https://cdn.example/{number}.png" for number in range(30))
    card = read(attrs.evolve(TASK, result_url=urls[0], result_urls=urls))
    assert card.addresses == list(urls[:4])
    assert "and 26 more results" in card.words


def test_a_status_that_nobody_knows_is_the_servers_word() -> None:
    card = read(Wan25Task(id="1", raw_status="<b>resting"))
    assert "<b>resting?" in card.words


def test_a_page_is_a_table_that_is_bounded() -> None:
    rows = tuple(attrs.evolve(TASK, id=f"{number:024x}") for number in range(1000))
    page = Page(rows, 5000, 2, 1000, Wan25Task)
    table = read(page)
    assert table.elements.count("tr") == 21
    assert "and 980 more" in table.words
    assert "Wan25 tasks, page 2: 1,000 of 5,000" in table.words
    assert "video" not in table.elements
    assert len(html_of(page)) < 60_000


def test_pages_without_items_and_without_a_class_are_tables_too() -> None:
    assert "Wan25 tasks, page 9: 0 of 3" in read(Page[Wan25Task]((), 3, 9, 10, Wan25Task)).words
    assert "Items, page 1: 0" in read(Page[Task]((), None, 1, 10)).words
    assert "<x>" in read(Page(("<x>",), 1, 1, 10)).words
    assert "Amy" in read(Page((Voice(id="1", name="Amy"),), 1, 1, 10)).words


def test_coins_and_quotes_are_cards() -> None:
    assert "999,950" in read(Coins(coins=999950)).words
    assert "2.5" in read(Quote(coins=2.5, family="wan_25")).words
    assert "see raw" in read(Quote(coins=None, family="wan_25")).words
    assert "more than 300 digits" in read(Coins(coins=10**400)).words


def test_outcomes_are_cards_and_a_table() -> None:
    outcome = JobOutcome(
        key="<sea>",
        engine="wan_25",
        status=JobStatus.FAILED,
        paths=(Path("results/sea.mp4"),),
        coins=50,
        error="it <failed>",
        task=TASK,
    )
    card = read(outcome)
    assert "it <failed>" in card.words
    assert "sea.mp4" in card.words
    table = read(BatchResults((outcome, attrs.evolve(outcome, status=JobStatus.SUCCEEDED))))
    assert "Outcomes of 2 jobs: 1 failed, 1 succeeded" in table.words
    assert "100 coins in all" in table.words
    assert "Outcomes of 0 jobs" in read(BatchResults()).words


@attrs.frozen(kw_only=True, slots=False)
class MyTask(Wan25Task):
    score: int = 7
    secret: str = attrs.field(default="hush", repr=False)


def test_a_subclass_shows_its_fields_but_no_hidden_one() -> None:
    card = read(MyTask(id="1"))
    assert "My task" in card.words
    assert "score" in card.words
    assert "secret" not in html_of(MyTask(id="1"))
    assert "hush" not in html_of(MyTask(id="1"))


def test_values_stay_what_they_were() -> None:
    assert pickle.loads(pickle.dumps(TASK)) == TASK
    page = Page((TASK,), 1, 1, 10, Wan25Task)
    again = pickle.loads(pickle.dumps(page))
    assert again == page
    assert again.model is Wan25Task
    assert hash(attrs.evolve(TASK, raw={})) == hash(TASK)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        TASK.name = "x"  # type: ignore[misc]


def test_a_listing_says_what_it_is_and_asks_nobody(
    driver: Driver, a2e: Any, sandbox: Sandbox
) -> None:
    listing = a2e.face_swap.tasks.list(limit=7)
    card = read(listing)
    assert len(sandbox.requests) == 0
    assert "Listing of face swap tasks" in card.words
    assert "not asked yet" in card.words
    call = "" if driver.mode == "sync" else "await "
    assert f"data frame{call}listing.to_pandas()" in card.words
    loop = "for" if driver.mode == "sync" else "async for"
    assert f"all items{loop} item in listing:" in card.words
    driver.items(listing)
    assert "3, as last counted" in read(listing).words
    assert listing._repr_mimebundle_()["text/plain"] == repr(listing)


def test_a_batch_says_what_it_is_and_starts_nothing(
    driver: Driver, a2e: Any, sandbox: Sandbox, pauses: list[float], tmp_path: Path
) -> None:
    batch = a2e.batch([{"prompt": "x"}], engine="wan-25", output=tmp_path / "<results>")
    card = read(batch)
    assert len(sandbox.requests) == 0
    assert "not read yet" in card.words
    assert "<results>" in card.words
    driver.items(batch)
    assert "1 succeeded" in read(batch).words


HOSTILE = st.one_of(
    st.text(),
    st.text(st.characters(exclude_categories=())),
    st.sampled_from(["<img src=x onerror=alert(1)>", "'\"&", "javascript:alert(1)", "\u202eabc"]),
)
ADDRESS = st.one_of(HOSTILE, HOSTILE.map("https://a.example/".__add__), st.none())


@given(name=HOSTILE, error=HOSTILE, word=HOSTILE, url=ADDRESS, prompt=HOSTILE)
def test_no_text_of_a_server_becomes_html(
    name: str, error: str, word: str, url: str | None, prompt: str
) -> None:
    task = Wan25Task(
        id=name,
        name=name,
        raw_status=word,
        failed_message=error,
        result_url=url,
        result_urls=() if url is None else (url, url),
        prompt=prompt,
    )
    read(task)
    read(Page((task, FaceSwapTask(id=word, face_url=url)), 1, 1, 1))
    read(BatchResults((JobOutcome(key=name, engine=word, status=JobStatus.FAILED, error=error),)))


@pytest.mark.once
def test_the_html_is_loaded_when_it_is_asked_for() -> None:
    code = (
        "import sys; from a2e_sdk import A2E; from a2e_sdk.models import Wan25Task;"
        "a2e = A2E(region='sandbox'); task = a2e.wan_25.create(prompt='x'); repr(task);"
        "page = a2e.wan_25.page(1);"
        "names = {n.rpartition('.')[2] for n in sys.modules if n.startswith('a2e_sdk._display')};"
        "assert names == {'_display', 'displayed'}, names; task._repr_mimebundle_();"
        "assert 'a2e_sdk._display.records' in sys.modules"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)

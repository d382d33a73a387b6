"""How models become text: nothing lost, nothing broken by odd texts, nothing wider than its room."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from a2e_sdk import FaceSwapTask, TaskStatus, errors
from a2e_sdk.cli.columns import image_columns, task_columns
from a2e_sdk.cli.output import print_listing
from a2e_sdk.cli.rendering import (
    iso_time,
    json_text,
    length_of,
    plain_row,
    printable,
    record,
    short_time,
    short_url,
)
from a2e_sdk.cli.table import Table, arrange
from a2e_sdk.models import FaceSwapImage

ID = "6674f1765699df7e9d25311a"
LINK = "https://cdn.example.com/a/very/long/way/down/1717400057881_1718940028723.mp4?Signature=abc"

# Any text, with what breaks lines, terminals and encodings made likely.
texts = st.text(st.one_of(st.characters(), st.sampled_from("\t\n\r\x1b\x9b\u202e\ud800\u3000😀字")))
times = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))]))
tasks = st.builds(
    FaceSwapTask,
    id=st.just(ID),
    name=st.none() | texts,
    status=st.sampled_from(TaskStatus),
    raw_status=st.none() | texts,
    result_url=st.none() | texts.map("https://example.com/".__add__),
    failed_message=st.none() | texts,
    created_at=st.none() | times,
    duration=st.none() | st.floats() | st.integers(),
)


@given(tasks, st.sampled_from(["utf-8", "ascii", "cp1252", "gb18030"]))
def test_json_holds_any_task_in_any_encoding(task: FaceSwapTask, encoding: str) -> None:
    text = json_text(record(task), encoding)
    assert "\n" not in text

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    back = json.loads(text.encode(encoding).decode(encoding), parse_constant=refuse)
    assert (back["name"], back["failed_message"]) == (task.name, task.failed_message)
    assert back["status"] == task.status
    assert "raw" not in back


@given(tasks)
def test_a_plain_row_is_one_line_with_a_tab_between_values(task: FaceSwapTask) -> None:
    fields = [column.field for column in task_columns()]
    row = plain_row(task, fields)
    assert row.count("\t") == len(fields) - 1
    assert row.splitlines() in ([row], [])
    assert not any(letter in row for letter in "\x1b\x9b\u202e")
    row.encode()


@given(tasks, st.integers(26, 300))
def test_a_table_shows_the_id_whole_and_keeps_to_its_width(task: FaceSwapTask, width: int) -> None:
    table = Table(task_columns(), [task], width)
    header = [line.plain for line in table.header()]
    rows = [line.plain for line in table.row(task)]
    assert rows[0].startswith(ID)
    assert all(cell_len(line) <= width for line in rows)
    # Titles of what stands below share a line, which only a very narrow terminal breaks.
    assert cell_len(header[0]) <= width
    assert not any(letter in "".join(rows) for letter in "\n\t\x1b\x9b\u202e")


@pytest.mark.parametrize("width", [40, 80, 100, 120, 160, 200])
def test_a_table_of_any_width_says_what_a_person_asks(width: int) -> None:
    done = FaceSwapTask(
        id=ID,
        name="holiday",
        status=TaskStatus.SUCCEEDED,
        result_url=LINK,
        result_urls=(LINK,),
        created_at=datetime(2024, 6, 21, 3, 20, 22, tzinfo=UTC),
        duration=6,
    )
    failed = FaceSwapTask(id=ID[::-1], status=TaskStatus.FAILED, failed_message="no face found")
    table = Table(task_columns(), [done, failed], width)

    header = " ".join(line.plain for line in table.header())
    for title in ("id", "name", "status", "duration", "created", "result", "failed message"):
        assert title in header
    shown = "\n".join(line.plain for line in table.row(done))
    for text in ("holiday", "succeeded", "6 s", "2024-06-21 03:20", "8940028723.mp4"):
        assert text in shown
    assert "Signature" not in shown
    assert "no face found" in "\n".join(line.plain for line in table.row(failed))


def test_a_link_in_a_table_leads_to_the_whole_address() -> None:
    def links(address: str) -> list[str | None]:
        task = FaceSwapTask(id=ID, result_url=address, result_urls=(address,))
        lines = Table(task_columns(), [task], 80).row(task)
        styles = [span.style for line in lines for span in line.spans]
        return [style.link for style in styles if not isinstance(style, str) and style.link]

    assert links(LINK) == [LINK]
    # Neither a program's address nor one that steers the terminal.
    assert links("javascript:alert(1)") == []
    assert links("https://example.com/\x1b]0;title\x07.mp4") == []


def test_a_new_status_word_is_shown_as_the_server_said_it() -> None:
    task = FaceSwapTask(id=ID, raw_status="rendering")
    assert "rendering?" in "\n".join(
        line.plain for line in Table(task_columns(), [task], 80).row(task)
    )


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(0, 200)), min_size=1, max_size=8),
    st.integers(1, 300),
)
def test_columns_beside_each_other_fit(columns: list[tuple[int, int]], width: int) -> None:
    least = [first for first, _ in columns]
    wanted = [first + more for first, more in columns]
    widths = arrange(least, wanted, width)
    assert 1 <= len(widths) <= len(columns)
    assert all(low <= got <= want for low, got, want in zip(least, widths, wanted, strict=False))
    assert sum(widths) + 2 * (len(widths) - 1) <= max(width, least[0])


@given(texts.map("https://cdn.example.com/a/b/".__add__) | texts, st.integers(1, 200))
def test_a_shortened_address_fits(url: str, width: int) -> None:
    assert len(short_url(url, width)) <= width


@given(times)
def test_a_time_in_json_is_utc_and_exact(moment: datetime) -> None:
    if moment.year in (1, 9999):  # what no server says, and what has no form in UTC
        return
    text = iso_time(moment)
    assert text.endswith("Z")
    assert datetime.fromisoformat(text) == moment


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(6, "6 s"), (6.04, "6 s"), (75.25, "75.2 s"), (0, "-"), (None, "-"), (float("nan"), "-")],
)
def test_lengths(seconds: float | None, text: str) -> None:
    assert length_of(seconds) == text


def test_a_time_of_another_zone_is_shown_in_utc() -> None:
    assert short_time(datetime(2024, 6, 21, 3, 20, tzinfo=timezone(timedelta(hours=8)))) == (
        "2024-06-20 19:20"
    )


def test_names_of_people_stay_as_they_are() -> None:
    assert printable("Zoë 山田\u3000太郎 👩\u200d👧") == "Zoë 山田\u3000太郎 👩\u200d👧"


@pytest.mark.parametrize("as_json", [True, False])
def test_rows_are_printed_as_they_come(capsys: pytest.CaptureFixture[str], as_json: bool) -> None:
    printed = ""

    def rows() -> Iterator[FaceSwapTask]:
        nonlocal printed
        for number in range(5):
            printed += capsys.readouterr().out
            assert number < 2 or f"{number - 2:024x}" in printed
            yield FaceSwapTask(id=f"{number:024x}")

    print_listing(rows(), task_columns(), "task", as_json=as_json)
    printed += capsys.readouterr().out
    assert f"{4:024x}" in printed


def test_an_array_that_an_error_cut_short_is_no_valid_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def rows() -> Iterator[FaceSwapTask]:
        yield FaceSwapTask(id=ID)
        raise errors.APIConnectionError("gone")

    with pytest.raises(errors.APIConnectionError):
        print_listing(rows(), task_columns(), "task", as_json=True)
    with pytest.raises(json.JSONDecodeError):
        json.loads(capsys.readouterr().out)


def test_plain_lines_are_read_by_a_csv_reader(capsys: pytest.CaptureFixture[str]) -> None:
    image = FaceSwapImage(id=ID, face_url=LINK)
    print_listing([image], image_columns(), "image", as_json=False)
    rows = csv.DictReader(capsys.readouterr().out.splitlines(), delimiter="\t")
    assert list(rows) == [{"id": ID, "created_at": "", "face_url": LINK}]


def test_a_terminal_without_colours_gets_none(
    capsys: pytest.CaptureFixture[str],
    terminal: Callable[[int], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    failed = FaceSwapTask(id=ID, status=TaskStatus.FAILED)
    red = "\x1b[31m"
    terminal(80)
    print_listing([failed], task_columns(), "task", as_json=False)
    assert red not in capsys.readouterr().out
    monkeypatch.delenv("NO_COLOR")
    print_listing([failed], task_columns(), "task", as_json=False)
    assert red in capsys.readouterr().out

"""How models become text: nothing lost, nothing broken by odd texts, nothing wider than its column."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from a2e_sdk import FaceSwapTask, TaskStatus, errors
from a2e_sdk._wire.family_table import FACE_SWAP
from a2e_sdk.cli.output.columns import ended_columns, image_columns, task_columns
from a2e_sdk.cli.output.plain_table import PlainTable
from a2e_sdk.cli.output.printing import print_listing
from a2e_sdk.cli.output.rendering import (
    elapsed_text,
    iso_time,
    json_text,
    length_of,
    printable,
    record,
    record_cells,
    short_time,
    short_url,
    size_text,
)
from a2e_sdk.cli.output.table import Table, arrange
from a2e_sdk.models import FaceSwapImage

ID = "6674f1765699df7e9d25311a"
LINK = "https://cdn.example.com/a/very/long/way/down/1717400057881_1718940028723.mp4?Signature=abc"

# Any text, with what breaks lines, terminals and encodings made likely.
texts = st.text(st.one_of(st.characters(), st.sampled_from("\t\n\r\x1b\x9b\u202e\ud800\u3000😀字")))
# Those of a model are in UTC or could be: what would lie before the year 1 there is read as None.
times = st.datetimes(
    min_value=datetime(1, 1, 2),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))]),
)
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


# The first draw of all builds Hypothesis's table of letters, which takes seconds on a busy machine.
@settings(suppress_health_check=[HealthCheck.too_slow])
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


@given(st.lists(tasks, min_size=1, max_size=5))
def test_a_plain_table_has_one_aligned_line_per_task(rows: list[FaceSwapTask]) -> None:
    columns = task_columns(FACE_SWAP)
    table = PlainTable(columns, rows)
    lines = [table.header, *map(table.row, rows)]
    starts = [
        cell_len(table.header[: at.start()]) for at in re.finditer(r"name|result", table.header)
    ]
    for line, task in zip(lines[1:], rows, strict=True):
        assert line.splitlines() == [line]
        assert not any(letter in line for letter in "\t\x1b\x9b\u202e")
        line.encode()
        cells = [column.whole(task) or "-" for column in columns]
        assert all(cell.rstrip() in line for cell in cells)
        # What stands left of a column is as wide as in the header, and ends with the gap.
        name, result = (cells[1].rstrip(), cells[-1].rstrip())
        assert cell_len(line.rpartition(result)[0]) == starts[1] or not result
        assert line.startswith(f"{ID}  {name}".rstrip())
        assert starts[0] == len(ID) + 2


def test_a_plain_table_cuts_nothing_and_says_when_there_is_nothing() -> None:
    done = FaceSwapTask(
        id=ID,
        name="a name that is longer than a terminal would show",
        status=TaskStatus.SUCCEEDED,
        result_url=LINK,
        result_urls=(LINK, LINK + "2"),
        created_at=datetime(2024, 6, 21, 3, 20, 22, 436000, tzinfo=UTC),
        duration=6.25,
    )
    empty = FaceSwapTask(id=ID[::-1], failed_message="", duration=0)
    table = PlainTable(task_columns(FACE_SWAP), [done, empty])

    assert [re.split("  +", line.strip()) for line in (table.header, table.row(done), table.row(empty))] == [
        ["id", "name", "status", "duration", "created (UTC)", "failed message", "result"],
        [ID, done.name, "succeeded", "6.25 s", "2024-06-21T03:20:22.436Z", "-", f"{LINK} {LINK}2"],
        [ID[::-1], "-", "unknown", "-", "-", "-", "-"],
    ]  # fmt: skip


def test_a_value_wider_than_those_before_it_is_whole_all_the_same() -> None:
    table = PlainTable(task_columns(FACE_SWAP), [FaceSwapTask(id=ID, name="short")])
    assert "a much longer name  unknown" in table.row(
        FaceSwapTask(id=ID, name="a much longer name")
    )


def test_wide_letters_stand_in_line() -> None:
    names = ["山田太郎", "Zoë"]
    table = PlainTable(task_columns(FACE_SWAP), [FaceSwapTask(id=ID, name=name) for name in names])
    lines = [table.row(FaceSwapTask(id=ID, name=name)) for name in names]
    assert len({cell_len(line.partition("unknown")[0]) for line in lines}) == 1


@given(tasks, st.integers(26, 300))
def test_a_table_shows_the_id_whole_and_keeps_to_its_width(task: FaceSwapTask, width: int) -> None:
    table = Table(task_columns(FACE_SWAP), [task], width)
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
    table = Table(task_columns(FACE_SWAP), [done, failed], width)

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
        lines = Table(task_columns(FACE_SWAP), [task], 80).row(task)
        styles = [span.style for line in lines for span in line.spans]
        return [style.link for style in styles if not isinstance(style, str) and style.link]

    assert links(LINK) == [LINK]
    # Neither a program's address nor one that steers the terminal.
    assert links("javascript:alert(1)") == []
    assert links("https://example.com/\x1b]0;title\x07.mp4") == []


def test_a_new_status_word_is_shown_as_the_server_said_it() -> None:
    task = FaceSwapTask(id=ID, raw_status="rendering")
    assert "rendering?" in "\n".join(
        line.plain for line in Table(task_columns(FACE_SWAP), [task], 80).row(task)
    )


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(0, 200)), min_size=1, max_size=8),
    st.integers(1, 300),
)
def test_columns_beside_each_other_fit(columns: list[tuple[int, int]], width: int) -> None:
    least = [first for first, _ in columns]
    wanted = [first + more for first, more in columns]
    widths = arrange(least, wanted, width)
    beside = [cells for cells in widths if cells is not None]
    assert len(widths) == len(columns)
    assert widths[0] is not None
    for low, got, want in zip(least, widths, wanted, strict=True):
        assert got is None or low <= got <= want
    taken = sum(beside) + 2 * (len(beside) - 1)
    assert taken <= max(width, least[0])
    # Nothing goes below that would have fitted where it stood.
    for at, got in enumerate(widths):
        before = [cells for cells in widths[:at] if cells is not None]
        assert (
            got is not None
            or sum(least[:1])
            + least[at]
            + 2 * len(before)
            + sum(least[place] for place in range(1, at) if widths[place] is not None)
            > width
        )


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
    sample = 2

    def rows() -> Iterator[FaceSwapTask]:
        nonlocal printed
        for number in range(6):
            printed += capsys.readouterr().out
            assert number <= sample or f"{number - 2:024x}" in printed
            yield FaceSwapTask(id=f"{number:024x}")

    print_listing(rows(), task_columns(FACE_SWAP), "task", as_json=as_json, sample=sample)
    printed += capsys.readouterr().out
    assert f"{5:024x}" in printed


def test_the_widths_come_from_the_first_hundred_rows(capsys: pytest.CaptureFixture[str]) -> None:
    taken = 0
    printed_at: list[int] = []

    def rows() -> Iterator[FaceSwapTask]:
        nonlocal taken
        for number in range(120):
            if capsys.readouterr().out:
                printed_at.append(taken)
            taken += 1
            yield FaceSwapTask(id=ID, name="a long name" if number == 99 else "x")

    print_listing(rows(), task_columns(FACE_SWAP), "task", as_json=False)
    assert printed_at[0] == 100
    assert capsys.readouterr().out.startswith(f"{ID}  x            unknown")


def test_an_array_that_an_error_cut_short_is_no_valid_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def rows() -> Iterator[FaceSwapTask]:
        yield FaceSwapTask(id=ID)
        raise errors.APIConnectionError("gone")

    with pytest.raises(errors.APIConnectionError):
        print_listing(rows(), task_columns(FACE_SWAP), "task", as_json=True)
    with pytest.raises(json.JSONDecodeError):
        json.loads(capsys.readouterr().out)


def test_what_has_ended_is_shown_with_its_result_or_why_not() -> None:
    done = FaceSwapTask(id=ID, status=TaskStatus.SUCCEEDED, result_url=LINK, result_urls=(LINK,))
    failed = FaceSwapTask(id=ID[::-1], status=TaskStatus.FAILED, failed_message="no face found")
    plain = PlainTable(ended_columns(), [done])
    assert plain.row(done) == f"{ID}  succeeded  {LINK}"
    assert plain.row(failed) == f"{ID[::-1]}  failed     no face found"
    (line,) = Table(ended_columns(), [done], 80).row(failed)
    assert line.plain == plain.row(failed)


def test_a_record_names_a_single_result_once() -> None:
    one = FaceSwapTask(id=ID, result_url=LINK, result_urls=(LINK,))
    two = FaceSwapTask(id=ID, result_url=LINK, result_urls=(LINK, LINK))
    names = [[name.strip() for name, _ in record_cells(record(task))] for task in (one, two)]
    assert ["result_urls" in found for found in names] == [False, True]
    assert dict(record_cells(record(two)))["result_urls   "] == f"{LINK} {LINK}"
    assert {len(name) for name, _ in record_cells(record(two))} == {len("initialized_at")}


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (65_536, "65.5 kB"), (999_999, "1.0 MB"),
     (1_500_000_000, "1.5 GB"), (2_000_000_000_000, "2.0 TB")],
)  # fmt: skip
def test_sizes(count: int, text: str) -> None:
    assert size_text(count) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(-1, "0:00"), (5.9, "0:05"), (65, "1:05"), (7209, "2:00:09")]
)
def test_elapsed_times(seconds: float, text: str) -> None:
    assert elapsed_text(seconds) == text


def test_images_are_listed_with_their_whole_address() -> None:
    image = FaceSwapImage(id=ID, face_url=LINK)
    assert PlainTable(image_columns(), [image]).row(image) == f"{ID}  -              {LINK}"


def test_a_terminal_without_colours_gets_none(
    capsys: pytest.CaptureFixture[str],
    terminal: Callable[[int], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    failed = FaceSwapTask(id=ID, status=TaskStatus.FAILED)
    red = "\x1b[31m"
    terminal(80)
    print_listing([failed], task_columns(FACE_SWAP), "task", as_json=False)
    assert red not in capsys.readouterr().out
    monkeypatch.delenv("NO_COLOR")
    print_listing([failed], task_columns(FACE_SWAP), "task", as_json=False)
    assert red in capsys.readouterr().out

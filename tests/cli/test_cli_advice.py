"""What is printed to paste into a shell must be right, whatever the ids, names and addresses."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2e_sdk import FaceSwapTask, TaskStatus, errors
from a2e_sdk._wire.family_table import FACE_SWAP
from a2e_sdk.cli.output.advice import CommandLine, look_for_start, text_of, wait_again
from a2e_sdk.cli.output.estimates import estimate_text, seconds_left

ID = "6674f1765699df7e9d25311a"
OTHER = ID[::-1]
HERE = CommandLine("sandbox", "http://127.0.0.1:8000")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_a_shell_reads_the_very_words_from_a_command(word: str) -> None:
    line = CommandLine("china", windows=False).command("download", word, "--output", word)
    assert shlex.split(line) == ["a2e", "download", word, "--output", word, "--region", "china"]


def test_windows_gets_its_own_quotes() -> None:
    line = CommandLine(windows=True).command("download", ID, "--output", "my clip.mp4")
    assert line == f'a2e download {ID} --output "my clip.mp4"'


@pytest.mark.parametrize(
    ("line", "end"),
    [
        (CommandLine(), ""),
        (CommandLine(region="china"), " --region china"),
        (CommandLine(base_url="http://[::1]:80"), " --base-url 'http://[::1]:80'"),
        (HERE, " --region sandbox --base-url http://127.0.0.1:8000"),
    ],
)
def test_a_wait_is_taken_up_again_where_it_was(line: CommandLine, end: str) -> None:
    if line.windows:
        pytest.skip("quotes of POSIX")
    assert wait_again(line, FACE_SWAP, [ID, OTHER]) == [
        f"Take it up again with:\n  a2e face-swap tasks wait {ID} {OTHER}{end}"
    ]


def test_an_interrupted_run_gets_the_download_too() -> None:
    state, command = wait_again(
        CommandLine("china"), FACE_SWAP, [ID], ["download", ID], interrupted=True
    )
    assert state == f"Task {ID} goes on running on the server, billed as started."
    assert command.endswith(
        f"a2e face-swap tasks wait {ID} --region china && a2e download {ID} --region china"
    )


def test_a_start_without_a_known_name_is_looked_for_among_the_newest() -> None:
    (named,) = look_for_start(HERE, FACE_SWAP, "holiday")
    (unnamed,) = look_for_start(HERE, FACE_SWAP, None)
    assert "'holiday'" in named
    for lines in (named, unnamed):
        assert "\n  a2e face-swap tasks list --limit 20 --region sandbox --base-url" in lines


def test_a_time_out_is_told_without_words_of_python() -> None:
    one = errors.WaitTimeoutError("text", task=FaceSwapTask(id=ID, raw_status="processing"))
    one.task_ids = (ID,)
    unseen = errors.WaitTimeoutError("text", task_id=ID)
    unseen.task_ids = (ID,)
    many = errors.WaitTimeoutError("text")
    many.task_ids = tuple(f"{number:024x}" for number in range(7))
    assert text_of(one) == f"the time is over, and task {ID} is still processing"
    assert text_of(unseen) == f"the time is over, and task {ID} still runs"
    assert text_of(many).startswith("the time is over, and 7 tasks still run: 0000")
    assert text_of(many).endswith(f"{4:024x} and 2 more")


def test_other_errors_say_what_they_say() -> None:
    failed = FaceSwapTask(id=ID, status=TaskStatus.FAILED)
    assert text_of(errors.TaskFailedError("no face", task=failed)) == "no face"
    assert text_of(OSError()) == "OSError"


durations = st.lists(st.floats(0.1, 100_000), max_size=50).map(sorted)


@given(st.floats(0, 200_000), durations)
def test_an_estimate_is_what_half_of_the_slower_ones_needed(
    elapsed: float, known: list[float]
) -> None:
    longer = [duration for duration in known if duration > elapsed]
    left = seconds_left(elapsed, known)
    assert (left is None) == (not longer)
    if left is not None:
        assert left > 0
        total = elapsed + left
        assert 2 * sum(duration <= total + 1e-6 for duration in longer) >= len(longer)


@pytest.mark.parametrize(
    ("elapsed", "known", "text"),
    [
        (5, [], ""),
        (0, [40], "about 40 s left"),
        (39.9, [40], "about 5 s left"),
        (41, [40], "longer than usual"),
        (10, [20, 130, 200], "about 2 min left"),
        (0, [9000], "about 2.5 h left"),
    ],
)
def test_estimates_are_rough(elapsed: float, known: list[float], text: str) -> None:
    assert estimate_text(elapsed, known) == text

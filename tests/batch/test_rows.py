"""Whatever spreadsheets and programs write becomes the jobs that were meant."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from staging import PNG, staged, table

from a2e_sdk._batch.engines import family_of
from a2e_sdk._batch.job_file import read_jobs
from a2e_sdk._batch.staging import stage_jobs
from a2e_sdk._wire.avatar_video_arguments import Captions, Layout
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk.models import Avatar
from a2e_sdk.models.batch import Job
from examples import examples

AVATAR = "a" * 24
AUDIO = "https://example.com/a.mp3"


def arguments(jobs: Any, folder: Path, **options: Any) -> list[dict[str, Any]]:
    return [dict(job.arguments) for job in staged(jobs, folder, **options)]


FORMS: dict[str, bytes] = {
    "plain": b"key,prompt,seed\nk,a sea,5\n",
    "windows": b"key,prompt,seed\r\nk,a sea,5\r\n",
    "byte order mark": b"\xef\xbb\xbfkey,prompt,seed\r\nk,a sea,5\r\n",
    "semicolons": b"key;prompt;seed\r\nk;a sea;5\r\n",
    "tabs": b"key\tprompt\tseed\nk\ta sea\t5\n",
    "excel's note": b"sep=;\r\nkey;prompt;seed\r\nk;a sea;5\r\n",
    "quoted": b'"key","prompt","seed"\n"k","a sea","5"\n',
    "quoted delimiters in the header": b'"key";"prompt";"seed"\n"k";"a sea";5\n',
    "other delimiters within quotes": b'"key";"prompt";"seed";"a, b, c, d, e"\n"k";"a sea";5;\n',
    "no end of line": b"key,prompt,seed\nk,a sea,5",
    "blank lines": b"\n\nkey,prompt,seed\n\nk,a sea,5\n\n,,\n",
    "empty columns behind": b"key,prompt,seed,,\nk,a sea,5,,\n",
    "white space": b" key , prompt,seed \n k ,a sea, 5 \n",
    "whole number of a program": b"key,prompt,seed\nk,a sea,5.0\n",
    "ends early": b"key,seed,prompt,image\nk,5,a sea\n",
    "json": b'{"key": "k", "prompt": "a sea", "seed": 5}\n',
    "json with nulls": b'{"key": "k", "prompt": "a sea", "seed": 5.0, "image": null}',
    "json with arguments": b'\xef\xbb\xbf\n{"key": "k", "arguments": {"prompt": "a sea", "seed": 5}}\r\n',
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_table_means_the_same_job(form: str, tmp_path: Path) -> None:
    (job,) = staged(table(tmp_path, FORMS[form]), tmp_path)
    assert (job.key, dict(job.arguments)) == ("k", {"prompt": "a sea", "seed": 5})


def test_standard_input_and_open_files_are_read_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FORMS["json"])))
    (job,) = staged("-", tmp_path)
    assert job.key == "k"
    (job,) = staged(io.BytesIO(FORMS["semicolons"]), tmp_path)
    assert job.key == "k"


def test_jobs_and_dicts_are_read_as_they_come(tmp_path: Path) -> None:
    jobs = [
        Job("wan_25", "k", {"prompt": "a", "duration": 5}),
        {"key": "l", "prompt": "b", "end": None, "output": "sub/l"},
        {"engine": "face-swap", "arguments": {"face": AUDIO, "video": AUDIO}, "key": "m"},
    ]
    found = staged(iter(jobs), tmp_path)
    assert [(job.engine, job.line) for job in found] == [
        ("wan_25", 1),
        ("wan_25", 2),
        ("face_swap", 3),
    ]
    assert found[0].arguments == {"prompt": "a", "duration": "5"}
    assert found[1].output.stem == "sub/l"


def test_the_line_is_the_real_one_where_cells_have_lines_of_their_own(tmp_path: Path) -> None:
    text = 'key,prompt\nk,"a\nb\n\nc"\nl,d\n\nm,e\n'
    found = staged(table(tmp_path, text), tmp_path)
    assert [(job.key, job.line) for job in found] == [("k", 2), ("l", 6), ("m", 8)]
    assert found[0].arguments["prompt"] == "a\nb\n\nc"


def test_cells_become_what_the_argument_is(tmp_path: Path) -> None:
    header = "prompt,duration,sound,reference_images,end-image\n"
    row = 'a,5,no,"[""https://example.com/a.png"", ""https://example.com/b.png""]",\n'
    text = header.replace(",end-image", "").replace("sound", "sound") + row.rstrip(",\n") + "\n"
    assert arguments(table(tmp_path, text), tmp_path) == [
        {
            "prompt": "a",
            "duration": "5",
            "sound": False,
            "reference_images": ["https://example.com/a.png", "https://example.com/b.png"],
        }
    ]


def test_one_value_stands_for_a_list_of_itself(tmp_path: Path) -> None:
    text = "prompt,reference-images\na,https://example.com/a.png\n"
    (found,) = arguments(table(tmp_path, text), tmp_path)
    assert found["reference_images"] == ["https://example.com/a.png"]


def test_an_avatar_video_is_built_of_what_a_file_of_jobs_can_hold(tmp_path: Path) -> None:
    layout = Layout(width=10, height=10, person_width=5, person_height=5)
    video = {"audio": AUDIO, "background": "#ffffff", "layout": layout}
    jobs = [
        {"avatar": Avatar(id=AVATAR, kind="custom"), "captions": Captions(text="hi"), **video},
        {"avatar": AVATAR, "key": "l", "captions": "hi", **video},
    ]
    first, second = staged(jobs, tmp_path, engine="avatar_videos")
    assert first.create_arguments() == {
        **video,
        "avatar": AVATAR,
        "custom": True,
        "captions": Captions(text="hi"),
    }
    assert second.create_arguments()["captions"] == "hi"
    assert second.create_arguments()["layout"] == layout


@pytest.mark.parametrize("family", TASK_FAMILIES.values(), ids=lambda family: family.name)
def test_every_family_is_an_engine_by_each_of_its_names(family: Any) -> None:
    for name in (family.name, family.name.replace("_", "-"), family.attribute, f" {family.name} "):
        assert family_of(name) is family


def test_a_file_that_many_rows_name_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    opened: list[str] = []
    import a2e_sdk._batch.local_files as local_files

    real = local_files.open_input

    def counting(value: Any, name: str, **options: Any) -> Any:
        opened.append(str(value))
        return real(value, name, **options)

    monkeypatch.setattr(local_files, "open_input", counting)
    monkeypatch.chdir(tmp_path)
    text = "key,prompt,image\n" + "".join(f"{n},a,a.png\n" for n in range(50))
    found = staged(table(tmp_path, text), tmp_path)
    assert opened == ["a.png"]
    assert {job.files for job in found} == {found[0].files}
    (file,) = found[0].files
    assert (file.path, file.name, file.size) == (str(tmp_path / "a.png"), "a.png", len(PNG))


cells = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1, max_size=20
).filter(lambda text: bool(text.strip()) and not text.strip().startswith("#"))
printable = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=30)


@settings(deadline=None)
@given(
    st.dictionaries(printable, st.tuples(cells, st.none() | st.integers(0, 2**31 - 1))).filter(
        bool
    ),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n"]),
)
def test_a_table_that_was_written_by_a_program_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory,
    rows: dict[str, tuple[str, int | None]],
    delimiter: str,
    end: str,
) -> None:
    folder = tmp_path_factory.mktemp("table")
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerow(["key", "prompt", "seed"])
    for key, (prompt, seed) in rows.items():
        writer.writerow([key, prompt, seed])
    wanted = {
        key: {"prompt": prompt} | ({} if seed is None else {"seed": seed})
        for key, (prompt, seed) in rows.items()
    }
    found = staged(table(folder, text.getvalue()), folder)
    assert {job.key: dict(job.arguments) for job in found} == wanted
    lines = "".join(json.dumps({"key": key, **values}) + "\n" for key, values in wanted.items())
    # The same jobs in another form are the same jobs.
    assert staged(table(folder, lines, "jobs.jsonl"), folder) == found


@examples(100)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_jobs_or_mistakes_and_nothing_else(content: bytes) -> None:
    import tempfile

    from a2e_sdk.errors import InvalidJobsError

    with tempfile.TemporaryDirectory() as folder:
        try:
            stage_jobs(io.BytesIO(content), Path(folder) / "jobs.jsonl", engine="wan-25")
        except InvalidJobsError as refused:
            assert refused.mistakes
        else:
            assert list(read_jobs(Path(folder) / "jobs.jsonl"))


def peak_of_staging(count: int, folder: Path) -> int:
    path = folder / f"{count}.csv"
    with open(path, "w") as file:
        file.write("prompt,duration\n")
        file.writelines(f"a sea of the number {n},5\n" for n in range(count))
    # Tables of schemas and compiled patterns are not of the rows.
    tracemalloc.start()
    try:
        stage_jobs(str(path), folder / str(count) / "jobs.jsonl", engine="wan-25")
        assert sum(1 for _ in read_jobs(folder / str(count) / "jobs.jsonl")) == count
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.once
def test_no_object_of_a_row_is_kept(tmp_path: Path) -> None:
    few = peak_of_staging(300, tmp_path)
    many = peak_of_staging(3000, tmp_path)
    assert many < few + 300_000, (few, many)


#: Prints the growth of the process, what SQLite holds included, in KiB.
_GROWTH = r"""
import re, sys
from pathlib import Path
from a2e_sdk._batch.job_file import read_jobs
from a2e_sdk._batch.staging import stage_jobs

def peak(count):
    jobs = ({"prompt": f"a sea of the number {n}", "duration": 5} for n in range(count))
    stage_jobs(jobs, Path(sys.argv[1]) / str(count) / "jobs.jsonl", engine="wan-25")
    assert sum(1 for _ in read_jobs(Path(sys.argv[1]) / str(count) / "jobs.jsonl")) == count
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])

few = peak(1000)
print(peak(12_000) - few)
"""


@pytest.mark.once
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_process_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _GROWTH, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    # SQLite's cache is most of it; 12,000 rows in memory would be 12 MiB and more.
    assert int(done.stdout) < 8 * 1024, done.stdout

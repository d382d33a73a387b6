"""A job is known for ever by its key, and its files meet those of no other."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from staging import PNG, mistakes_of, staged, table

from a2e_sdk._batch.job_file import StagedJob, count_jobs, read_jobs
from a2e_sdk._batch.keys import keys_of_content
from a2e_sdk._batch.output_names import OutputName, name_of_key, output_of
from a2e_sdk._batch.staging import Staged, stage_jobs
from a2e_sdk._checks.validation import require_key
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk.errors import ConfigurationError

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=250)


def keys(jobs: Any, folder: Path, **options: Any) -> list[str]:
    return [job.key for job in staged(jobs, folder, **options)]


# Keys.


def test_the_key_of_a_content_is_the_same_in_every_version() -> None:
    """What is compared are literal keys: another one would pay for finished jobs again."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        jobs = [
            {"prompt": "a calm sea", "duration": 5, "sound": True},
            {"prompt": "a calm sea", "image": "https://example.com/a.png"},
        ]
        assert keys(jobs, Path(folder)) == ["wan-25-bf96fd368c08", "wan-25-e1193c8b17f9"]


def test_the_key_does_not_depend_on_how_a_value_is_written(tmp_path: Path) -> None:
    forms = [
        [{"prompt": "a", "duration": 5, "seed": 7}],
        [{"seed": 7.0, "duration": "5", "prompt": "a", "image": None}],
        table(tmp_path, "duration,seed,prompt\n5.0,7,a\n"),
    ]
    found = {tuple(keys(form, tmp_path / str(n))) for n, form in enumerate(forms)}
    assert len(found) == 1


def test_the_key_depends_on_the_bytes_of_a_file_and_not_on_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/b.png").write_bytes(PNG)

    def key(name: str, folder: str) -> str:
        (found,) = keys([{"prompt": "a", "image": tmp_path / name}], tmp_path / folder)
        return found

    first = key("a.png", "1")
    assert key("sub/b.png", "2") == first
    os.utime(tmp_path / "a.png", (1, 1))
    assert key("a.png", "3") == first
    (tmp_path / "a.png").write_bytes(PNG + b"\0")
    assert key("a.png", "4") != first


def test_two_jobs_of_other_content_have_other_keys_of_their_engine(tmp_path: Path) -> None:
    jobs = [{"prompt": str(n)} for n in range(200)]
    found = keys(jobs, tmp_path)
    assert len(set(found)) == 200
    assert all(re.fullmatch(r"wan-25-[0-9a-f]{12}", key) for key in found)


def test_contents_that_share_the_first_digits_get_longer_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import a2e_sdk._batch.checks as checks

    real = checks.content_digest
    monkeypatch.setattr(checks, "content_digest", lambda *parts: "0" * 12 + real(*parts)[12:])
    path = tmp_path / "jobs.jsonl"
    jobs = [{"prompt": "a"}, {"prompt": "b"}]
    assert stage_jobs(jobs, path, engine="wan-25") == Staged(2, 2, 0)
    written = [json.loads(line) for line in path.read_text().splitlines()[1:]]
    assert [len(job["key"]) for job in written] == [len("wan-25-") + 12, len("wan-25-") + 20]


@given(
    st.sampled_from(sorted(TASK_FAMILIES)), st.text("0123456789abcdef", min_size=64, max_size=64)
)
def test_every_key_of_a_content_is_a_key(name: str, content: str) -> None:
    for key in keys_of_content(TASK_FAMILIES[name], content):
        assert require_key(key) == key


@given(texts)
def test_a_key_has_1_to_200_characters_that_can_be_seen(text: str) -> None:
    is_key = len(text) <= 200 and text.isprintable() and text == text.strip()
    if is_key:
        assert require_key(text) == text
    else:
        with pytest.raises(ValueError, match=r"^key must "):
            require_key(text)


@pytest.mark.parametrize("wrong", ["", " ", "a\u200bb", "a\nb", "a\x7f", " a", "a ", "\ud800"])
def test_a_key_that_people_could_not_tell_from_another_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"^name (must|is no Unicode text)"):
        require_key(wrong, "name")
    with pytest.raises(TypeError, match=r"^key must be a str, not int"):
        require_key(7)  # type: ignore[arg-type]


# A run that goes on.


def test_the_same_input_again_adds_nothing_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "jobs.jsonl"
    text = table(tmp_path, "key,prompt\nk,a\n,b\nm,c\n")
    assert stage_jobs(text, path, engine="wan-25") == Staged(3, 3, 0)
    before = path.read_bytes()
    assert stage_jobs(text, path, engine="wan-25") == Staged(3, 0, 3)
    assert path.read_bytes() == before


def test_new_rows_come_behind_those_of_earlier_runs_which_stay(tmp_path: Path) -> None:
    path = tmp_path / "jobs.jsonl"
    stage_jobs([{"key": "k", "prompt": "a"}, {"key": "l", "prompt": "b"}], path, engine="wan-25")
    added = stage_jobs([{"key": "m", "prompt": "c"}, {"key": "l", "prompt": "b"}], path, engine="wan-25")  # fmt: skip
    assert added == Staged(3, 1, 1)
    assert [job.key for job in read_jobs(path)] == ["k", "l", "m"]
    assert count_jobs(path) == 3


def test_a_key_of_an_earlier_run_with_another_content_or_output_is_a_mistake(
    tmp_path: Path,
) -> None:
    staged(table(tmp_path, "key,prompt,output\nk,a,x\n"), tmp_path)
    assert mistakes_of(table(tmp_path, "key,prompt\nk,b\n"), tmp_path) == [
        "line 2: key 'k' is that of another job of an earlier run: give this one another key, or another folder."
    ]  # fmt: skip
    assert mistakes_of(table(tmp_path, "key,prompt,output\nk,a,y\n"), tmp_path) == [
        "line 2: output of key 'k' was 'x' in an earlier run, and stays so."
    ]
    assert mistakes_of(table(tmp_path, "key,prompt\nk,a\nk,a\n"), tmp_path) == [
        "line 3: key 'k' is that of line 2, too."
    ]
    assert mistakes_of(table(tmp_path, "key,prompt,output\nl,a,x\n"), tmp_path) == [
        "line 2: output 'x' can meet the files of an earlier run: names must differ in more than the suffix, a number at the end, or the case of letters."
    ]  # fmt: skip


def test_a_dry_run_reads_the_earlier_jobs_and_leaves_them_alone(tmp_path: Path) -> None:
    path = tmp_path / "out/jobs.jsonl"
    staged([{"key": "k", "prompt": "a"}], tmp_path)
    before = path.read_bytes()
    other = tmp_path / "dry/jobs.jsonl"
    counts = stage_jobs([{"key": "l", "prompt": "b"}], other, engine="wan-25", earlier=path)
    assert counts == Staged(2, 1, 0)
    assert path.read_bytes() == before


@pytest.mark.parametrize("line", range(1, 5))
@pytest.mark.parametrize("damage", ["cut", "changed", "removed", "no json"])
def test_a_damaged_file_of_jobs_is_refused_with_its_line(
    line: int, damage: str, tmp_path: Path
) -> None:
    path = tmp_path / "jobs.jsonl"
    stage_jobs([{"key": key, "prompt": "a sea"} for key in "klm"], path, engine="wan-25")
    lines = path.read_bytes().splitlines(keepends=True)
    place = line - 1
    if damage == "cut":
        lines[place:] = [lines[place][:-5]]
    elif damage == "changed":
        lines[place] = lines[place].replace(b"a sea", b"a see").replace(b"a2e-jobs", b"a2e-jibs")
    elif damage == "removed":
        del lines[place]
    else:
        lines[place] = b"{\n"
    path.write_bytes(b"".join(lines))
    told = 3 if damage == "removed" and line > 1 else line
    with pytest.raises(ConfigurationError, match=rf"line {told}: the file of jobs is damaged"):
        list(read_jobs(path))
    with pytest.raises(ConfigurationError, match="Nothing was started"):
        stage_jobs([{"prompt": "b"}], path, engine="wan-25")


def test_a_file_of_jobs_of_a_later_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "jobs.jsonl"
    stage_jobs([{"prompt": "a"}], path, engine="wan-25")
    path.write_bytes(path.read_bytes().replace(b'"version":1', b'"version":2'))
    with pytest.raises(ConfigurationError, match="is of version 2"):
        count_jobs(path)


def test_a_staged_job_has_no_secret(tmp_path: Path) -> None:
    jobs = [{"prompt": "a", "webhook_url": "https://example.com/hook", "webhook_token": "s3cret"}]
    assert mistakes_of(jobs, tmp_path) == [
        "job 1: webhook_token is no column: a secret is not kept in a file of jobs."
    ]


# Names.


@given(texts)
def test_the_name_of_a_key_stays_in_the_folder(key: str) -> None:
    name = name_of_key(key)
    assert name.stem not in ("", ".", "..")
    assert "/" not in name.stem
    assert "\\" not in name.stem
    (target,) = name.targets(Path("/out"), ("https://example.com/x.mp4",))
    assert target.path.parent == Path("/out")
    assert target.path.name == name.stem + ".mp4"
    assert len(os.fsencode(target.path.name)) <= 255


@given(texts)
def test_an_output_that_is_taken_is_below_the_folder(text: str) -> None:
    try:
        name = output_of(text)
    except ValueError as problem:
        assert str(problem).startswith("output must ")
        return
    path = Path(os.path.normpath(Path("/out") / (name.stem + name.suffix)))
    assert path.is_relative_to("/out")
    assert path != Path("/out")
    assert name.provenance(Path("/out")).name.endswith(".json")


def test_an_output_keeps_its_suffix_and_gets_one_where_it_has_none() -> None:
    links = ("https://example.com/1.mp4", "https://example.com/2")
    folder = Path("out")
    assert output_of("sub/clip.MOV") == OutputName("sub/clip", ".MOV")
    assert [t.path for t in output_of("sub/clip.mov").targets(folder, links[:1])] == [
        Path("out/sub/clip.mov")
    ]
    first, second = output_of("sub/clip v1.5").targets(folder, links)
    assert (first.path, first.needs_suffix) == (Path("out/sub/clip v1.5-1.mp4"), False)
    assert (second.path, second.needs_suffix) == (Path("out/sub/clip v1.5-2"), True)


def test_keys_whose_names_would_meet_get_names_apart(tmp_path: Path) -> None:
    names = ["a/b", "a\\b", "A_B", "a_b", "c", "c-1", "cat.jpg", "cat.png", "\u00e9", "e\u0301"]
    found = staged([{"key": key, "prompt": "a"} for key in names], tmp_path)
    stems = [job.output.stem for job in found]
    assert stems[0] == "a_b"
    assert stems[4] == "c"
    assert stems[6] == "cat"
    assert len({stem.lower() for stem in stems}) == len(names)
    assert [("~" in stem) for stem in stems] == [False, True, True, True, False, True, False, True, False, True]  # fmt: skip


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text("aA1-./_", min_size=1, max_size=6), unique=True, min_size=1, max_size=12))
def test_no_two_jobs_can_write_one_file(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    found = staged([{"key": key, "prompt": "a"} for key in names], tmp_path_factory.mktemp("names"))
    links = ("https://example.com/1.mp4", "https://example.com/2.mp4")
    files: list[str] = []
    for job in found:
        alone, both = job.output.targets(Path(), links[:1]), job.output.targets(Path(), links)
        files += [str(target.path).lower() for target in (*alone, *both)]
        files.append(str(job.output.provenance(Path())).lower())
    assert len(set(files)) == len(files)


def test_the_jobs_of_a_file_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "jobs.jsonl"
    stage_jobs([{"key": key, "prompt": "a"} for key in "kl"], path, engine="wan-25")
    jobs = read_jobs(path)
    first: StagedJob = next(jobs)
    assert first.key == "k"
    assert first.family is TASK_FAMILIES["wan_25"]
    jobs.close()  # type: ignore[attr-defined]

"""Every mistake of an input is reported in one sentence, with its line, its column and its value."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from staging import PNG, mistakes_of, staged, table

from a2e_sdk import errors
from a2e_sdk._batch.staging import stage_jobs
from a2e_sdk.models.batch import Job

SAVE = 'save it as "CSV UTF-8", or write JSON Lines.'

#: What is in the file, and the whole of what is said of it.
TABLES: dict[str, tuple[str | bytes, list[str]]] = {
    "empty": (b"", ["the file is empty."]),
    "blank": (b"\n \n", ["the file is empty."]),
    "bom alone": (b"\xef\xbb\xbf", ["the file is empty."]),
    "header only": ("prompt\n", ["the table has a header and no rows."]),
    "header and empty rows": ("prompt,key\n,\n , \n", ["the table has a header and no rows."]),
    "workbook": (b"PK\x03\x04\x14\0\x06", ["FILE: it is an Excel workbook or another zip archive; " + SAVE]),
    "old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1", ["FILE: it is an Excel workbook of the old kind; " + SAVE]),
    "utf-16": ("prompt\na sea\n".encode("utf-16"), ["FILE: it is in UTF-16; " + SAVE]),
    "zero byte": (b"prompt\na\n\0\n", ["line 3: it has a zero byte, so it is no text; " + SAVE]),
    "latin 1": ("prompt\na\nein schöner See\n".encode("latin-1"), ["line 3: byte 8 of the line (0xf6) is not UTF-8; " + SAVE]),
    "column twice": ("prompt,key,prompt\na,b,c\n", ["line 1: prompt is the name of column 1 and of column 3."]),
    "column twice by a dash": ("end-image,end_image\na,b\n", ["line 1: end_image is the name of column 1 and of column 2."]),
    "column without a name": ("prompt,,key\na,b,c\n", ["line 1: column 2 has no name."]),
    "unknown column": ("promt,key\na sea,k\nb,l\n", ["line 2: wan-25 has no argument 'promt' (did you mean 'prompt'?)."]),
    "unknown column far from all": ("zzz,prompt\na,b\n", ["line 2: wan-25 has no argument 'zzz'."]),
    "a secret as a column": ("prompt,webhook_token\na,s3cret\n", ["line 2: webhook_token is no column: a secret is not kept in a file of jobs."]),
    "resend as a column": ("prompt,resend_if_unknown\na,true\n", ["line 2: resend_if_unknown is no column: a batch never pays twice by itself."]),
    "on_upload as a column": ("prompt,on_upload\na,b\n", ["line 2: on_upload is no column: it is a function."]),
    "missing column": ("key\na\nb\n", ["line 2: prompt is missing: wan-25 needs it.", "line 3: prompt is missing: wan-25 needs it."]),
    "missing value": ("prompt,key\na,k\n ,l\n", ["line 3: prompt is missing: wan-25 needs it."]),
    "wrong value": ("prompt,duration\na,99\n", ["line 2: duration must be one of 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15; it is 99."]),
    "no number": ("prompt,seed\na,many\n", ["line 2: seed must be a number; it is 'many'."]),
    "number out of range": ("prompt,seed\na,-5\n", ["line 2: seed must be from 0 to 2147483647; it is -5."]),
    "no truth value": ("prompt,sound\na,loud\n", ["line 2: sound must be true or false (also yes, no, 1, 0); it is 'loud'."]),
    "two mistakes in a row": ("prompt,sound,seed\na,loud,many\n", ["line 2: seed must be a number; it is 'many'.", "line 2: sound must be true or false (also yes, no, 1, 0); it is 'loud'."]),
    "no json": ("prompt,reference_media\na,[1\n", ["line 2: reference_media must be JSON: Expecting ',' delimiter: line 1 column 3 (char 2)."]),
    "error of a spreadsheet": ("prompt,key\n#REF!,k\n", ["line 2: prompt is an error of the spreadsheet, '#REF!': mend the formula, and save the table again."]),
    "more cells than columns": ("prompt,key\na calm sea, at night,k\n", ["line 2: the row has 3 cells, the header 2: put a cell with a delimiter in it into quotes. The first too many is 'k'."]),
    "quote that is not closed": ('prompt,key\na,k\n"a sea,l\n', ["line 3: a quote that opens on this line is not closed: double the quotes within a cell; what comes behind it was not read."]),
    "quote in a quoted cell": ('prompt\n"a "calm" sea"\n', ["line 2: a quote within a quoted cell must be doubled; what comes behind it was not read."]),
    "ends of lines of old": (b"prompt\ra sea\r", ["line 1: a line ends in CR alone; save the file as CSV UTF-8; what comes behind it was not read."]),
    "cell too long": ("prompt\n" + "a" * 200_000 + "\n", ["line 2: a cell has more than 131,072 characters, or its quote is not closed; what comes behind it was not read."]),
    "unknown engine": ("engine,prompt\nwan-52,a\n", ["line 2: there is no engine 'wan-52' (did you mean 'wan-25'?)."]),
    "key twice": ("key,prompt\nk,a\nl,b\nk,c\n", ["line 4: key 'k' is that of line 2, too."]),
    "row twice": ("prompt,seed\na,1\nb,1\na,1\n", ["line 4: the row is the same as line 2, and neither has a key: give each a key to run it twice."]),
    "key of a control character": ('key,prompt\n"k\n1",a\n', ["line 2: key must have printable characters alone; it has '\\n'."]),
    "key too long": ("key,prompt\n" + "k" * 201 + ",a\n", ["line 2: key must have 1 to 200 characters; it has 201."]),
    "output leaves the folder": ("output,prompt\n../a.mp4,a\n", ["line 2: output must not leave the folder of results; it is '../a.mp4'."]),
    "output from the root": ("output,prompt\n/tmp/a.mp4,a\n", ["line 2: output must be below the folder of results; it is '/tmp/a.mp4'."]),
    "output on a drive": ("output,prompt\nC:a.mp4,a\n", ["line 2: output must be below the folder of results; it is 'C:a.mp4'."]),
    "output with a backslash": ("output,prompt\na\\b.mp4,a\n", ["line 2: output must have slashes between folders, no backslash; it is 'a\\\\b.mp4'."]),
    "output of an empty folder": ("output,prompt\na//b.mp4,a\n", ["line 2: output must be a name that every system can have; '' is none."]),
    "output of a device": ("output,prompt\nNUL.mp4,a\n", ["line 2: output must be a name that every system can have; 'NUL.mp4' is none."]),
    "output is the results": ("output,prompt\nResults.jsonl,a\n", ["line 2: output must not be a name of the batch's own files; it is 'Results.jsonl'."]),
    "output is a journal": ("output,prompt\njournal.db,a\n", ["line 2: output must not be a name of the batch's own files; it is 'journal.db'."]),
    "output is a provenance": ("output,prompt\na.json,a\n", ["line 2: output must not be a name of the batch's own files; it is 'a.json'."]),
    "outputs that meet": ("output,prompt\nA.mp4,a\na.png,b\n", ["line 3: output 'a.png' can meet the files of line 2: names must differ in more than the suffix, a number at the end, or the case of letters."]),
    "outputs that meet by a number": ("output,prompt\na-2,a\na,b\n", ["line 3: output 'a' can meet the files of line 2: names must differ in more than the suffix, a number at the end, or the case of letters."]),
    "no file": ("prompt,image\na,no such.png\n", ["line 2: image: there is no file 'no such.png' (and it is no URL)."]),
    "url that nobody reaches": ("prompt,image\na,http://localhost/a.png\n", ["line 2: image names a host that A2E's servers can't reach: 'localhost'."]),
    "json: no object": ('{"prompt": "a"}\n[1]\n"b"\n', ["line 2: a line must be a JSON object, not a list; write one object a line.", "line 3: a line must be a JSON object, not a text."]),
    "json: cut": ('{"prompt": "a"}\n{"prompt": \n', ["line 2: the line is no JSON (Expecting value at character 11)."]),
    "json: a list of objects": ('[\n {"prompt": "a"}\n]\n', ["line 1: the line is no JSON: a whole object must stand on one line (Expecting value at character 2)."]),
    "json: over many lines": ('{\n "prompt": "a"\n}\n', ["line 1: the line is no JSON: a whole object must stand on one line (Expecting property name enclosed in double quotes at character 2)."]),
    "json: key twice": ('{"prompt": "a", "prompt": "b"}\n', ["line 1: prompt is there twice in one object."]),
    "json: no number": ('{"prompt": "a", "seed": NaN}\n', ["line 1: NaN is no JSON."]),
    "json: wrong types": ('{"prompt": 5, "key": 7}\n', ["line 1: key must be a str, not int.", "line 1: prompt must be a text, not int."]),
    "json: null": ('{"prompt": null}\n', ["line 1: prompt is missing: wan-25 needs it."]),
    "json: arguments of a wrong type": ('{"arguments": [1]}\n', ["line 1: arguments must be an object, not list."]),
    "json: given twice": ('{"prompt": "a", "arguments": {"prompt": "b"}}\n', ["line 1: prompt is given twice: in arguments, too."]),
    "json: nested": ('{"prompt": ' + "[" * 100_000 + "\n", ["line 1: the JSON is nested too deeply."]),
    "json: half a surrogate pair": ('{"prompt": "\\ud800"}\n', ["line 1: prompt is no Unicode text: character 1 of it is a byte that is no UTF-8, or half of a surrogate pair."]),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_a_mistake_of_a_file_is_one_sentence(name: str, tmp_path: Path) -> None:
    content, sentences = TABLES[name]
    path = table(tmp_path, content)
    expected = [text.replace("FILE", repr(path)) for text in sentences]
    assert sorted(mistakes_of(path, tmp_path)) == sorted(expected)


JOBS: dict[str, tuple[list[Any], list[str]]] = {
    "none": ([], ["there are no jobs."]),
    "no job": (["a sea"], ["job 1: it must be a Job or a dict, not str."]),
    "bytes": ([Job("wan-25", "k", {"prompt": "a", "image": PNG})], ["job 1: image must be a text, a number, a list, a path or a URL, not bytes: a job is written down, so that it can be gone on with."]),
    "open file": ([{"prompt": "a", "image": io.BytesIO(PNG)}], ["job 1: image must be a text, a number, a list, a path or a URL, not BytesIO: a job is written down, so that it can be gone on with."]),
    "not a number": ([{"prompt": "a", "seed": float("nan")}], ["job 1: seed must be a number; it is nan."]),
    "name of an argument": ([Job("wan-25", None, {5: "a"})], ["job 1: a name of an argument must be a str, not int."]),  # type: ignore[dict-item]
    "engine": ([Job(5, "k", {"prompt": "a"})], ["job 1: engine must be a text, not int."]),  # type: ignore[arg-type]
    "output": ([{"prompt": "a", "output": 5}], ["job 1: output must be a text, not int."]),
    "a file for a list": ([{"prompt": "a", "reference_images": "a.png"}], ["job 1: reference_images must be a list of files, not str."]),
    "two of a training": ([{"engine": "avatar-trainings"}], ["job 1: give exactly one of video and image."]),
    "a layout": ([{"engine": "avatar-videos", "avatar": "a" * 24, "audio": "https://example.com/a.mp3", "layout": {"width": 1}}], ["job 1: layout missing 3 required keyword-only arguments: 'height', 'person_width', and 'person_height'."]),
    "background alone": ([{"engine": "avatar-videos", "avatar": "a" * 24, "audio": "https://example.com/a.mp3", "background": "#ffffff"}], ["job 1: a background needs a layout: where the person stands on it."]),
}  # fmt: skip


@pytest.mark.parametrize("name", JOBS)
def test_a_mistake_of_a_job_is_one_sentence(name: str, tmp_path: Path) -> None:
    jobs, sentences = JOBS[name]
    assert mistakes_of(iter(jobs), tmp_path) == sentences


def test_a_file_that_is_not_there_or_a_directory_is_told(tmp_path: Path) -> None:
    path = str(tmp_path / "none.csv")
    assert mistakes_of(path, tmp_path) == [f"{path!r}: there is no such file."]
    assert mistakes_of(str(tmp_path), tmp_path) == [
        f"{str(tmp_path)!r}: it is a directory, not a file."
    ]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = table(tmp_path, "prompt\na\n")
    os.chmod(path, 0)
    assert mistakes_of(path, tmp_path) == [f"{path!r}: it can't be read: Permission denied."]


def test_a_line_of_more_than_4_mib_is_told_and_not_read_into_memory(tmp_path: Path) -> None:
    path = table(tmp_path, '{"prompt": "' + "a" * (4 * 1024 * 1024) + '"}\n')
    assert mistakes_of(path, tmp_path) == ["line 1: the line has more than 4 MiB."]


def test_an_engine_that_is_given_nowhere_is_asked_for_in_each_row(tmp_path: Path) -> None:
    path = table(tmp_path, "prompt\na\nb\n")
    sentence = "no engine is given, neither here nor for all: such as 'wan-25'."
    assert mistakes_of(path, tmp_path, engine=None) == [
        f"line 2: {sentence}",
        f"line 3: {sentence}",
    ]


def test_a_wrong_engine_for_all_is_told_once(tmp_path: Path) -> None:
    path = table(tmp_path, "prompt\na\nb\n")
    assert mistakes_of(path, tmp_path, engine="face-swp") == [
        "there is no engine 'face-swp' (did you mean 'face-swap'?)."
    ]


def test_local_files_are_looked_at_before_anything_starts(tmp_path: Path) -> None:
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "page.png").write_bytes(b"<html>")
    (tmp_path / "a.png").write_bytes(PNG)
    rows = [("empty.png", "a"), ("page.png", "b"), (".", "c"), ("a.png", "d")]
    text = "".join(f"{key},{tmp_path / name},{key}\n" for name, key in rows)
    found = mistakes_of(table(tmp_path, "key,image,prompt\n" + text), tmp_path)
    assert found == [
        "line 2: image ('empty.png') is empty.",
        "line 3: image ('page.png') is of an unknown type, and must be of type image; neither its bytes nor a name tell it.",
        f"line 4: image: {str(tmp_path)!r} is a directory, not a file.",
    ]  # fmt: skip


def test_a_file_of_the_wrong_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(PNG)
    path = table(tmp_path, f"avatar,audio\n{'a' * 24},{tmp_path / 'a.mp3'}\n")
    assert mistakes_of(path, tmp_path, engine="avatar-videos") == [
        "line 2: audio ('a.mp3') is image/png, and must be of type audio."
    ]


def test_the_first_hundred_mistakes_are_kept_and_the_rest_is_counted(tmp_path: Path) -> None:
    path = table(tmp_path, "prompt,seed\n" + "a,x\n" * 250)
    with pytest.raises(errors.InvalidJobsError) as refused:
        staged(path, tmp_path)
    assert (len(refused.value.mistakes), refused.value.total) == (100, 250)
    text = str(refused.value)
    assert text.startswith(f"250 mistakes in {path}; nothing was started:\n  line 2: seed must be")
    assert text.endswith("  and 230 more")


def test_what_is_shown_of_a_value_has_no_secrets_and_a_bounded_length(tmp_path: Path) -> None:
    url = "https://localhost/a.png?X-Amz-Signature=abcdef0123456789"
    rows = f"prompt,image,seed\na,{url},sk_very_secret_key\nb,,{'9' * 5000}\n"
    with pytest.raises(errors.InvalidJobsError) as refused:
        staged(table(tmp_path, rows), tmp_path)
    shown = str(refused.value) + "".join(refused.value.mistakes)
    assert "abcdef" not in shown
    assert "very_secret" not in shown
    assert max(map(len, refused.value.mistakes)) < 500


def test_a_refused_input_leaves_the_jobs_of_an_earlier_run_as_they_were(tmp_path: Path) -> None:
    staged(table(tmp_path, "key,prompt\nk,a\n"), tmp_path)
    before = (tmp_path / "out/jobs.jsonl").read_bytes()
    assert mistakes_of(table(tmp_path, "key,prompt\nl,b\nm,\n"), tmp_path)
    assert (tmp_path / "out/jobs.jsonl").read_bytes() == before


def test_an_exception_of_an_iterable_is_its_own_and_leaves_nothing(tmp_path: Path) -> None:
    def jobs() -> Any:
        yield {"prompt": "a"}
        raise KeyError("theirs")

    with pytest.raises(KeyError, match="theirs"):
        stage_jobs(jobs(), tmp_path / "jobs.jsonl", engine="wan-25")
    assert list(tmp_path.iterdir()) == []

"""Addresses of objects, what they become, and what the errors of a store become; without one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from a2e_sdk import A2E, CloudPath, errors
from a2e_sdk._batch.options import bucket_of, work_folder
from a2e_sdk._files import object_store
from a2e_sdk._files.cloud_urls import ObjectFacts, is_cloud, place_of
from a2e_sdk._files.object_store import _error_of, _missing
from a2e_sdk._files.sources import is_url
from a2e_sdk.models.cloud import SignedLink
from a2e_sdk.models.submission import Submission
from a2e_sdk.models.task import Task
from driver import Driver

SECRETS = (
    "Error performing PUT https://acct.blob.core.windows.net/c/k?sig=TOPSECRET&se=1 in 2ms - "
    "Server returned non-2xx status code: {status}: <Error><Code>{code}</Code>"
    "<Message>TOPSECRET</Message></Error> Debug source: bearer TOPSECRET"
)


@pytest.mark.parametrize("scheme", ["s3", "s3a", "gs", "gcs", "az", "azure", "adl", "abfs", "S3"])
def test_an_address_of_an_object_is_neither_a_url_nor_a_path(scheme: str) -> None:
    assert is_cloud(f"{scheme}://bucket/me.jpg")
    assert not is_url(f"{scheme}://bucket/me.jpg")


@pytest.mark.parametrize(
    "other", ["https://s3.example/me.jpg", "ftp://x/y", "s3:/x", "me.jpg", b"s3://bucket/x", 7]
)
def test_nothing_else_is_one(other: object) -> None:
    assert not is_cloud(other)


def test_a_key_is_taken_literally() -> None:
    place = place_of("s3://bucket/a b%20c?d#e.jpg", "face")
    assert (place.root, place.key, place.name) == (
        "s3://bucket",
        "a b%20c?d#e.jpg",
        "a b%20c?d#e.jpg",
    )
    assert place_of("gcs://bucket/x", "face").root == "gs://bucket"
    container = place_of("abfss://data@account.dfs.core.windows.net/x/y.jpg", "face")
    assert container.root == "abfss://data@account.dfs.core.windows.net"
    assert container.key == "x/y.jpg"


@pytest.mark.parametrize(
    "wrong",
    [
        "s3://",
        "s3:///key",
        "s3://bucket/a//b",
        "s3://bucket/../b",
        "s3://bucket/./b",
        "s3://bucket/a\nb",
        "s3://bu cket/a",
        "s3://" + "b/" + "k" * 1025,
    ],
)
def test_an_address_that_no_store_has_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="face must"):
        place_of(wrong, "face")


def test_a_login_in_an_address_is_refused_and_not_shown() -> None:
    with pytest.raises(ValueError, match="must name a bucket") as raised:
        place_of("s3://AKIA:TOPSECRET@bucket/key", "face")
    assert "TOPSECRET" not in str(raised.value)


def test_folders_and_what_is_below_them() -> None:
    folder = place_of("s3://bucket/night/", "output")
    assert folder.is_folder
    assert folder.below("a/sea.mp4") == "s3://bucket/night/a/sea.mp4"
    assert place_of("s3://bucket", "output").is_folder
    assert place_of("s3://bucket", "output").below("x") == "s3://bucket/x"
    assert place_of("s3://bucket/out.mp4", "path").folder.below("x") == "s3://bucket/x"
    assert place_of("s3://bucket/a/out.mp4", "path").folder.key == "a"


def test_an_identity_changes_with_what_the_store_says_and_with_the_place() -> None:
    place = place_of("s3://bucket/me.jpg", "face")
    facts = ObjectFacts(5, '"one"')
    same = facts.identity(place)
    assert len(same) == 64
    assert same == ObjectFacts(5, '"one"').identity(place_of("s3a://bucket/me.jpg", "face"))
    others = {
        ObjectFacts(6, '"one"').identity(place),
        ObjectFacts(5, '"two"').identity(place),
        ObjectFacts(5, '"one"', "v2").identity(place),
        facts.identity(place_of("s3://bucket/you.jpg", "face")),
    }
    assert same not in others
    assert len(others) == 4


def test_a_path_in_a_store_has_the_parts_of_a_name() -> None:
    path = CloudPath("s3://bucket/night/sea.tar.mp4")
    assert (path.name, path.stem, path.suffix) == ("sea.tar.mp4", "sea.tar", ".mp4")
    assert (CloudPath("s3://b/.x").stem, CloudPath("s3://b/.x").suffix) == (".x", "")


def test_a_signed_link_is_kept_without_its_signature() -> None:
    assert SignedLink("https://x/me.jpg?X-Amz-Signature=1").plain == "https://x/me.jpg?***"


@pytest.mark.parametrize(
    ("kind", "status", "code", "error", "text"),
    [
        ("PermissionDeniedError", 403, "AccessDenied", errors.ConfigurationError, "must not"),
        ("GenericError", 400, "ExpiredToken", errors.ConfigurationError, "have expired"),
        ("GenericError", 503, "SlowDown", errors.ServiceBusyError, "too busy"),
        ("GenericError", 500, "InternalError", errors.APIConnectionError, "could not be"),
        ("PreconditionError", 412, "PreconditionFailed", ValueError, "was changed"),
        ("InvalidPathError", 0, "", ValueError, "no name that an object can have"),
    ],
)
def test_an_error_of_a_store_is_told_without_its_text(
    kind: str, status: int, code: str, error: type[Exception], text: str
) -> None:
    place = place_of("s3://bucket/me.jpg", "face")
    said = SECRETS.format(status=status, code=code)
    for doing in ("read", "write"):
        made = _error_of(kind, said, place, "face", doing)
        assert type(made) is error
        assert text in str(made)
        assert "TOPSECRET" not in str(made)
        assert "sig=" not in str(made)


def test_missing_credentials_are_told_as_such() -> None:
    place = place_of("s3://bucket/me.jpg", "face")
    said = "Generic S3 error: Error performing PUT http://169.254.169.254/latest/api/token"
    made = _error_of("GenericError", said, place, "face", "read")
    assert isinstance(made, errors.ConfigurationError)
    assert "no credentials" in str(made)


def test_what_is_missing_is_the_bucket_where_something_is_written() -> None:
    place = place_of("s3://bucket/me.jpg", "face")
    assert isinstance(_missing("", place, "face", "read"), FileNotFoundError)
    assert isinstance(_missing("", place, "face", "write"), errors.ConfigurationError)
    assert isinstance(_missing("NoSuchBucket", place, "face", "read"), errors.ConfigurationError)


def test_the_folder_of_work_is_named_after_the_destination() -> None:
    with_slash, without = bucket_of("s3://bucket/night/"), bucket_of("s3://bucket/night")
    assert with_slash is not None
    assert without is not None
    assert bucket_of("results") is None
    default = work_folder(with_slash, None, None)
    assert default == work_folder(without, None, None)
    assert default.name.startswith("bucket-night-")
    assert default.parent == Path()
    assert work_folder(with_slash, None, Path("/x/journal.db")) == Path("/x") / default.name
    assert work_folder(with_slash, "here", Path("/x/journal.db")) == Path("here")
    other = bucket_of("gs://bucket/night-2/")
    assert other is not None
    assert work_folder(other, None, None) != default


def test_without_the_extra_the_line_for_pip_comes_before_anything_is_sent(
    driver: Driver, a2e: Any, sandbox: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "obstore", None)
    line = r'pip install "a2e-sdk\[cloud\]"'
    for call in (
        lambda: a2e.face_swap.tasks.create(face="s3://bucket/me.jpg", video="https://x.example/v"),
        lambda: a2e.storage.upload("s3://bucket/me.jpg"),
        lambda: a2e.download("https://x.example/v.mp4", "s3://bucket/me.mp4"),
    ):
        with pytest.raises(errors.ConfigurationError, match=line):
            driver.run(call())
    journal = driver.client(region="sandbox", journal=tmp_path / "journal.db")
    with pytest.raises(errors.ConfigurationError, match=line):
        driver.items(journal.batch([], output="s3://bucket/night/"))
    assert len(sandbox.requests) == 0


def test_a_library_of_another_process_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("obstore")
    monkeypatch.setitem(object_store._USED_IN, "process", 1)
    with pytest.raises(errors.ConfigurationError, match="forked from one that had used them"):
        object_store.require_object_stores()


def test_how_objects_are_given_is_one_of_two_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(errors.ConfigurationError, match="'upload' or 'sign'; it is 'both'"):
        A2E(region="sandbox", cloud_inputs="both")  # type: ignore[arg-type]
    monkeypatch.setenv("A2E_CLOUD_INPUTS", "sign")
    with A2E(region="sandbox") as a2e:
        assert a2e.api.configuration.cloud_inputs == "sign"
    monkeypatch.setenv("A2E_CLOUD_INPUTS", "x")
    with pytest.raises(errors.ConfigurationError, match="cloud_inputs"):
        A2E(region="sandbox")


@pytest.mark.parametrize(
    ("recorded", "is_same"),
    [
        ("https://store.example/me.jpg?X-Amz-Signature=1", True),
        ("https://store.example/me.jpg", True),
        ("https://store.example/you.jpg?X-Amz-Signature=1", False),
    ],
)
def test_a_record_of_a_signed_input_is_known_whatever_its_signature(
    recorded: str, is_same: bool
) -> None:
    kept = SignedLink("https://store.example/me.jpg?X-Amz-Signature=2").plain
    submission = Submission(
        family="face_swap", name="mine", unique_name=False, inputs={"face_url": kept}
    )
    task = Task(id="1", raw={"name": "mine", "face_url": recorded})
    assert submission.matches(task) is is_same

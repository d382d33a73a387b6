"""Storage: copies of URLs, uploads and watermarks, each sent once."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from a2e_sdk import errors
from a2e_sdk._http.failures import Delivery, TransportFailure
from driver import Driver
from scripted_api import ScriptedApi, refusal

PICTURE = "https://example.com/picture.png"
MARK = "https://example.com/mark.png"
COPY = "https://cdn.example.com/copy.png"
BYTES = b"\x89PNG\r\n\x1a\n" + bytes(300)


def test_a_url_is_transferred(driver: Driver) -> None:
    api = ScriptedApi(add_transferred_file={"url": COPY})
    assert driver.run(api.client(driver).storage.transfer(PICTURE)) == COPY
    assert api.inputs("add_transferred_file") == [{"url": PICTURE}]


@pytest.mark.parametrize("url", ["picture.png", "https://localhost/x", "https://a.com/x y", ""])
def test_what_is_no_public_url_is_refused(driver: Driver, url: str) -> None:
    api = ScriptedApi()
    with pytest.raises(ValueError, match="url"):
        driver.run(api.client(driver).storage.transfer(url))
    assert api.sent == []


@pytest.mark.parametrize("mark", [{"text": "mine"}, {"image": MARK}])
def test_a_watermark_is_a_text_or_an_image(driver: Driver, mark: dict[str, str]) -> None:
    api = ScriptedApi(start_watermark={"result_url": COPY})
    assert driver.run(api.client(driver).storage.watermark(PICTURE, **mark)) == COPY
    assert api.inputs("start_watermark") == [
        {"media_url": PICTURE, "watermark_type": "text", "text": "mine"}
        if "text" in mark
        else {"media_url": PICTURE, "watermark_type": "image", "watermark_image_url": MARK}
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.none() | st.text(), image=st.sampled_from([None, MARK]))
def test_a_watermark_is_sent_with_exactly_one_of_them(
    driver: Driver, text: str | None, image: str | None
) -> None:
    api = ScriptedApi(start_watermark={"result_url": COPY})
    marked = api.client(driver).storage.watermark
    if (text is None) == (image is None) or (text is not None and not text.strip()):
        with pytest.raises(ValueError, match=r"exactly one|blank"):
            driver.run(marked(PICTURE, text=text, image=image))
        assert api.sent == []
    else:
        assert driver.run(marked(PICTURE, text=text, image=image)) == COPY
        (sent,) = api.inputs("start_watermark")
        assert len({"text", "watermark_image_url"} & sent.keys()) == 1


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"media": PICTURE, "text": 7}, TypeError),
        ({"media": 7, "text": "mine"}, TypeError),
        ({"media": b"no picture", "text": "mine"}, ValueError),
        ({"media": BYTES, "image": "https://localhost/mark.png"}, ValueError),
        ({"media": "missing.png", "text": "mine"}, FileNotFoundError),
    ],
)
def test_wrong_files_are_refused_before_anything_is_sent(
    driver: Driver, arguments: Any, error: type[Exception]
) -> None:
    api = ScriptedApi()
    with pytest.raises(error):
        driver.run(api.client(driver).storage.watermark(**arguments))
    assert api.sent == []


def test_a_url_is_not_uploaded(driver: Driver) -> None:
    api = ScriptedApi()
    with pytest.raises(ValueError, match=r"transfer\(url\) copies it"):
        driver.run(api.client(driver).storage.upload(PICTURE))
    assert api.sent == []


def test_a_local_file_is_uploaded_and_watermarked(driver: Driver, a2e: Any) -> None:
    sizes: list[tuple[int, int]] = []
    url = driver.run(a2e.storage.upload(BYTES, on_upload=lambda *both: sizes.append(both)))
    assert url.startswith("http")
    assert sizes[-1] == (len(BYTES), len(BYTES))


CALLS = {
    "add_transferred_file": lambda storage: storage.transfer(PICTURE),
    "start_watermark": lambda storage: storage.watermark(PICTURE, text="mine"),
}


@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize("data", [None, {}, [], "x", {"url": "", "result_url": "nothing"}])
def test_an_answer_without_a_url_is_an_error(driver: Driver, operation: str, data: Any) -> None:
    api = ScriptedApi(**{operation: data})
    with pytest.raises(errors.UnexpectedResponseError):
        driver.run(CALLS[operation](api.client(driver).storage))
    assert len(api.sent) == 1


@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize(
    "answer", [TransportFailure("cut", Delivery.UNKNOWN), refusal(502, "bad gateway", status=502)]
)
def test_nothing_is_sent_twice(
    driver: Driver, pauses: list[float], operation: str, answer: Any
) -> None:
    api = ScriptedApi(**{operation: answer})
    with pytest.raises(errors.APIError):
        driver.run(CALLS[operation](api.client(driver, max_retries=5).storage))
    assert (len(api.sent), pauses) == (1, [])

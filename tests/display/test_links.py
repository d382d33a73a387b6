"""Which links may be in HTML, and until when they work."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from a2e_sdk._display.links import media_of, safe_link, works_until
from a2e_sdk._display.markup import result

MOMENT = datetime(2026, 11, 27, 12, tzinfo=UTC)
SECONDS = int(MOMENT.timestamp())


@pytest.mark.parametrize(
    "url",
    [
        "https://cdn.example/1.mp4?x=1&y=2",
        "http://127.0.0.1:8080/files/1.mp4",
        "http://localhost/1.mp4",
        "http://[::1]:80/1.mp4",
    ],
)
def test_these_may(url: str) -> None:
    assert safe_link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt://https://a.example/%0aalert(1)",
        "data:text/html,<script>",
        "http://cdn.example/1.mp4",
        "http://localhost.example/1.mp4",
        "http://169.254.169.254/latest",
        "//cdn.example/1.mp4",
        "https:///1.mp4",
        "https://user:secret@cdn.example/1.mp4",
        "https://cdn.example:port/1.mp4",
        "https://[cdn/1.mp4",
        'https://cdn.example/" onerror="x',
        "https://cdn.example/'x",
        "https://cdn.example/<x>",
        "https://cdn.example/a b",
        "https://cdn.example/\ud800",
        "\x01https://cdn.example/",
        "https:\\\\cdn.example/",
        "https://cdn.example/" + 5000 * "a",
    ],
)
def test_these_may_not(url: str | None) -> None:
    assert safe_link(url) is None
    if url:
        assert "href" not in result(url)
        assert "src" not in result(url)


@pytest.mark.parametrize(
    "query",
    [
        f"expires={SECONDS}&signature=x",
        f"Expires={SECONDS}&Signature=x&Key-Pair-Id=y",
        "X-Amz-Date=20261127T110000Z&X-Amz-Expires=3600&X-Amz-Signature=x",
        "X-Goog-Date=20261127T110000Z&X-Goog-Expires=3600",
        "x-oss-date=20261127T110000Z&x-oss-expires=3600",
        "se=2026-11-27T12%3A00%3A00Z&sig=x",
        f"expires={SECONDS}&se=2026-11-28&sig=x",
    ],
)
def test_a_signed_link_tells_when_it_ends(query: str) -> None:
    assert works_until(f"https://cdn.example/1.mp4?{query}") == MOMENT


@pytest.mark.parametrize(
    "query",
    [
        "",
        "expires=soon",
        "expires=99999999999999999999",
        "X-Amz-Date=20261127T110000Z",
        "X-Amz-Date=today&X-Amz-Expires=3600",
        "X-Amz-Date=20261127T110000Z&X-Amz-Expires=9999999999999999",
        "se=2026-11-27",
        "se=tomorrow&sig=x",
    ],
)
def test_what_does_not_tell_it_is_unknown(query: str) -> None:
    assert works_until(f"https://cdn.example/1.mp4?{query}") is None


@pytest.mark.parametrize(
    ("path", "element"),
    [
        ("/1.mp4", "video"),
        ("/1.MP4", "video"),
        ("/1.mp3", "audio"),
        ("/1.jpeg", "img"),
        ("/1.svg", None),
        ("/1.html", None),
        ("/mp4", None),
    ],
)
def test_the_path_tells_what_shows_it(path: str, element: str | None) -> None:
    assert media_of(f"https://cdn.example{path}?name=x.png") == element


def test_a_result_is_shown_only_while_its_link_works() -> None:
    url = f"https://cdn.example/1.mp4?expires={SECONDS}"
    before, after = MOMENT.replace(hour=11), MOMENT
    assert '<video src="https://cdn.example/1.mp4?' in result(url, before)
    assert 'controls preload="none"' in result(url, before)
    assert "<video" not in result(url, after)
    assert "expired 2026-11-27 12:00 UTC" in result(url, after)
    assert "<video" not in result("https://cdn.example/1.mp4", before)
    assert 'loading="lazy"' in result(f"https://cdn.example/1.png?expires={SECONDS}", before)
    assert "<audio" in result(f"https://cdn.example/1.mp3?expires={SECONDS}", before)


def test_a_label_never_shows_the_query_which_may_be_a_password() -> None:
    shown = result("https://cdn.example/clip.mp4?signature=hush")
    assert ">clip.mp4</a>" in shown
    assert shown.count("hush") == 1  # within href only

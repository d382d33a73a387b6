"""Which address a client talks to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2e_sdk import A2E, Region
from a2e_sdk._config.regions import BASE_URLS, normalise_base_url, parse_region, resolve_address
from a2e_sdk.errors import ConfigurationError

GLOBAL, CHINA = "https://video.a2e.ai", "https://video.a2e.com.cn"


@pytest.mark.parametrize(
    ("region", "base_url", "environment", "expected"),
    [
        (None, None, {}, (Region.GLOBAL, GLOBAL)),
        (Region.CHINA, None, {}, (Region.CHINA, CHINA)),
        ("china", None, {}, (Region.CHINA, CHINA)),
        (" Global ", None, {}, (Region.GLOBAL, GLOBAL)),
        (None, None, {"A2E_REGION": "china"}, (Region.CHINA, CHINA)),
        (None, None, {"A2E_REGION": ""}, (Region.GLOBAL, GLOBAL)),
        (None, None, {"A2E_BASE_URL": CHINA + "/api/v1/"}, (Region.CHINA, CHINA)),
        (None, None, {"A2E_BASE_URL": "https://a.example", "A2E_REGION": ""}, (None, "https://a.example")),
        ("china", None, {"A2E_REGION": "global", "A2E_BASE_URL": "https://a.example"}, (Region.CHINA, CHINA)),
        (None, "https://a.example", {"A2E_REGION": "china"}, (None, "https://a.example")),
        (None, "https://a.example", {"A2E_BASE_URL": GLOBAL}, (None, "https://a.example")),
        ("sandbox", "http://127.0.0.1:8765", {}, (Region.SANDBOX, "http://127.0.0.1:8765")),
        (None, GLOBAL, {}, (Region.GLOBAL, GLOBAL)),
    ],
)  # fmt: skip
def test_arguments_win_over_the_environment_and_a_base_url_over_a_region(
    region: str | None,
    base_url: str | None,
    environment: dict[str, str],
    expected: tuple[Region | None, str],
) -> None:
    address = resolve_address(region, base_url, environment)
    assert (address.region, address.base_url) == expected


def test_a_region_and_the_base_url_of_another_contradict_each_other() -> None:
    with pytest.raises(ConfigurationError, match="contradict"):
        resolve_address("china", GLOBAL, {})


@pytest.mark.parametrize("suffix", ["", "/", "//", "/api/v1", "/api/v1/", "//api//v1//", "/api/"])
def test_a_base_url_is_taken_with_or_without_the_prefix_and_slashes(suffix: str) -> None:
    assert A2E("sk_test", base_url=GLOBAL + suffix).base_url == GLOBAL


def test_a_gateway_may_add_a_path_of_its_own() -> None:
    url = normalise_base_url("https://gateway.example:8443/a2e/api/v1/")
    assert url == "https://gateway.example:8443/a2e"


@pytest.mark.parametrize(
    ("base_url", "reason"),
    [
        ("http://video.a2e.ai", "plain http"),
        ("http://192.168.0.7", "plain http"),
        ("http://127.0.0.1.evil.example", "plain http"),
        ("http://localhost.evil.example", "plain http"),
        ("https://api.a2e.ai", "documentation"),
        ("https://api.a2e.ai/api/v1", "documentation"),
        ("https://API.A2E.AI", "documentation"),
        ("https://user:word@video.a2e.ai", "user name"),
        ("https://video.a2e.ai?x=1", "query"),
        ("https://video.a2e.ai/#x", "fragment"),
        ("video.a2e.ai", "https://"),
        ("ftp://video.a2e.ai", "https://"),
        ("https://", "https://"),
        ("https://video.a2e.ai:port", "URL"),
        ("https://[::1", "URL"),
        ("https://video.a2e.ai/a b", "spaces"),
        ("", "https://"),
    ],
)
def test_an_address_that_a_key_must_not_go_to_is_refused(base_url: str, reason: str) -> None:
    with pytest.raises(ConfigurationError, match=reason):
        A2E("sk_test", base_url=base_url)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "[::1]", "a.localhost"])
def test_plain_http_is_taken_for_loopback(host: str) -> None:
    assert normalise_base_url(f"http://{host}:8765/") == f"http://{host}:8765"


@pytest.mark.parametrize("region", ["", "mars", 7, None])
def test_an_unknown_region_names_the_known_ones(region: object) -> None:
    with pytest.raises(ConfigurationError, match="'global', 'china', 'sandbox'"):
        parse_region(region)  # type: ignore[arg-type]


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_clear_refusal(text: str) -> None:
    for candidate in (text, f"https://{text}", f"http://localhost{text}"):
        try:
            url = normalise_base_url(candidate)
        except ConfigurationError:
            continue
        assert url.startswith(("https://", "http://"))
        assert not url.endswith("/")
        assert url == normalise_base_url(url), "what comes out goes in unchanged"
        assert normalise_base_url(url + "/api/v1/") == url


def test_every_region_has_an_address_of_its_own() -> None:
    assert set(BASE_URLS) == set(Region)
    assert len(set(BASE_URLS.values())) == len(Region)


@pytest.mark.parametrize(
    ("base_url", "is_private"),
    [
        ("http://127.0.0.1:8765", True),
        ("http://localhost", True),
        ("http://[::1]:80", True),
        ("https://video.a2e.ai", False),
        ("https://sandbox.a2e.invalid", True),
    ],
)
def test_only_a_server_of_this_machine_is_private(base_url: str, is_private: bool) -> None:
    assert resolve_address(None, base_url, {}).is_private is is_private

"""Backgrounds: listed, added from files, deleted, taken by chance."""

from __future__ import annotations

from typing import Any

import pytest

from a2e_sdk import Background, errors
from a2e_sdk._http.messages import HttpResponse
from driver import Driver
from scripted_api import ScriptedApi

SYSTEM = {"_id": "5" * 24, "type": "default", "img_url": "https://x.example/s.png", "extra": 1}
OWN = {"_id": "6" * 24, "type": "custom", "img_url": "https://x.example/o.png", "name": "Room"}


def section(driver: Driver, server: ScriptedApi) -> Any:
    return driver.client(api_key="sk_x", http_client=server).backgrounds


def test_backgrounds_are_listed_by_kind(driver: Driver) -> None:
    server = ScriptedApi.in_turn(list_backgrounds=[[SYSTEM, OWN]])
    backgrounds = section(driver, server)
    system, own = driver.items(backgrounds.list())
    assert own == Background(
        id="6" * 24, kind="custom", name="Room", image_url="https://x.example/o.png"
    )
    assert (system.kind, system.name, system.raw) == ("default", None, SYSTEM)
    assert driver.items(backgrounds.list(kind="custom")) == [own]
    assert driver.items(backgrounds.list(kind="default")) == [system]
    assert driver.run(backgrounds.get("6" * 24)) == own
    with pytest.raises(errors.NotFoundError, match="7777"):
        driver.run(backgrounds.get("7" * 24))
    with pytest.raises(ValueError, match="kind"):
        backgrounds.list(kind="other")


def test_an_image_is_kept_under_its_address(driver: Driver) -> None:
    answer = {"_id": "6" * 24, "img_url": "https://x.example/o.png"}
    server = ScriptedApi.in_turn(add_background=[answer])
    added = driver.run(section(driver, server).add("https://x.example/o.png", name="Room"))
    assert server.sent == [
        ("add_background", {"img_url": "https://x.example/o.png", "name": "Room"})
    ]
    assert (added.id, added.kind, added.raw) == ("6" * 24, "custom", answer)


def test_an_image_without_a_name_goes_out_without_one(driver: Driver) -> None:
    server = ScriptedApi.in_turn(add_background=[OWN])
    driver.run(section(driver, server).add("https://x.example/o.png"))
    assert server.sent == [("add_background", {"img_url": "https://x.example/o.png"})]


@pytest.mark.parametrize("value", ["https://x.example/a b.png", b"no image", "/no/such/file.png"])
def test_what_is_no_image_is_refused_before_anything_is_sent(
    driver: Driver, value: str | bytes
) -> None:
    server = ScriptedApi()
    with pytest.raises((ValueError, OSError)):
        driver.run(section(driver, server).add(value))
    assert server.sent == []


@pytest.mark.parametrize("answer", [None, {}, []])
def test_an_answer_without_a_background_is_an_error(driver: Driver, answer: Any) -> None:
    server = ScriptedApi.in_turn(add_background=[answer])
    with pytest.raises(errors.UnexpectedResponseError):
        driver.run(section(driver, server).add("https://x.example/o.png"))
    assert len(server.sent) == 1, "it is not added twice"


def test_only_your_own_are_deleted(driver: Driver) -> None:
    server = ScriptedApi.in_turn(delete_background=[HttpResponse(500, {}, b"{}"), {}])
    backgrounds = section(driver, server)
    driver.run(backgrounds.delete("6" * 24))
    assert server.sent == [("delete_background", {"_id": "6" * 24})] * 2, "safe to repeat"
    with pytest.raises(ValueError, match="can't be deleted"):
        driver.run(backgrounds.delete(Background(id="5" * 24, kind="default")))
    with pytest.raises(ValueError, match="hexadecimal"):
        driver.run(backgrounds.delete("x"))
    assert len(server.sent) == 2


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (OWN, "6" * 24),
        ([OWN, SYSTEM], "6" * 24),
        ("https://x.example/o.png", ""),
    ],
)
def test_a_background_by_chance_is_understood_in_any_shape(
    driver: Driver, answer: Any, expected: str
) -> None:
    server = ScriptedApi.in_turn(get_random_background=[answer])
    found = driver.run(section(driver, server).random())
    assert (found.id, found.image_url) == (expected, "https://x.example/o.png")


@pytest.mark.parametrize("answer", [None, {}, [], "", 5, ["x"]])
def test_no_background_by_chance_is_an_error(driver: Driver, answer: Any) -> None:
    server = ScriptedApi.in_turn(get_random_background=[answer])
    with pytest.raises(errors.UnexpectedResponseError):
        driver.run(section(driver, server).random())

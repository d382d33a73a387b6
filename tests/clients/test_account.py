"""The account: coins, credit history, prices before a start, languages, deprecated tokens."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2e_sdk import Coins, CreditEntry, Language, Quote, errors
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk._wire.to_model.account import coins_left, quote_of
from driver import Driver
from scripted_api import ScriptedApi, Turns, paged, refusal

PICTURE = "https://example.com/picture.png"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["coins", "diamonds", "cost", "price", "quote", "x"]), inner, max_size=4
        )
    ),
    max_leaves=10,
)


@pytest.mark.parametrize(
    ("data", "coins", "diamonds"),
    [
        ({"coins": 120, "diamonds": 3}, 120, 3),
        ({"coins": "12.5"}, 12.5, None),
        ({"coins": 0, "diamonds": None}, 0, None),
        (77, 77, None),
        ("77", 77, None),
    ],
)
def test_coins_are_read_from_an_object_or_a_number(
    driver: Driver, data: Any, coins: float, diamonds: float | None
) -> None:
    left = driver.run(ScriptedApi(get_coins=data).client(driver).account.coins())
    assert left == Coins(coins=coins, diamonds=diamonds)
    assert left.raw == (data if isinstance(data, dict) else {})
    assert pickle.loads(pickle.dumps(left)) == left


@pytest.mark.parametrize("data", [None, {}, [], "many", {"coins": None}, {"coins": {}}, True])
def test_an_answer_without_coins_is_an_error_and_not_zero(driver: Driver, data: Any) -> None:
    with pytest.raises(errors.UnexpectedResponseError, match="does not tell the coins"):
        driver.run(ScriptedApi(get_coins=data).client(driver).account.coins())


@given(JSON)
def test_no_odd_answer_about_coins_or_prices_breaks_the_reading(data: Any) -> None:
    left, quote = coins_left(data), quote_of(data, "wan_25")
    assert left is None or isinstance(left.coins, int | float)
    assert quote.coins is None or isinstance(quote.coins, int | float)
    assert quote.raw == data if isinstance(data, dict) else quote.raw == {}


ENTRIES = [
    {"_id": f"{number:024x}", "amount": 100 - number, "createdAt": "2026-01-02T03:04:05.006Z"}
    for number in range(7)
]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda rows, total: {"rows": rows, "count": total},
        lambda rows, total: {"list": rows, "total": total},
        lambda rows, total: rows,
    ],
)
def test_credits_page_themselves_whatever_the_shape(driver: Driver, wrap: Any) -> None:
    api = ScriptedApi(list_credits=paged(ENTRIES, wrap))
    entries = driver.run(api.client(driver).account.credits(page_size=3).to_list())
    assert [entry.raw for entry in entries] == ENTRIES
    assert entries[0] == CreditEntry(
        id=ENTRIES[0]["_id"], amount=100, created_at=datetime(2026, 1, 2, 3, 4, 5, 6000, UTC)
    )


def test_bounds_go_out_as_utc_and_truth_values_in_json_spelling(driver: Driver) -> None:
    api = ScriptedApi(list_credits={"rows": [], "count": 0})
    east = timezone(timedelta(hours=8))
    listing = api.client(driver).account.credits(
        is_consumption=False,
        since=datetime(2026, 1, 2, 3, 4, 5, tzinfo=east),
        until=datetime(2026, 1, 2, tzinfo=UTC),
    )
    assert driver.run(listing.to_list()) == []
    assert api.inputs("list_credits") == [
        {
            "pageNum": "1",
            "pageSize": "100",
            "is_consumption": "false",
            "startDate": "2026-01-01T19:04:05.000Z",
            "endDate": "2026-01-02T00:00:00.000Z",
        }
    ]


@pytest.mark.parametrize(
    ("wrong", "error", "match"),
    [
        ({"since": datetime(2026, 1, 1)}, ValueError, "since must have a time zone"),
        ({"until": datetime(2026, 1, 1)}, ValueError, "until must have a time zone"),
        ({"since": "2026-01-01"}, TypeError, "since must be a datetime"),
        ({"is_consumption": "yes"}, TypeError, "is_consumption must be a bool"),
        ({"page_size": 0}, ValueError, "page_size"),
        ({"limit": 0}, ValueError, "limit"),
        (
            {"since": datetime(2026, 1, 2, tzinfo=UTC), "until": datetime(2026, 1, 1, tzinfo=UTC)},
            ValueError,
            "is before since",
        ),
    ],
)
def test_bounds_are_checked_before_anything_is_sent(
    driver: Driver, wrong: Any, error: type[Exception], match: str
) -> None:
    api = ScriptedApi()
    with pytest.raises(error, match=match):
        api.client(driver).account.credits(**wrong)
    assert api.sent == []


def test_a_quote_asks_for_the_very_start_that_would_be_sent(driver: Driver) -> None:
    api = ScriptedApi(
        get_quote={"coins": 30, "generationRequestValidated": False},
        start_wan_25_task={"_id": "6625ebd4613f49985c349f95", "current_status": "initialized"},
    )
    a2e = api.client(driver)
    start = {"prompt": "a cat", "name": "quote", "image": PICTURE, "duration": 5}
    quote = driver.run(a2e.account.quote(a2e.wan_25, **start))
    driver.run(a2e.wan_25.create(**start))
    assert quote == Quote(coins=30, validated=False, family="wan_25")
    assert quote.raw == {"coins": 30, "generationRequestValidated": False}
    (asked,) = api.inputs("get_quote")
    assert asked["endpoint"] == api.requests[1].url.removeprefix("https://api.example.com")
    assert asked["requestBody"] == api.inputs("start_wan_25_task")[0]


def test_a_name_and_what_does_not_bear_on_the_price_may_be_left_out_or_given(
    driver: Driver,
) -> None:
    api = ScriptedApi(get_quote=30)
    a2e = api.client(driver)
    swap = {"face": PICTURE, "video": PICTURE}
    driver.run(a2e.account.quote("face_swap", **swap))
    driver.run(
        a2e.account.quote(
            a2e.face_swap.tasks,
            **swap,
            webhook_url="https://example.com/hook",
            webhook_token="secret",
            on_upload=print,
            resend_if_unknown=True,
        )
    )
    first, second = api.inputs("get_quote")
    assert first == second
    assert first["requestBody"] == {"name": "quote", "face_url": PICTURE, "video_url": PICTURE}


@pytest.mark.parametrize(
    ("data", "coins"),
    [
        (30, 30),
        ({"cost": "30"}, 30),
        ({"quote": {"price": 30}}, 30),
        ({"coins": {"amount": 30}}, 30),
        ({"price": 0.5, "coins": 30}, 30),
        ({"surprise": 30}, None),
        ({"coins": None}, None),
        (None, None),
    ],
)
def test_the_price_is_read_where_it_is_likely_and_never_made_up(
    driver: Driver, data: Any, coins: float | None
) -> None:
    account = ScriptedApi(get_quote=data).client(driver).account
    quote = driver.run(account.quote("wan_25", prompt="a cat"))
    assert (quote.coins, quote.validated) == (coins, None)
    assert quote.raw == (data if isinstance(data, dict) else {})


@pytest.mark.parametrize(
    ("family", "arguments", "error", "match"),
    [
        ("wan_99", {}, ValueError, "no family 'wan_99'; there are face_swap, "),
        (7, {}, TypeError, "a family is a section or its name"),
        ("wan_25", {}, TypeError, "prompt is missing"),
        ("wan_25", {"prompt": "a", "promt": "b"}, TypeError, "no argument 'promt'"),
        ("wan_25", {"prompt": "a", "duration": 99}, ValueError, "duration"),
        ("wan_25", {"prompt": "a", "image": b"bytes"}, ValueError, "uploads nothing"),
        ("wan_25", {"prompt": "a", "image": "picture.png"}, ValueError, "uploads nothing"),
        ("wan_25", {"prompt": "a", "image": "https://localhost/x"}, ValueError, "can't reach"),
    ],
)
def test_a_wrong_quote_is_refused_before_anything_is_sent(
    driver: Driver, family: Any, arguments: Any, error: type[Exception], match: str
) -> None:
    api = ScriptedApi()
    with pytest.raises(error, match=match):
        driver.run(api.client(driver).account.quote(family, **arguments))
    assert api.sent == []


def test_a_quote_is_read_again_because_it_makes_nothing(
    driver: Driver, pauses: list[float]
) -> None:
    api = ScriptedApi(get_quote=Turns(refusal(500, "busy", status=500), {"coins": 30}))
    account = api.client(driver).account
    assert driver.run(account.quote("wan_25", prompt="a cat")).coins == 30
    assert (len(api.sent), len(pauses)) == (2, 1)


@pytest.mark.once
@pytest.mark.trio_nightly
@pytest.mark.parametrize("family", TASK_FAMILIES.values(), ids=lambda family: family.name)
def test_every_family_can_be_asked_about(driver: Driver, family: TaskFamily) -> None:
    from a2e_api.operations import OPERATIONS
    from a2e_sdk._wire.arguments import arguments_of

    operation = OPERATIONS[str(family.start)]
    arguments = {
        name: SAMPLES.get(name) or sample(argument.schema, bool(argument.media))
        for name, argument in arguments_of(operation.id).items()
        if argument.required
    }
    api = ScriptedApi(get_quote={"coins": 1})
    driver.run(api.client(driver).account.quote(family.name, **arguments))
    assert api.inputs("get_quote")[0]["endpoint"] == operation.path


#: Values of arguments that a sample of their schema would not fit.
SAMPLES = {"webhook_url": "https://example.com/hook"}


def sample(schema: Any, is_file: bool) -> Any:
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "array":
        return [sample(schema["items"], is_file)] * max(1, schema.get("minItems", 1))
    if is_file:
        return PICTURE
    return {"string": "text", "integer": 1, "number": 1, "boolean": True, "object": {}}.get(
        schema.get("type"), "text"
    )


def test_languages_come_with_their_codes(driver: Driver) -> None:
    api = ScriptedApi(list_languages=[{"value": "en", "label": "English"}, {"value": "zh"}])
    languages = driver.run(api.client(driver).account.languages())
    assert languages == [Language(code="en", name="English"), Language(code="zh")]
    assert api.inputs("list_languages") == [{"lang": "en"}]


SECRET = "sk_5f1e2d3c4b5a"


def test_a_token_is_made_with_a_warning_and_shown_nowhere(driver: Driver) -> None:
    api = ScriptedApi(add_api_token={"_id": "6625ebd4613f49985c349f95", "token": SECRET})
    with pytest.warns(DeprecationWarning, match="Account > API Token") as warned:
        token = driver.run(api.client(driver).tokens.create("build server"))
    assert (token.token, token.name, token.raw["token"]) == (SECRET, "build server", SECRET)
    assert SECRET not in repr(token) + str(token) + f"{[token]}"
    assert api.inputs("add_api_token") == [{"alias": "build server"}]
    assert "a2e_sdk" not in warned[0].filename, "it points at who called"


@pytest.mark.parametrize("data", [None, {}, {"_id": "1"}, {"token": ""}])
def test_an_answer_without_a_token_is_an_error(driver: Driver, data: Any) -> None:
    api = ScriptedApi(add_api_token=data)
    with (
        pytest.warns(DeprecationWarning, match="A2E"),
        pytest.raises(errors.UnexpectedResponseError),
    ):
        driver.run(api.client(driver).tokens.create("x"))
    assert len(api.sent) == 1


@pytest.mark.parametrize(("name", "error"), [("", ValueError), ("x" * 201, ValueError), (7, TypeError)])  # fmt: skip
def test_a_wrong_label_is_refused(driver: Driver, name: Any, error: type[Exception]) -> None:
    api = ScriptedApi()
    with pytest.warns(DeprecationWarning, match="A2E"), pytest.raises(error):
        driver.run(api.client(driver).tokens.create(name))
    assert api.sent == []

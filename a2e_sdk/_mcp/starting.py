"""The tools that cost coins: the start of a task, of a speech, and an upload.

This module owns their order: arguments, key, price, the yes of a person, and then the client, which
keeps the key, the budget and the journal. What was begun goes on where its caller leaves.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, cast

import anyio

from a2e_sdk import errors
from a2e_sdk._async.concurrency import disk_work_async
from a2e_sdk._async.files.uploads import AsyncUploader, upload_request
from a2e_sdk._async.paid_calls import AsyncPaidCalls
from a2e_sdk._async.quotes import quoted_coins
from a2e_sdk._async.tasks.journal_notes import journal_work_async
from a2e_sdk._async.tasks.prices import placeholders, price_of
from a2e_sdk._checks.validation import require_key
from a2e_sdk._files.media_types import MediaKind
from a2e_sdk._files.options import FileArgument
from a2e_sdk._journal.coins import require_at_most
from a2e_sdk._tasks.start_plan import plan_start
from a2e_sdk._wire.avatar_video_arguments import plan_video
from a2e_sdk._wire.family_table import AVATAR_VIDEOS
from a2e_sdk.models import Task
from a2e_sdk.models.journal import JournalEntry

from .desk import Desk, next_look
from .engines import SPEECH, Engine, engine_named, require_offered
from .inputs import opened_arguments
from .prices import Confirmation, PriceRefused, confirmation_for
from .speech import speak_once, speech_body, speech_price
from .texts import link

#: For the price, and for the start that follows it: together no longer than a call may take.
PRICE_SECONDS = 15.0
START_SECONDS = 20.0

#: Asks a person; it raises `PriceRefused` for anything but a yes.
Ask = Callable[[Confirmation], Awaitable[None]]


async def price_of_start(desk: Desk, engine: Engine, arguments: Mapping[str, Any]) -> float | None:
    """Return what a start costs with its uploads; None where the server names no price.

    Raises:
        RefusedName, OSError: A file can't be used.
        TypeError, ValueError: An argument is not allowed.
        APIError: The server can't be asked.
    """
    api, family = desk.client.api, engine.family
    if family is None:
        return await speech_price(api, speech_body(arguments))
    private = desk.is_private
    with opened_arguments(family, arguments, desk.folder, allow_private=private) as values:
        if family is AVATAR_VIDEOS:
            video = plan_video(values, allow_private=private)
            values = dict((await desk.client.avatar_videos._looked_up(video)).values)
        plan = plan_start(family, values, allow_private=private)
        with await AsyncUploader(api).open(plan.files) as files:
            addresses = files.addresses(placeholders(files.sources))
            try:
                return (await price_of(api, plan, files.sources, addresses)).reserve
            except errors.BudgetExceededError as error:
                if error.price is None:
                    return None
                raise


async def start(desk: Desk, given: Mapping[str, Any], ask: Ask) -> dict[str, Any]:
    """Start a task, or return the one that its key was started with."""
    require_paying(desk)
    engine, key = engine_named(given["engine"]), require_key(given["key"])
    arguments: Mapping[str, Any] = given["arguments"]
    max_coins: float | None = given.get("max_coins")
    require_offered(engine, arguments)
    entry = await desk.client.journal.get(key)
    coins: float | None = None
    # A key that has a task costs nothing; the journal compares the arguments.
    if entry is None or not entry.state.has_task:
        price = await _in_time(price_of_start(desk, engine, arguments))
        asked = confirmation_for(engine.name, price, max_coins, desk.ask_above)
        if asked is not None:
            await ask(asked)
        coins = _coins_to_reserve(price, max_coins)
    carry_out = partial(_carried_out, desk, engine, key, arguments, coins)
    digest = hashlib.sha256(json.dumps([engine.name, arguments], sort_keys=True).encode())
    result: dict[str, Any] = await desk.work.shared(
        f"{key}\0{digest.hexdigest()}", carry_out, START_SECONDS
    )
    return result


async def _in_time(price: Awaitable[float | None]) -> float | None:
    """Return a price.

    Raises:
        APITimeoutError: The server did not respond in time.
    """
    with anyio.move_on_after(PRICE_SECONDS):
        return await price
    raise errors.APITimeoutError(
        f"A2E did not tell a price within {PRICE_SECONDS:g} seconds; nothing was started"
    )


def _coins_to_reserve(price: float | None, max_coins: float | None) -> float:
    """Return what is confirmed or allowed: a price that has risen since is above it."""
    coins = price if price is not None else max_coins
    assert coins is not None  # noqa: S101 - confirmation_for has refused it
    return coins


def require_paying(desk: Desk) -> None:
    """Refuse what costs coins, on a server that is read-only.

    Raises:
        PriceRefused: It is.
    """
    if desk.read_only:
        raise PriceRefused(
            "this server is read-only (a2e mcp --read-only); nothing was started.",
            "Tell the user: they can start a2e mcp with a --budget in place of --read-only.",
        )


async def _carried_out(
    desk: Desk,
    engine: Engine,
    key: str,
    arguments: Mapping[str, Any],
    coins: float | None,
) -> dict[str, Any]:
    family = engine.family
    if family is None:
        return await _speech(desk, key, arguments, coins)
    private = desk.is_private
    with opened_arguments(family, arguments, desk.folder, allow_private=private) as values:
        create = cast("Any", desk.tasks_of(family)).create
        task: Task = await create(**values, key=key, max_coins=coins or 0)
    entry = await desk.client.journal.get(key)
    return {
        **desk.shown(task, engine.name),
        "key": key,
        "coins": _cost(entry),
        "check_again_in_seconds": next_look(task, desk.client.api.server_time()),
        "next": "Call check with the key, later.",
    }


def _cost(entry: JournalEntry | None) -> float | None:
    if entry is None:
        return None
    return entry.coins if entry.coins is not None else entry.quote


async def _speech(
    desk: Desk, key: str, arguments: Mapping[str, Any], coins: float | None
) -> dict[str, Any]:
    price = None
    if coins is not None:
        # A person may have taken minutes to confirm the price that was asked before.
        price = await speech_price(desk.client.api, speech_body(arguments))
        if price is not None:
            require_at_most(coins, price)
    url, _ = await speak_once(desk.client.api, key, arguments, coins or 0, price)
    shown = link(url)
    entry = await desk.client.journal.get(key)
    return {
        "task_id": None,
        "engine": SPEECH,
        "status": "succeeded",
        "created_at": None,
        "result_urls": [] if shown is None else [shown],
        "key": key,
        "coins": _cost(entry),
        "check_again_in_seconds": None,
        "next": "Give the URL to avatar-videos as audio, or save it with download.",
    }


async def upload(desk: Desk, given: Mapping[str, Any], ask: Ask) -> dict[str, Any]:
    """Upload a file of the folder, unless its content was uploaded lately."""
    require_paying(desk)
    api, journal = desk.client.api, desk.journal
    name: str = given["file"]
    with desk.folder.open(name) as stream:
        argument = FileArgument(stream, "file", tuple(MediaKind))
        with await AsyncUploader(api).open((argument,)) as files:
            source = files.sources[0]
            digest = await disk_work_async(source.digest)
            content = f"{digest} {source.media.content_type}"
            now = api.server_time()
            known = await journal_work_async(
                journal, lambda session: journal.steps.address_of(session, content, now)
            )
            if known is not None:
                return {"url": known, "coins": 0}
            price = await _in_time(quoted_coins(api, upload_request(source)))
    asked = confirmation_for("an upload", price, given.get("max_coins"), desk.ask_above)
    if price is None:
        raise PriceRefused(
            "the server names no price for an upload; nothing was uploaded.",
            "Give the file to start by its name: it is uploaded within the limit of the start.",
        )
    if asked is not None:
        await ask(asked)
    result: dict[str, Any] = await desk.work.shared(
        f"upload\0{content}", partial(_uploaded, desk, name, digest, price), START_SECONDS
    )
    return result


async def _uploaded(desk: Desk, name: str, digest: str, price: float) -> dict[str, Any]:
    journal, api = desk.journal, desk.client.api
    # The price is asked again: a person may have taken minutes to confirm this one.
    uploader = AsyncUploader(api.with_paid_calls(AsyncPaidCalls(journal, max_coins=price)))
    with desk.folder.open(name) as stream:
        argument = FileArgument(stream, "file", tuple(MediaKind))
        with await uploader.open((argument,)) as files:
            source = files.sources[0]
            if await disk_work_async(source.digest) != digest:
                raise ValueError("file was changed meanwhile; nothing was uploaded.")
            files.expect([digest])
            [url] = await files.upload()
            content = f"{digest} {source.media.content_type}"
    now = api.server_time()
    await journal_work_async(
        journal, lambda session: journal.steps.uploaded(session, content, url, now)
    )
    return {"url": url, "coins": price}

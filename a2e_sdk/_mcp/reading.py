"""The tools that only read: engines, avatars, voices, prices, tasks, coins, lost starts.

This module owns what they ask and show. None of them changes anything, on A2E or in the journal.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Mapping
from contextlib import aclosing
from typing import Any, TypeVar

import anyio

from a2e_sdk import errors
from a2e_sdk._batch.engines import engine_word
from a2e_sdk._checks.validation import require_key
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk.models import Avatar, Task, Voice
from a2e_sdk.models.journal import EntryState, JournalEntry

from .advice import AdvisedError
from .engines import (
    SPEECH,
    SPEECH_OPERATION,
    Engine,
    arguments_schema,
    engine_named,
    find,
    require_offered,
)
from .prices import confirmation_for
from .speech import url_of_speech
from .starting import price_of_start
from .texts import identifier, link, server_text
from .tool_context import ToolContext, next_look, next_step
from .tools import KINDS_OF_AVATARS

_Listed = TypeVar("_Listed", Avatar, Voice)

_POLL_SECONDS = 2.0
_MOST_LOST = 10
_SEARCHED = 100


async def find_engines(_shared: ToolContext, given: Mapping[str, Any]) -> dict[str, Any]:
    """List engines."""
    rows = find(given.get("about"))
    return {
        "engines": [
            {
                "engine": engine.name,
                "title": engine.title,
                "use": engine.use,
                "needs": arguments_schema(engine)["required"],
            }
            for engine in rows
        ]
    }


async def describe_engine(shared: ToolContext, given: Mapping[str, Any]) -> dict[str, Any]:
    """Describe an engine."""
    engine = engine_named(given["engine"])
    return {
        "engine": engine.name,
        "title": engine.title,
        "use": engine.use,
        "arguments": arguments_schema(engine),
        "next": "quote tells the price"
        + (f". {_READ_ONLY}" if shared.read_only else "; start starts it."),
    }


async def list_avatars(shared: ToolContext, given: Mapping[str, Any]) -> dict[str, Any]:
    """List avatars."""
    avatars, more = await _first(shared.client.avatars.list(kind=given.get("kind")), given)
    rows: list[dict[str, Any]] = []
    for avatar in avatars:
        said = {
            "name": avatar.name,
            "gender": avatar.gender,
            "languages": ", ".join(map(str, avatar.languages[:20])) or None,
        }
        kind = avatar.kind if avatar.kind in KINDS_OF_AVATARS else None
        rows.append({"avatar": avatar.id, "kind": kind, **server_text(said, shared.hide)})
    return {"avatars": rows, "more": more}


async def list_voices(shared: ToolContext, given: Mapping[str, Any]) -> dict[str, Any]:
    """List voices."""
    if ("country" in given) != ("region" in given):
        raise ValueError("give country and region together.")
    place = {name: given[name] for name in ("country", "region") if name in given}
    voices, more = await _first(shared.client.voices.list(**place), given)
    rows: list[dict[str, Any]] = []
    for voice in voices:
        said = {
            "name": voice.name,
            "group": voice.group,
            "gender": voice.gender,
            "language": voice.language,
        }
        rows.append({"voice": voice.id, **server_text(said, shared.hide)})
    return {"voices": rows, "more": more}


async def _first(
    listing: AsyncIterable[_Listed], given: Mapping[str, Any]
) -> tuple[list[_Listed], bool]:
    """Return the first rows whose ids can be used, up to the limit, and whether there are more."""
    limit = int(given.get("limit", 20))
    rows: list[_Listed] = []
    async for row in listing:
        if identifier(row.id) is None:
            continue
        if len(rows) == limit:
            return rows, True
        rows.append(row)
    return rows, False


async def quote(shared: ToolContext, given: Mapping[str, Any]) -> dict[str, Any]:
    """Ask a price."""
    engine = engine_named(given["engine"])
    require_offered(engine, given["arguments"])
    coins = await price_of_start(shared, engine, given["arguments"])
    asked = (
        coins is None or confirmation_for(engine.name, coins, None, shared.ask_above) is not None
    )
    confirm = asked and shared.ask_above is not None
    left = (await shared.client.journal.spent()).left
    return {
        "engine": engine.name,
        "coins": coins,
        "user_must_confirm": confirm,
        "next": _READ_ONLY if shared.read_only else _next_of_price(coins, left, confirm),
    }


_READ_ONLY = "This server is read-only: nothing can be started."


def _next_of_price(coins: float | None, left: float | None, confirm: bool) -> str:
    if coins is not None and left is not None and coins > left:
        return f"Not within the budget, of which {left:g} coins are left: a start would be refused."
    if coins is None:
        step = "The server names no price: start it with max_coins."
    else:
        step = "Start it with a key of your own."
    if confirm:
        step += " The user is asked to confirm it; a client that can't ask them is refused."
    return step


async def check(shared: ToolContext, given: Mapping[str, Any]) -> dict[str, Any]:
    """Tell how far a task is."""
    entry, engine, task_id = await named(shared, given)
    if engine.family is None:
        url = None if entry is None else link(await url_of_speech(shared.journal, entry.id))
        return {
            "task_id": None,
            "engine": SPEECH,
            "key": None if entry is None else entry.key,
            "status": "succeeded" if url else "unknown",
            "result_urls": [url] if url else [],
            "coins": None if entry is None else entry.coins,
            "check_again_in_seconds": None,
            "next": "Give the URL to avatar-videos as audio." if url else _LOST,
        }
    tasks = shared.tasks_of(engine.family)
    task: Task = await tasks.get(task_id)
    end = anyio.current_time() + float(given.get("wait_seconds", 0))
    while not task.status.is_final and (left := end - anyio.current_time()) > 0:
        await anyio.sleep(min(left, _POLL_SECONDS))
        task = await tasks.get(task_id)
    again = next_look(task, shared.client.api.server_time())
    return {
        **shared.shown(task, engine.name),
        "key": None if entry is None else entry.key,
        "coins": _coins(task, entry),
        "check_again_in_seconds": again,
        "next": next_step(task),
    }


_LOST = "Its outcome is not known: call start with the same key and arguments."


def _coins(task: Task, entry: JournalEntry | None) -> float | None:
    coins: float | None = getattr(task, "coins", None)
    if coins is None and entry is not None:
        return entry.coins if entry.coins is not None else entry.quote
    return coins


async def named(
    shared: ToolContext, given: Mapping[str, Any]
) -> tuple[JournalEntry | None, Engine, str]:
    """Return the task that a call names: by its key, or by its id and engine.

    Raises:
        ValueError: It names none.
        AdvisedError: There is no such key, or its start has no task that is known.
    """
    key, task_id, engine = given.get("key"), given.get("task_id"), given.get("engine")
    if key is None:
        if task_id is None or engine is None:
            raise ValueError("give a key, or task_id and engine.")
        found = engine_named(engine)
        if found.family is None:
            raise ValueError("a speech has no task: name it by its key.")
        return None, found, task_id
    if task_id is not None or engine is not None:
        raise ValueError("give a key, or task_id and engine, not both.")
    entry = await shared.client.journal.get(require_key(key))
    if entry is None:
        raise AdvisedError(
            "unknown_key", f"nothing was started with the key {key!r}.", _UNKNOWN_KEY
        )
    if entry.family == SPEECH_OPERATION:
        return entry, engine_named(SPEECH), ""
    if entry.task_id is None:
        raise _without_task(key, entry)
    return entry, engine_named(entry.family), entry.task_id


_UNKNOWN_KEY = (
    "Nothing was paid under it: start can use it. A task of another key is named by task_id and "
    "engine; list_tasks shows both."
)


def _without_task(key: str, entry: JournalEntry) -> AdvisedError:
    """Return the refusal of what asks for the task of a start that has none."""
    if entry.state is EntryState.REFUSED:
        text = f"the start with the key {key!r} was refused, and nothing was started."
        return AdvisedError("not_started", text, "Nothing was paid: start it again.")
    if entry.sent_at is None:
        text = f"the start with the key {key!r} was not sent."
        return AdvisedError("not_started", text, "Call start with the same key and arguments.")
    return AdvisedError(
        "outcome_unknown",
        f"the start with the key {key!r} was sent, and its task is not known yet.",
        "It may have been paid for: do not use another key. Call start with the same key and "
        "arguments, which finds its task, or find_lost_start.",
    )


async def list_tasks(shared: ToolContext, given: Mapping[str, Any]) -> dict[str, Any]:
    """List the newest tasks of an engine."""
    engine = engine_named(given["engine"])
    if engine.family is None:
        raise AdvisedError(
            "no_list",
            "a speech is no task, so that there is no list of them.",
            "Call check with the key that the speech was started with: it tells the URL.",
        )
    if engine.family.list is None:
        raise ValueError(f"the API has no list of {engine.name}; check reads a task by its id.")
    limit = int(given.get("limit", 10))
    listing = shared.tasks_of(engine.family).list(limit=limit, page_size=limit)
    return {"tasks": [shared.shown(task, engine.name) async for task in listing]}


async def balance(shared: ToolContext, _given: Mapping[str, Any]) -> dict[str, Any]:
    """Tell what is left."""
    coins = await shared.client.account.coins()
    spending = await shared.client.journal.spent()
    return {
        "account_coins": coins.coins,
        "budget": spending.limit,
        "spent": spending.spent,
        "reserved": spending.reserved,
        "left_of_budget": spending.left,
        "confirm_above": shared.ask_above,
    }


async def find_lost_start(shared: ToolContext, _given: Mapping[str, Any]) -> dict[str, Any]:
    """Look for the tasks of starts whose outcome is not known."""
    entries = (await shared.client.journal.unknown())[-_MOST_LOST:]
    return {"lost": [await _lost(shared, entry) for entry in entries]}


async def _lost(shared: ToolContext, entry: JournalEntry) -> dict[str, Any]:
    family = TASK_FAMILIES.get(entry.family)
    task_id: str | None = None
    if family is not None and family.list is not None and entry.name is not None:
        try:
            listing = shared.tasks_of(family).list(limit=_SEARCHED)
            async with aclosing(aiter(listing)) as tasks:
                async for task in tasks:
                    if task.name == entry.name:
                        task_id = identifier(task.id)
                        break
        except errors.APIError:
            pass  # What can't be looked at is as unknown as before.
    what_next = "Call start with the same key and arguments in 5 minutes: it looks again."
    if task_id is not None:
        what_next = (
            "It was started: call start with the same key and arguments, which settles its coins; "
            "or read it with check, by task_id and engine."
        )
    if entry.key is None:
        what_next = "Tell the user: a2e journal list shows it, a2e journal resolve decides it."
    name = SPEECH if family is None else engine_word(family)
    return {
        "key": entry.key,
        "engine": name,
        "task_id": task_id,
        "sent_at": None if entry.sent_at is None else entry.sent_at.isoformat(),
        "next": what_next,
    }

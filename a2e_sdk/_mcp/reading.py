"""The tools that only read: engines, avatars, voices, prices, tasks, coins, lost starts.

This module owns what they ask and show. None of them changes anything, on A2E or in the journal.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import aclosing
from typing import Any

import anyio

from a2e_sdk import errors
from a2e_sdk._batch.engines import engine_word
from a2e_sdk._checks.validation import require_key
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk.models import Task
from a2e_sdk.models.journal import JournalEntry

from .desk import Desk, next_look
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
from .tools import KINDS_OF_AVATARS

_POLL_SECONDS = 2.0
_MOST_LOST = 10
_SEARCHED = 100


async def find_engines(_desk: Desk, given: Mapping[str, Any]) -> dict[str, Any]:
    """List engines."""
    rows = find(given.get("about"))
    return {"engines": [{"engine": e.name, "title": e.title, "use": e.use} for e in rows]}


async def describe_engine(_desk: Desk, given: Mapping[str, Any]) -> dict[str, Any]:
    """Describe an engine."""
    engine = engine_named(given["engine"])
    return {
        "engine": engine.name,
        "title": engine.title,
        "use": engine.use,
        "arguments": arguments_schema(engine),
        "next": "quote tells the price; start starts it.",
    }


async def list_avatars(desk: Desk, given: Mapping[str, Any]) -> dict[str, Any]:
    """List avatars."""
    limit, more = int(given.get("limit", 20)), False
    rows: list[dict[str, Any]] = []
    async for avatar in desk.client.avatars.list(kind=given.get("kind")):
        if identifier(avatar.id) is None:
            continue
        if len(rows) == limit:
            more = True
            break
        said = {
            "name": avatar.name,
            "gender": avatar.gender,
            "languages": ", ".join(map(str, avatar.languages[:20])) or None,
        }
        rows.append(
            {
                "avatar": avatar.id,
                "kind": avatar.kind if avatar.kind in KINDS_OF_AVATARS else None,
                **server_text(said, desk.hide),
            }
        )
    return {"avatars": rows, "more": more}


async def list_voices(desk: Desk, given: Mapping[str, Any]) -> dict[str, Any]:
    """List voices."""
    limit, more = int(given.get("limit", 20)), False
    rows: list[dict[str, Any]] = []
    if ("country" in given) != ("region" in given):
        raise ValueError("give country and region together.")
    place = {name: given[name] for name in ("country", "region") if name in given}
    async for voice in desk.client.voices.list(**place):
        if identifier(voice.id) is None:
            continue
        if len(rows) == limit:
            more = True
            break
        said = {
            "name": voice.name,
            "group": voice.group,
            "gender": voice.gender,
            "language": voice.language,
        }
        rows.append(
            {
                "voice": voice.id,
                **server_text(said, desk.hide),
            }
        )
    return {"voices": rows, "more": more}


async def quote(desk: Desk, given: Mapping[str, Any]) -> dict[str, Any]:
    """Ask a price."""
    engine = engine_named(given["engine"])
    require_offered(engine, given["arguments"])
    coins = await price_of_start(desk, engine, given["arguments"])
    asked = coins is None or confirmation_for(engine.name, coins, None, desk.ask_above) is not None
    next_step = "start it with a key of your own."
    if coins is None:
        next_step = "The server names no price: start it with max_coins."
    confirm = asked and desk.ask_above is not None
    return {
        "engine": engine.name,
        "coins": coins,
        "user_must_confirm": confirm,
        "next": next_step,
    }


async def check(desk: Desk, given: Mapping[str, Any]) -> dict[str, Any]:
    """Tell how far a task is."""
    entry, engine, task_id = await named(desk, given)
    if engine.family is None:
        url = None if entry is None else link(await url_of_speech(desk.journal, entry.id))
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
    tasks = desk.tasks_of(engine.family)
    task: Task = await tasks.get(task_id)
    end = anyio.current_time() + float(given.get("wait_seconds", 0))
    while not task.status.is_final and (left := end - anyio.current_time()) > 0:
        await anyio.sleep(min(left, _POLL_SECONDS))
        task = await tasks.get(task_id)
    again = next_look(task, desk.client.api.server_time())
    return {
        **desk.shown(task, engine.name),
        "key": None if entry is None else entry.key,
        "coins": _coins(task, entry),
        "check_again_in_seconds": again,
        "next": _next(task),
    }


def _next(task: Task) -> str:
    if task.status.value == "succeeded":
        return "download saves the result; its links expire after days."
    if task.status.value == "failed":
        return "It failed. Starting it anew costs coins again, and needs a new key."
    return "It goes on by itself: check again later."


_LOST = "Its outcome is not known: call start with the same key and arguments."


def _coins(task: Task, entry: JournalEntry | None) -> float | None:
    coins: float | None = getattr(task, "coins", None)
    if coins is None and entry is not None:
        return entry.coins if entry.coins is not None else entry.quote
    return coins


async def named(desk: Desk, given: Mapping[str, Any]) -> tuple[JournalEntry | None, Engine, str]:
    """Return the task that a call names: by its key, or by its id and engine.

    Raises:
        ValueError: It names none, or there is no such key.
        SubmissionUnknownError: The start of the key has no task that is known.
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
    entry = await desk.client.journal.get(require_key(key))
    if entry is None:
        raise ValueError(f"nothing was started with the key {key!r}.")
    if entry.family == SPEECH_OPERATION:
        return entry, engine_named(SPEECH), ""
    if entry.task_id is None:
        raise ValueError(f"the start with the key {key!r} has no task: it is {entry.state.value}.")
    return entry, engine_named(entry.family), entry.task_id


async def list_tasks(desk: Desk, given: Mapping[str, Any]) -> dict[str, Any]:
    """List the newest tasks of an engine."""
    engine = engine_named(given["engine"])
    if engine.family is None:
        raise ValueError("a speech is no task; there is no list of speeches here.")
    if engine.family.list is None:
        raise ValueError(f"the API has no list of {engine.name}; check reads a task by its id.")
    limit = int(given.get("limit", 10))
    listing = desk.tasks_of(engine.family).list(limit=limit, page_size=limit)
    return {"tasks": [desk.shown(task, engine.name) async for task in listing]}


async def balance(desk: Desk, _given: Mapping[str, Any]) -> dict[str, Any]:
    """Tell what is left."""
    coins = await desk.client.account.coins()
    spending = await desk.client.journal.spent()
    return {
        "account_coins": coins.coins,
        "budget": spending.limit,
        "spent": spending.spent,
        "reserved": spending.reserved,
        "left_of_budget": spending.left,
        "confirm_above": desk.ask_above,
    }


async def find_lost_start(desk: Desk, _given: Mapping[str, Any]) -> dict[str, Any]:
    """Look for the tasks of starts whose outcome is not known."""
    entries = (await desk.client.journal.unknown())[-_MOST_LOST:]
    return {"lost": [await _lost(desk, entry) for entry in entries]}


async def _lost(desk: Desk, entry: JournalEntry) -> dict[str, Any]:
    family = TASK_FAMILIES.get(entry.family)
    task_id: str | None = None
    if family is not None and family.list is not None and entry.name is not None:
        try:
            listing = desk.tasks_of(family).list(limit=_SEARCHED)
            async with aclosing(aiter(listing)) as tasks:
                async for task in tasks:
                    if task.name == entry.name:
                        task_id = identifier(task.id)
                        break
        except errors.APIError:
            pass  # What can't be looked at is as unknown as before.
    next_step = "Call start with the same key and arguments in 5 minutes: it looks again."
    if task_id is not None:
        next_step = "It was started: call start with the same key and arguments to get its task."
    if entry.key is None:
        next_step = "Tell the user: a2e journal list shows it, a2e journal resolve decides it."
    name = SPEECH if family is None else engine_word(family)
    return {
        "key": entry.key,
        "engine": name,
        "task_id": task_id,
        "sent_at": None if entry.sent_at is None else entry.sent_at.isoformat(),
        "next": next_step,
    }

"""A speech that is paid for once for its key, like the start of a task.

This module owns the order of a journalled speech. A speech is no task, so that nothing but its own
response and the previews of the last 24 hours tell of it: one whose response was lost and that is
not among these stays unknown, and is never paid for again by itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from a2e_api.operations import OPERATIONS
from a2e_sdk import errors
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.quotes import quoted_coins
from a2e_sdk._async.records import call_operation
from a2e_sdk._async.resources.speech import AsyncSpeechPreviews
from a2e_sdk._async.tasks.journal_notes import (
    held_async,
    journal_work_async,
    keep_async,
    letting_go,
)
from a2e_sdk._journal.identity import start_digest
from a2e_sdk._journal.journal import INTERRUPTED
from a2e_sdk._journal.locks import Hold
from a2e_sdk._journal.opening import ClientJournal, require_journal
from a2e_sdk._journal.session import Session
from a2e_sdk._journal.starts import Begun, Intent, Known, Lost, Sending
from a2e_sdk._wire.records import url_in
from a2e_sdk._wire.speech_arguments import speech_values
from a2e_sdk.models.journal import EntryState
from a2e_sdk.models.submission import Submission

from .engines import SPEECH_OPERATION

_NAMES = ("text", "voice", "clone", "speech_rate", "country", "region")
_MOST_PREVIEWS = 200


def speech_body(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the checked body of a speech.

    Raises:
        TypeError, ValueError: An argument is not allowed.
    """
    given = {name: arguments.get(name) for name in _NAMES}
    return speech_values(**given).body  # type: ignore[arg-type]


async def speech_price(api: AsyncAPIClient, body: Mapping[str, Any]) -> float | None:
    """Return what a speech costs; None where the server names no price."""
    return await quoted_coins(api, OPERATIONS[SPEECH_OPERATION].request(dict(body)))


async def speak_once(
    api: AsyncAPIClient,
    key: str,
    arguments: Mapping[str, Any],
    coins: float,
    quote: float | None,
) -> tuple[str, bool]:
    """Make a speech at most once for its key; return its address, and whether it was there before.

    Args:
        api: What calls the API, with a journal.
        key: The key.
        arguments: The arguments, as an agent gives them.
        coins: What to reserve for it.
        quote: Its price; None where the server names none.

    Raises:
        KeyConflictError: The key was started with other arguments.
        KeyInUseError: Another process is at it.
        BudgetExceededError: The budget has not enough left.
        SubmissionUnknownError: An earlier call sent it, and it can't be found.
        APIError: It was not made.
    """
    body = speech_body(arguments)
    journal = require_journal(api.journal, "key=")
    submission = Submission(
        family=SPEECH_OPERATION, label=None, name=None, unique_name=False, inputs={}
    )
    intent = Intent(
        key=key,
        family=SPEECH_OPERATION,
        digest=start_digest(SPEECH_OPERATION, body, ()),
        inputs=dict(body),
        name=None,
        quote=quote,
        price=coins,
        sending=Sending(submission, is_exact=False),
    )
    begin = partial(
        journal.steps.begin, intent=intent, budget=journal.budget, now=api.server_time()
    )
    found = await held_async(journal, api, begin)
    if isinstance(found, Known):
        record: Mapping[str, Any] = next(iter(found.records.values()), {"url": None})
        return url_in(record.get("url"), SPEECH_OPERATION), True
    if isinstance(found, Lost):
        return await _found_again(api, journal, found, arguments["text"]), True
    if not isinstance(found, Begun):
        raise errors.KeyInUseError(
            f"the key {key!r} is being started by another process; nothing was sent here.", key=key
        )
    return await _spoken(api, journal, found, body), False


async def _spoken(
    api: AsyncAPIClient, journal: ClientJournal, begun: Begun, body: Mapping[str, Any]
) -> str:
    try:
        payload = await call_operation(api.without_paid_calls(), SPEECH_OPERATION, **body)
        url = url_in(payload.get("data"), SPEECH_OPERATION)
    except BaseException as error:
        text, now, steps = str(error) or INTERRUPTED, api.server_time(), journal.steps
        if _was_refused(error):
            note = partial(steps.refused, entry=begun.entry, reason=text, now=now)
        else:
            note = partial(steps.unknown, entry=begun.entry, reason=text)
        await keep_async(journal, letting_go(begun.hold, note))
        raise
    await _note_made(api, journal, begun.entry, begun.hold, url)
    return url


def _was_refused(error: BaseException) -> bool:
    """Tell whether an error proves that nothing was made."""
    if isinstance(error, errors.APIConnectionError):
        return not error.sent
    return isinstance(error, errors.APIStatusError) and not isinstance(
        error, errors.InternalServerError
    )


async def _found_again(api: AsyncAPIClient, journal: ClientJournal, lost: Lost, text: str) -> str:
    """Return the address of a speech whose response was lost, from those of the last day."""
    sent = lost.entry.sent_at
    try:
        async for preview in AsyncSpeechPreviews(api).list(limit=_MOST_PREVIEWS):
            created, url = preview.created_at, preview.url
            if preview.text != text or url is None or created is None or sent is None:
                continue
            # A speech of the same text may be that of another key.
            if created >= sent.replace(microsecond=0) and await _is_free(journal, url):
                await _note_made(api, journal, lost.entry.id, lost.hold, url)
                return url_in(url, SPEECH_OPERATION)
    except BaseException:
        await keep_async(journal, letting_go(lost.hold, lambda _: None))
        raise
    reason = "an earlier call sent this speech, its response was lost, and it is not to be found"
    note = partial(journal.steps.unknown, entry=lost.entry.id, reason=reason)
    await keep_async(journal, letting_go(lost.hold, note))
    raise errors.SubmissionUnknownError(reason, submission=lost.submission, looked=True)


async def _is_free(journal: ClientJournal, url: str) -> bool:
    """Tell whether a speech is that of no other key."""
    record = _record(url)
    taken = await journal_work_async(
        journal,
        lambda session: session.row("SELECT entry FROM tasks WHERE record = ?", record),
    )
    return taken is None


def _record(url: str) -> str:
    """Return the record of a speech as the journal writes it."""
    return json.dumps({"url": url})


async def _note_made(
    api: AsyncAPIClient, journal: ClientJournal, entry: int, hold: Hold, url: str
) -> None:
    now, name = api.server_time(), f"speech-{entry}"

    def note(session: Session) -> None:
        journal.steps.started(session, entry, {name: {"url": url}}, None, now)
        journal.steps.ended(session, name, EntryState.SUCCEEDED, None, None, now)

    await keep_async(journal, letting_go(hold, note))


async def url_of_speech(journal: ClientJournal, entry: int) -> str | None:
    """Return the address that a speech was given; None where none is known."""

    def look(session: Session) -> str | None:
        row = session.row("SELECT record FROM tasks WHERE task_id = ?", f"speech-{entry}")
        if row is None or row[0] is None:
            return None
        url: str | None = json.loads(row[0]).get("url")
        return url

    return await journal_work_async(journal, look)

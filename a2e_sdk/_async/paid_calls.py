"""Paid calls that start no task, such as speech and uploads, within the client's budget.

This module owns their order: ask the price, reserve it, send, and settle. Starts of tasks have an
order of their own, in ``tasks.journalled``, and count their uploads themselves.
"""

from __future__ import annotations

from functools import partial
from typing import Any, TypeVar

from a2e_api.types import Request, Response
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.concurrency import Call
from a2e_sdk._async.quotes import quoted_coins
from a2e_sdk._async.tasks.journal_notes import held_async, keep_async, letting_go
from a2e_sdk._http.retry import is_paid
from a2e_sdk._journal.coins import require_at_most, without_price
from a2e_sdk._journal.identity import start_digest
from a2e_sdk._journal.opening import ClientJournal
from a2e_sdk._journal.starts import Begun, Intent, Sending
from a2e_sdk._tasks.client_state import Start
from a2e_sdk.models.submission import Submission

ParsedT = TypeVar("ParsedT")


class AsyncPaidCalls:
    """Keeps the paid calls of a client within its budget.

    Args:
        journal: The client's journal, which has a budget.
        max_coins: What one call may cost at the most; None for what the budget has left.
    """

    def __init__(self, journal: ClientJournal, max_coins: float | None = None) -> None:
        self._journal = journal
        self._max_coins = max_coins

    async def call_async(
        self,
        api: AsyncAPIClient,
        request: Request,
        send: Call[Response[ParsedT]],
        start: Start,
    ) -> Response[ParsedT]:
        """Send a request, after its price was reserved where it costs coins.

        Args:
            api: What calls the API.
            request: The request.
            send: Sends it.
            start: Where that keeps what became of it.

        Raises:
            BudgetExceededError: The budget has not enough left, it costs more than ``max_coins``,
                or the server gives no price.
            JournalError: The journal can't be used; nothing was sent.
            APIError: The call failed.
        """
        if not is_paid(request.operation):
            return await send()
        begun = await self._begun(api, request)
        try:
            response = await send()
        except BaseException as error:
            await self._note_failure(api, begun, start, error)
            raise
        steps, now = self._journal.steps, api.server_time()
        done = partial(steps.carried_out, entry=begun.entry, now=now)
        await keep_async(self._journal, letting_go(begun.hold, done))
        return response

    async def _begun(self, api: AsyncAPIClient, request: Request) -> Begun:
        price = await quoted_coins(api, request)
        if price is None:
            advice = "make this call with a client that has no budget"
            raise without_price(self._journal.budget, request.operation, advice)
        if self._max_coins is not None:
            require_at_most(self._max_coins, price)
        intent = Intent(
            key=None,
            family=request.operation,
            digest=start_digest(request.operation, {}, ()),
            inputs={},
            name=None,
            quote=price,
            price=price,
            # It leaves at once, and no record tells later whether it arrived.
            sending=Sending(_nothing_to_find(request.operation), is_exact=False),
        )
        journal, now = self._journal, api.server_time()
        begin = partial(journal.steps.begin, intent=intent, budget=journal.budget, now=now)
        begun = await held_async(journal, api, begin)
        assert isinstance(begun, Begun)  # noqa: S101 - only a key can have been begun before
        return begun

    async def _note_failure(
        self, api: AsyncAPIClient, begun: Begun, start: Start, error: BaseException
    ) -> None:
        steps, entry, now = self._journal.steps, begun.entry, api.server_time()
        text = str(error) or f"it was interrupted by {type(error).__name__}"
        if start.payload is not None:
            note: Any = partial(steps.carried_out, entry=entry, now=now)
        elif start.may_have_begun:
            note = partial(steps.unknown, entry=entry, reason=text)
        else:
            note = partial(steps.refused, entry=entry, reason=text, now=now)
        await keep_async(self._journal, letting_go(begun.hold, note))


def _nothing_to_find(operation: str) -> Submission:
    return Submission(family=operation, label=None, name=None, unique_name=False, inputs={})

"""What a start will cost, asked before it is written down.

This module owns the order in which prices are asked, and what stands for one that can't be had.
"""

from __future__ import annotations

from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.files.uploads import upload_request
from a2e_sdk._async.quotes import quoted_coins
from a2e_sdk._files.sources import UploadSource
from a2e_sdk._journal.coins import require_at_most, without_price
from a2e_sdk._tasks.start_plan import Price, StartPlan

#: Where a file is said to be while the price of a start is asked: it is not uploaded yet, and the
#: host is one that is reserved for examples.
_PLACEHOLDER = "https://example.com/a2e-sdk-quote{number}{suffix}"


async def price_of(
    api: AsyncAPIClient, plan: StartPlan, sources: list[UploadSource], addresses: tuple[str, ...]
) -> Price:
    """Ask what a start will cost, with the uploads that it needs.

    Args:
        api: What calls the API.
        plan: The start.
        sources: The local files that are not uploaded yet. What A2E reads by a link is not, and
            costs no upload.
        addresses: An address for each file, a placeholder for those.

    Raises:
        BudgetExceededError: It costs more than the call's ``max_coins``, or no price can be had
            and the call names none.
        APIError: The server can't be asked.
    """
    sources = [source for source in sources if source.is_uploaded]
    quote = await quoted_coins(api, plan.request(addresses))
    upload = await quoted_coins(api, upload_request(sources[0])) if sources else 0
    if quote is None or upload is None:
        if plan.max_coins is None:
            what = "an upload" if upload is None else f"a start of {plan.family.name}"
            budget = api.journal.budget if api.journal is not None else None
            raise without_price(budget, what, "say with max_coins= what it may cost at the most")
        return Price(quote, upload or 0, plan.max_coins)
    together = quote + upload * len(sources)
    if plan.max_coins is not None:
        require_at_most(plan.max_coins, together)
    return Price(quote, upload, together)


def placeholders(sources: list[UploadSource]) -> list[str]:
    """Return an address for each file that is not uploaded yet, for a question about the price."""
    return [
        _PLACEHOLDER.format(number=number, suffix=source.media.suffix)
        for number, source in enumerate(sources, 1)
    ]

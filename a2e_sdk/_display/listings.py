"""The cards of what reads or works only when it is iterated: listings and batches.

This module owns what they say. It is pure, and iterates nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from .markup import card, text
from .records import class_words
from .texts import number_text


def listing_card(
    operation: str,
    model: type,
    page_size: int,
    limit: int | None,
    total: int | None,
    words: tuple[str, str],
) -> str:
    """Return the card of a listing, which says how to read it.

    Args:
        operation: The operation's id.
        model: The class of its items.
        page_size: How many items are asked for at once.
        limit: How many it yields at the most; None for all.
        total: The server's latest count; None where it was not asked.
        words: What stands before a call, and before a loop.
    """
    call, loop = words
    count = "not asked yet" if total is None else f"{total:,}, as last counted"
    fields = [
        ("operation", text(operation)),
        ("items", f"{count}"),
        ("page size", f"{page_size:,}"),
        *([("limit", f"{limit:,}")] if limit is not None else []),
        ("all items", _code(f"{loop}for item in listing:", f"{call}listing.to_list()")),
        ("data frame", _code(f"{call}listing.to_pandas()", f"{call}listing.to_polars()")),
    ]
    return card(
        f"Listing of {text(class_words(model).lower())}s",
        fields,
        "Nothing was read to show this; each iteration reads it anew.",
    )


def batch_card(
    folder: str,
    counts: Mapping[str, int],
    total: int,
    coins: float,
    reason: str | None,
    words: tuple[str, str],
) -> str:
    """Return the card of a batch, which says how far it is and how to run it.

    Args:
        folder: Its folder of results.
        counts: How many jobs are in which state.
        total: How many jobs it has; 0 before they were read.
        coins: What they have cost, as far as it is known.
        reason: Why nothing more is started; None while something is.
        words: What stands before a call, and before a loop.
    """
    call, loop = words
    states = ", ".join(f"{count:,} {text(word)}" for word, count in counts.items() if count)
    fields = [
        ("folder", text(folder)),
        ("jobs", f"{total:,}" if total else "not read yet"),
        *([("so far", states)] if states else []),
        *([("coins", number_text(coins))] if coins else []),
        *([("paused", text(reason))] if reason else []),
        ("run it", _code(f"{loop}for outcome in batch:")),
        ("look at it", _code(f"{call}batch.results()")),
    ]
    return card("Batch", fields, "Nothing was started to show this.")


def _code(*lines: str) -> str:
    return " or ".join(f"<code>{text(line)}</code>" for line in lines)

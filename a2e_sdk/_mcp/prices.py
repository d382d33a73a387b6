"""Whether a price has to be confirmed by a person, what they are asked, and what counts as a yes.

This module owns these decisions. It is pure: asking is the server's work.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

#: The field of the form; nothing but True in it is a yes.
CONFIRM = "confirm"


@attrs.frozen
class Confirmation:
    """A question for a person.

    Attributes:
        engine: What is to be started.
        coins: What it costs at the most.
        is_exact: Whether the server named that price; else it is the limit that the agent gave.
        limit: Prices up to this are not asked about.
    """

    engine: str
    coins: float
    is_exact: bool
    limit: float

    @property
    def message(self) -> str:
        """What the person reads; no word of it comes from the agent or the server."""
        price = f"{self.coins:g} coins"
        if not self.is_exact:
            price = f"up to {price} (the server names no price)"
        return (
            f"Start a task of {self.engine} on A2E for {price}? Prices above {self.limit:g} coins "
            "are confirmed by you."
        )

    @property
    def schema(self) -> dict[str, Any]:
        """The form."""
        return {
            "type": "object",
            "properties": {
                CONFIRM: {
                    "type": "boolean",
                    "title": "Pay for it",
                    "description": f"Spend the coins on {self.engine}.",
                    "default": False,
                }
            },
            "required": [CONFIRM],
        }


class PriceRefused(Exception):
    """A start is refused because of its price; nothing was sent.

    Attributes:
        advice: What to do next.
    """

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.advice = advice


def confirmation_for(
    engine: str, price: float | None, max_coins: float | None, ask_above: float | None
) -> Confirmation | None:
    """Return the question about a price; None where it need not be asked.

    Args:
        engine: What is to be started.
        price: The server's price; None where it names none.
        max_coins: The agent's own limit; None without one.
        ask_above: Prices above this are confirmed; None for never.

    Raises:
        PriceRefused: It is above the agent's limit, or there is no price and no limit.
    """
    if price is not None and max_coins is not None and price > max_coins:
        raise PriceRefused(
            f"a start of {engine} costs {price:g} coins, which is above max_coins, {max_coins:g}; "
            "nothing was started.",
            "Give a higher max_coins, or choose a cheaper engine or option.",
        )
    coins = price if price is not None else max_coins
    if coins is None:
        raise PriceRefused(
            f"the server names no price for this start of {engine}; nothing was started.",
            "Give max_coins: what it may cost at the most, which is reserved from the budget.",
        )
    if ask_above is None or (price is not None and price <= ask_above):
        return None
    return Confirmation(engine, coins, price is not None, ask_above)


def require_yes(confirmation: Confirmation, action: object, content: object) -> None:
    """Refuse a start that a person did not say yes to.

    Args:
        confirmation: What was asked.
        action: What the client says that they did.
        content: What they filled in.

    Raises:
        PriceRefused: It is anything but a yes.
    """
    said = content.get(CONFIRM) if isinstance(content, Mapping) else None  # pyright: ignore
    if action == "accept" and said is True:
        return
    what = {"decline": "was declined", "cancel": "was dismissed"}.get(
        str(action), "was not confirmed"
    )
    raise PriceRefused(
        f"the price of {confirmation.coins:g} coins for {confirmation.engine} {what} by the user; "
        "nothing was started.",
        "Do not start it again unless the user asks for it; a cheaper engine or option may do.",
    )


def unasked(confirmation: Confirmation) -> PriceRefused:
    """Return the refusal where the client can't ask its user."""
    return PriceRefused(
        f"a start of {confirmation.engine} costs {confirmation.coins:g} coins, and prices above "
        f"{confirmation.limit:g} have to be confirmed by a person, which this client has no way "
        "to ask (it does not support elicitation); nothing was started.",
        "Choose something cheaper, or tell the user: they can restart a2e mcp with a higher "
        "--ask-above, use a client that supports elicitation, or start it themselves with a2e.",
    )

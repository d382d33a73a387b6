"""The control endpoints of the account: its coins, its limits, and what was started twice.

This module owns what they take and return. What they change is left to `Sandbox`.
"""

from __future__ import annotations

from typing import Any

from a2e_sdk.sandbox.sandbox import Sandbox
from a2e_sdk.sandbox.state.clock import wire_time
from a2e_sdk.sandbox.state.running import BUSY_CODES
from a2e_sdk.sandbox.state.starts import RepeatedStart

from .call import Asked, Endpoint, Table
from .fields import Field, boolean, checked_fields, one_word_of, seconds, whole_number

__all__ = ["AccountEndpoints"]


class AccountEndpoints:
    """The endpoints of the account of one sandbox.

    Args:
        sandbox: the sandbox.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def table(self) -> Table:
        """Return the endpoints."""
        return {
            "/coins": {
                "GET": Endpoint(self._coins),
                "PUT": Endpoint(self._set_coins, (Field("balance", whole_number, required=True),)),
                "POST": Endpoint(
                    self._buy_coins, (Field("amount", whole_number, required=True),), 201
                ),
            },
            "/refunds": {
                "GET": Endpoint(self._refunds),
                "PUT": Endpoint(self._set_refunds, (Field("failed", boolean, required=True),)),
            },
            "/limits": {
                "GET": Endpoint(self.limits),
                "PUT": Endpoint(
                    self._set_limits,
                    (
                        Field("max_running", _whole_number_or_null, required=True),
                        Field("busy_code", one_word_of(*BUSY_CODES)),
                        Field("retry_after", _seconds_or_null),
                    ),
                ),
            },
            "/starts/repeated": {
                "GET": Endpoint(lambda asked: self._starts(asked, self._sandbox.repeated_starts()))
            },
            "/starts/paid-twice": {
                "GET": Endpoint(lambda asked: self._starts(asked, self._sandbox.paid_twice()))
            },
            "/prices": {
                "GET": Endpoint(self._prices),
                "PUT": Endpoint(self._set_prices, None),
            },
        }

    def _coins(self, asked: Asked) -> dict[str, Any]:
        coins = self._sandbox.coins
        after, limit = asked.part()
        entries = [
            {
                "number": number,
                "task_id": entry.task_id,
                "amount": entry.amount,
                "reason": entry.reason,
                "at": wire_time(entry.at),
                "request": entry.request,
            }
            for number, entry in enumerate(coins[after : after + limit], after + 1)
        ]
        return {"balance": coins.balance, "total": len(coins), "entries": entries}

    def _set_coins(self, asked: Asked) -> dict[str, Any]:
        self._sandbox.coins.balance = asked.fields["balance"]
        return {"balance": asked.fields["balance"]}

    def _buy_coins(self, asked: Asked) -> dict[str, Any]:
        return {"balance": self._sandbox.buy_coins(asked.fields["amount"])}

    def _refunds(self, _asked: Asked) -> dict[str, Any]:
        return {"failed": self._sandbox.refund_failed}

    def _set_refunds(self, asked: Asked) -> dict[str, Any]:
        self._sandbox.refund_failed = asked.fields["failed"]
        return self._refunds(asked)

    def limits(self, _asked: Asked) -> dict[str, Any]:
        """Return how many tasks may run at once, how one more is refused, and how many run."""
        limit = self._sandbox.running_limit
        return {
            "max_running": limit.max_running,
            "busy_code": limit.busy_code,
            "retry_after": limit.retry_after,
            "running": self._sandbox.running,
        }

    def _set_limits(self, asked: Asked) -> dict[str, Any]:
        self._sandbox.limit_running(**asked.fields)
        return self.limits(asked)

    def _starts(self, asked: Asked, groups: list[RepeatedStart]) -> dict[str, Any]:
        after, limit = asked.part()
        shown = [
            {
                "operation": group.operation,
                "starts": [
                    {
                        "task_ids": list(start.task_ids),
                        "coins": start.coins,
                        "refunded": start.refunded,
                        "at": wire_time(start.at),
                        "request": start.request,
                    }
                    for start in group.starts
                ],
            }
            for group in groups[after : after + limit]
        ]
        return {"starts": self._sandbox.starts, "total": len(groups), "groups": shown}

    def _prices(self, _asked: Asked) -> dict[str, Any]:
        return {"prices": self._sandbox.prices}

    def _set_prices(self, asked: Asked) -> dict[str, Any]:
        known = sorted(self._sandbox.prices)
        checked_fields(asked.fields, [Field(name, whole_number) for name in known])
        for operation, price in asked.fields.items():
            self._sandbox.set_price(operation, price)
        return self._prices(asked)


def _whole_number_or_null(value: object) -> str | None:
    fits = value is None or whole_number(value) is None
    return None if fits else "a whole number, 0 or more, or null for no limit"


def _seconds_or_null(value: object) -> str | None:
    wanted = None if value is None else seconds(value)
    return wanted and f"{wanted}, or null for none"

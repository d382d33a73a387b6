"""The control endpoints of webhooks: what was sent, sending it again, and to whom.

This module owns what they take and return. Sending is left to the package ``webhooks``.
"""

from __future__ import annotations

from threading import Event
from typing import Any

from a2e_sdk.sandbox.sandbox import Sandbox
from a2e_sdk.sandbox.state.clock import wire_time
from a2e_sdk.sandbox.state.deliveries import Delivery, DeliveryInProgressError

from .call import CONTROL_PATH, Asked, ControlRefusedError, Endpoint, Table
from .fields import BadFieldError, Field, boolean, texts

__all__ = ["WebhookEndpoints", "described_delivery"]


class WebhookEndpoints:
    """The endpoints of the webhooks of one sandbox.

    Args:
        sandbox: the sandbox.
        closing: ends what is sent again when it is set.
    """

    def __init__(self, sandbox: Sandbox, closing: Event | None = None) -> None:
        self._sandbox = sandbox
        self._closing = closing

    def table(self) -> Table:
        """Return the endpoints."""
        return {
            "/webhooks": {"GET": Endpoint(self._list)},
            "/webhooks/settings": {
                "GET": Endpoint(self._settings),
                "PUT": Endpoint(
                    self._set_settings, (Field("paused", boolean), Field("hosts", texts))
                ),
            },
            "/webhooks/{id}/redeliver": {"POST": Endpoint(self._redeliver)},
        }

    def _list(self, asked: Asked) -> dict[str, Any]:
        after, limit = asked.part()
        kept = list(self._sandbox.webhooks)
        later = [delivery for delivery in kept if delivery.number > after]
        return {
            "total": self._sandbox.webhooks.total,
            "pending": sum(delivery.state == "pending" for delivery in kept),
            "deliveries": [described_delivery(delivery) for delivery in later[:limit]],
        }

    def _redeliver(self, asked: Asked) -> dict[str, Any]:
        try:
            return described_delivery(
                self._sandbox.webhooks.redeliver(asked.number, closing=self._closing)
            )
        except KeyError:
            text = f"no delivery {asked.number} is kept; {CONTROL_PATH}/webhooks lists them"
            raise ControlRefusedError(404, text) from None
        except DeliveryInProgressError as problem:
            raise ControlRefusedError(409, f"{problem}; wait until it has ended") from None

    def _settings(self, _asked: Asked) -> dict[str, Any]:
        webhooks = self._sandbox.webhooks
        return {"paused": webhooks.paused, "hosts": sorted(webhooks.hosts)}

    def _set_settings(self, asked: Asked) -> dict[str, Any]:
        webhooks = self._sandbox.webhooks
        try:
            webhooks.hosts = asked.fields.get("hosts", webhooks.hosts)
        except ValueError as problem:
            raise BadFieldError(str(problem)) from None
        webhooks.paused = asked.fields.get("paused", webhooks.paused)
        return self._settings(asked)


def described_delivery(delivery: Delivery) -> dict[str, Any]:
    """Return a delivery as JSON, with the token masked.

    Args:
        delivery: the delivery.
    """
    return {
        "number": delivery.number,
        "task_id": delivery.task_id,
        "event": delivery.event,
        "url": delivery.url,
        "state": delivery.state,
        "due_at": wire_time(delivery.due_at),
        "attempts": [
            {
                "at": wire_time(attempt.at),
                "status": attempt.status,
                "seconds": round(attempt.seconds, 6),
                "error": attempt.error,
                "response": attempt.response,
            }
            for attempt in delivery.attempts
        ],
        "headers": delivery.headers,
        "body": delivery.body,
    }

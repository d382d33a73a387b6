"""From a request of the generated client to bytes, and from a broken exchange to an error.

This module owns the headers, the URL and the JSON of what goes out. It is pure.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import attrs

from a2e_api.types import UNSET, Request
from a2e_sdk import errors
from a2e_sdk._checks.redaction import safe_text
from a2e_sdk._checks.validation import require_sendable
from a2e_sdk._config.regions import Address
from a2e_sdk._config.settings import Configuration
from a2e_sdk.version import __version__

from .failures import Delivery, TransportFailure
from .messages import HttpRequest, SendProgress

_SHORTEST_PHASE = 0.001

USER_AGENT = f"a2e-sdk/{__version__} python/{sys.version_info[0]}.{sys.version_info[1]}"


def encode_request(
    request: Request, configuration: Configuration, address: Address | None = None
) -> HttpRequest:
    """Return the HTTP form of a request of the generated client.

    Args:
        request: What a generated ``build_request`` returned.
        configuration: The client's settings.
        address: Where it goes. Default: to the client's own address.

    Raises:
        TypeError: The request has a body that is not JSON, which no operation of the API takes.
        ValueError: JSON in UTF-8 can't express the body.
    """
    if request.files is not UNSET or request.data is not UNSET or request.content is not UNSET:
        raise TypeError(f"{request.operation} has a body that is not JSON.")
    url = (address or configuration.address).base_url + request.path
    if request.query:
        url += "?" + urlencode(_query_texts(request.query), doseq=True)
    headers = {"accept": "application/json", "user-agent": USER_AGENT, **request.headers}
    headers.setdefault("accept-encoding", "gzip, deflate")
    body = None
    if request.json is not UNSET:
        headers["content-type"] = "application/json"
        try:
            body = _json(request.json)
        except ValueError:
            require_sendable(request.json, f"the body of {request.operation}")
            raise
    return HttpRequest(
        request.method.upper(), url, headers, body, configuration.key, configuration.timeout
    )


def _json(value: Any) -> bytes:
    """Return a value as JSON in UTF-8."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        # A lone surrogate, which the server may have sent itself, has no UTF-8 form but an escape.
        return json.dumps(value, separators=(",", ":")).encode("ascii")


def _query_texts(query: Mapping[str, Any]) -> dict[str, Any]:
    """Return query parameters with the truth values as JSON writes them."""
    return {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, value in query.items()
    }


def limit_timeout(
    request: HttpRequest, seconds: float, progress: SendProgress | None = None
) -> HttpRequest:
    """Return the request with no phase, and no exchange, that lasts beyond the time that is left.

    Args:
        request: The request.
        seconds: The time that is left until a deadline.
        progress: Where the transport notes that it begins to write. Default: nowhere.
    """
    timeout = request.timeout
    left = max(seconds, _SHORTEST_PHASE)
    if left < max(timeout.connect, timeout.read, timeout.write, timeout.pool):
        timeout = attrs.evolve(
            timeout,
            connect=min(timeout.connect, left),
            read=min(timeout.read, left),
            write=min(timeout.write, left),
            pool=min(timeout.pool, left),
        )
    # Not by attrs.evolve, which takes three times as long, as every attempt comes here.
    return HttpRequest(
        request.method,
        request.url,
        request.headers,
        request.body,
        request.key,
        timeout,
        left,
        progress,
    )


def connection_error(failure: TransportFailure, operation: str) -> errors.APIConnectionError:
    """Return the error of an exchange that ended without a whole response."""
    error_class = errors.APITimeoutError if failure.timed_out else errors.APIConnectionError
    sent = failure.delivery is not Delivery.NOT_SENT
    return error_class(safe_text(failure.reason), operation=operation, sent=sent)

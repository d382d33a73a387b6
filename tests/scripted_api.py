"""An API whose answers a test writes down by operation, for shapes that the sandbox never sends."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from a2e_api.operations import OPERATIONS
from a2e_sdk._http.failures import Delivery, TransportFailure
from a2e_sdk._http.messages import HttpRequest, HttpResponse
from driver import Driver
from scripted_transport import ScriptedTransport

BASE_URL = "https://api.example.com"

#: An answer that is lost after the server has read the request.
LOST = TransportFailure("the connection broke", Delivery.UNKNOWN)


class ScriptedApi(ScriptedTransport):
    """Answers an operation with the ``data`` it is given, or raises what is an exception.

    A function in its place is called with what was sent, a `Turns` gives one answer after the other.
    """

    def __init__(self, **answers: Any) -> None:
        super().__init__(self._answer)
        self.answers = answers
        self.sent: list[tuple[str, dict[str, Any]]] = []

    @classmethod
    def in_turn(cls, **answers: list[Any]) -> ScriptedApi:
        """Return an API that answers each call of an operation with the next of a list."""
        return cls(**{operation: Turns(*turns) for operation, turns in answers.items()})

    @property
    def operations(self) -> list[str]:
        """The operations that were called, in order."""
        return [operation for operation, _ in self.sent]

    def client(self, driver: Driver, **options: Any) -> Any:
        """Return a client of the driver's mode on this API."""
        return driver.client(api_key="sk_x", base_url=BASE_URL, http_client=self, **options)

    def inputs(self, operation: str) -> list[dict[str, Any]]:
        """Return what was sent to an operation, each time: its query and its body as one."""
        return [values for name, values in self.sent if name == operation]

    def _answer(self, request: HttpRequest) -> HttpResponse:
        operation = operation_of(request)
        query = dict(parse_qsl(urlsplit(request.url).query))
        self.sent.append((operation, {**query, **json.loads(request.body or b"{}")}))
        answer = self.answers[operation]
        if isinstance(answer, Turns):
            answer = answer.next()
        if callable(answer):
            answer = answer(self.sent[-1][1])
        if isinstance(answer, BaseException):
            raise answer
        if isinstance(answer, HttpResponse):
            return answer
        return HttpResponse(200, {}, json.dumps({"code": 0, "data": answer}).encode())


class Turns:
    """Answers for one call after the other; the last one stays."""

    def __init__(self, *answers: Any) -> None:
        self._answers = list(answers)

    def next(self) -> Any:
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def refusal(code: int, message: str = "no", *, status: int = 200) -> HttpResponse:
    """Return an answer that refuses a call."""
    return HttpResponse(status, {}, json.dumps({"code": code, "msg": message}).encode())


def operation_of(request: HttpRequest) -> str:
    """Return the id of the operation that a request is for, a fixed path before one with an id."""
    path = urlsplit(request.url).path
    fitting = [
        operation
        for operation in OPERATIONS.values()
        if operation.method == request.method and _pattern(operation.path).fullmatch(path)
    ]
    return min(fitting, key=lambda operation: "{" in operation.path).id


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(path)))


def paged(rows: list[Mapping[str, Any]], wrap: Any = lambda rows, total: rows) -> Any:
    """Return an answer that gives the page it is asked for, in whatever the test wraps it."""

    def answer(sent: Mapping[str, Any]) -> Any:
        number = int(sent.get("pageNum") or sent["current"])
        size = int(sent["pageSize"])
        return wrap(rows[(number - 1) * size : number * size], len(rows))

    return answer

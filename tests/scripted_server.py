"""A stand-in for the server whose answers a test writes down per operation."""

from __future__ import annotations

import json
from typing import Any

from a2e_api.operations import OPERATIONS
from a2e_sdk.exchange import Delivery, HttpReply, HttpRequest, TransportFailure
from scripted_transport import ScriptedTransport

#: An answer that is lost after the server has read the request.
LOST = TransportFailure("the connection broke", Delivery.UNKNOWN)


def refusal(code: int, message: str = "no", *, status: int = 200) -> HttpReply:
    """Return an answer that refuses."""
    return HttpReply(status, {}, json.dumps({"code": code, "msg": message}).encode())


class ScriptedServer:
    """Answers operations, and keeps what came in.

    Each operation has a list of answers: the ``data`` of a success, an `HttpReply`, an exception
    to raise, or a function of the body; the last one is repeated.
    """

    def __init__(self, **answers: list[Any]) -> None:
        self.answers = answers
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.transport = ScriptedTransport(self._respond)
        self._operations = {
            (operation.method, operation.path): name for name, operation in OPERATIONS.items()
        }

    def bodies(self, operation: str) -> list[dict[str, Any]]:
        """Return the bodies (or queries) of the calls of one operation."""
        return [body for name, body in self.calls if name == operation]

    @property
    def operations(self) -> list[str]:
        """The operations that were called, in order."""
        return [name for name, _ in self.calls]

    def _respond(self, request: HttpRequest) -> HttpReply:
        path, _, query = request.url.split("/", 3)[3].partition("?")
        name = self._operation(request.method, f"/{path}")
        sent = json.loads(request.body) if request.body else {}
        sent |= dict(pair.split("=", 1) for pair in query.split("&") if pair)
        self.calls.append((name, sent))
        answers = self.answers[name]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if callable(answer):
            answer = answer(sent)
        if isinstance(answer, BaseException):
            raise answer
        if isinstance(answer, HttpReply):
            return answer
        body = json.dumps({"code": 0, "data": answer, "trace_id": "t-1"}).encode()
        return HttpReply(200, {}, body)

    def _operation(self, method: str, path: str) -> str:
        name = self._operations.get((method, path))
        if name is None:
            name = self._operations[method, path.rpartition("/")[0] + "/{_id}"]
        return name

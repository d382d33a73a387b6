"""A transport for both clients whose answers a test writes as a function."""

from __future__ import annotations

from collections.abc import Callable

from a2e_sdk._http.messages import HttpRequest, HttpResponse

EMPTY_PAGE = HttpResponse(200, {}, b'{"code":0,"data":{"count":0,"rows":[]},"trace_id":"t-1"}')


class ScriptedTransport:
    """Answers each request with what ``respond`` returns or raises; ``requests`` has them all."""

    def __init__(
        self, respond: Callable[[HttpRequest], HttpResponse] = lambda _: EMPTY_PAGE
    ) -> None:
        self._respond = respond
        self.requests: list[HttpRequest] = []

    def send(self, request: HttpRequest) -> HttpResponse:
        self.requests.append(request)
        return self._respond(request)

    async def send_async(self, request: HttpRequest) -> HttpResponse:
        return self.send(request)

    def close(self) -> None:
        pass

    async def aclose(self) -> None:
        pass

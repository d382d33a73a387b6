"""A transport for both clients whose answers a test writes as a function."""

from __future__ import annotations

from collections.abc import Callable

from a2e_sdk.exchange import HttpReply, HttpRequest

EMPTY_PAGE = HttpReply(200, {}, b'{"code":0,"data":{"count":0,"rows":[]},"trace_id":"t-1"}')


class ScriptedTransport:
    """Answers each request with what ``respond`` returns or raises; ``requests`` has them all."""

    def __init__(self, respond: Callable[[HttpRequest], HttpReply] = lambda _: EMPTY_PAGE) -> None:
        self._respond = respond
        self.requests: list[HttpRequest] = []

    def exchange(self, request: HttpRequest) -> HttpReply:
        self.requests.append(request)
        return self._respond(request)

    async def exchange_async(self, request: HttpRequest) -> HttpReply:
        return self.exchange(request)

    def close(self) -> None:
        pass

    async def aclose(self) -> None:
        pass

"""The server itself: tools as the protocol has them, and questions to the client's user.

This module owns the way from a call to a tool and back: arguments are checked, errors become
results, files become links, and prices are confirmed in the two ways that the protocol has had.
"""

from __future__ import annotations

import hashlib
import json
import mimetypes
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import anyio
import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel.server import Server

from a2e_sdk._checks.json_schema import problem_with
from a2e_sdk._http.instrumentation import logger
from a2e_sdk.errors import APITimeoutError
from a2e_sdk.version import __version__

from . import reading, saving, starting
from .failures import failure_of
from .prices import Confirmation, require_yes, unasked
from .texts import ABOUT_SERVER_TEXT
from .tool_context import ToolContext
from .tools import BY_NAME, Tool, offered
from .work import LONGEST_CALL

Context = ServerRequestContext[Any, Any]

_INSTRUCTIONS = (
    "A2E makes videos, pictures and sound by its engines. find_engines, describe_engine, quote, "
    "start (costs coins), check until it has succeeded, download. A talking video of a text: "
    "list_avatars, list_voices, start 'speech', then start 'avatar-videos' with the result URL of "
    "the speech as audio. Give each start a key of your own, and repeat it with the same key where "
    f"you are not sure: it never pays twice. {ABOUT_SERVER_TEXT}"
)
#: What was asked and not answered yet is forgotten, the oldest first, beyond so many.
_MOST_QUESTIONS = 1_000
_QUESTION = "price"
#: A person takes their time; the client's own timeout may be shorter.
_ANSWER_SECONDS = 600.0

_READING: Mapping[str, Callable[[ToolContext, Mapping[str, Any]], Awaitable[dict[str, Any]]]] = {
    "find_engines": reading.find_engines,
    "describe_engine": reading.describe_engine,
    "list_avatars": reading.list_avatars,
    "list_voices": reading.list_voices,
    "quote": reading.quote,
    "check": reading.check,
    "list_tasks": reading.list_tasks,
    "balance": reading.balance,
    "find_lost_start": reading.find_lost_start,
    "download": saving.download,
}
_PAYING: Mapping[
    str, Callable[[ToolContext, Mapping[str, Any], starting.Ask], Awaitable[dict[str, Any]]]
] = {"start": starting.start, "upload": starting.upload}


class _QuestionLeft(Exception):
    """A question goes out as the result of the call, which its client repeats with the answer."""

    def __init__(self, result: types.InputRequiredResult) -> None:
        super().__init__()
        self.result = result


class _Tools:
    def __init__(self, shared: ToolContext) -> None:
        self._shared = shared
        #: What was asked, by the state that a client gives back: the call and its price.
        self._questions: dict[str, tuple[str, Confirmation]] = {}

    async def offer(
        self, _context: Context, _params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        rows = offered(read_only=self._shared.read_only)
        return types.ListToolsResult(tools=[_shown(tool) for tool in rows])

    async def call(
        self, context: Context, params: types.CallToolRequestParams
    ) -> types.CallToolResult | types.InputRequiredResult:
        try:
            result = await self._called(context, params)
        except _QuestionLeft as left:
            return left.result
        except Exception as error:
            failure = failure_of(error, self._shared.hide)
            logger.info("tool %s: %s", params.name[:60], failure["error"])
            return _result(failure, is_error=True)
        return _result(result, links=self._links(result))

    async def _called(
        self, context: Context, params: types.CallToolRequestParams
    ) -> dict[str, Any]:
        tool, given = BY_NAME.get(params.name), params.arguments or {}
        if tool is None:
            raise ValueError(
                f"there is no tool {params.name[:60]!r}; there are {', '.join(BY_NAME)}."
            )
        if tool.pays:
            starting.require_paying(self._shared)
        _check_arguments(tool, given)
        if tool.pays:
            return await _PAYING[tool.name](self._shared, given, self._asking(context, params))
        with anyio.move_on_after(LONGEST_CALL):
            return await _READING[tool.name](self._shared, given)
        raise APITimeoutError(
            f"A2E did not respond within {LONGEST_CALL:g} seconds", operation=None
        )

    def _asking(self, context: Context, params: types.CallToolRequestParams) -> starting.Ask:
        """Return what asks the user of the client that made a call."""
        digest = hashlib.sha256(
            json.dumps([params.name, params.arguments], sort_keys=True).encode()
        ).hexdigest()

        async def ask(confirmation: Confirmation) -> None:
            if self._is_answered(digest, confirmation, params):
                return
            capabilities = context.session.client_capabilities
            elicitation = None if capabilities is None else capabilities.elicitation
            # A client that names neither mode supports forms.
            if elicitation is None or (elicitation.url is not None and elicitation.form is None):
                raise unasked(confirmation)
            if context.session.can_send_request:
                await _ask_now(context, confirmation)
            else:
                raise _QuestionLeft(self._question(digest, confirmation))

        return ask

    def _is_answered(
        self, digest: str, confirmation: Confirmation, params: types.CallToolRequestParams
    ) -> bool:
        """Tell whether a call brings the yes to its own question.

        Raises:
            PriceRefused: It brings anything but a yes.
        """
        asked = self._questions.pop(params.request_state or "", None)
        answer = (params.input_responses or {}).get(_QUESTION)
        if asked is None or answer is None or asked[0] != digest:
            return False
        require_yes(asked[1], getattr(answer, "action", None), getattr(answer, "content", None))
        # A price that has risen meanwhile is asked again.
        return confirmation.coins <= asked[1].coins

    def _question(self, digest: str, confirmation: Confirmation) -> types.InputRequiredResult:
        state = secrets.token_urlsafe(24)
        self._questions[state] = (digest, confirmation)
        while len(self._questions) > _MOST_QUESTIONS:
            del self._questions[next(iter(self._questions))]
        return types.InputRequiredResult(
            input_requests={_QUESTION: types.ElicitRequest(params=_form(confirmation))},
            request_state=state,
        )

    def _links(self, result: Mapping[str, Any]) -> list[types.ResourceLink]:
        return [
            types.ResourceLink(
                name=row["file"],
                uri=(self._shared.folder.root / row["file"]).as_uri(),
                mime_type=mimetypes.guess_type(row["file"])[0],
                size=row["bytes"],
            )
            for row in result.get("files", ())
        ]


async def _ask_now(context: Context, confirmation: Confirmation) -> None:
    """Ask while the call waits.

    Raises:
        PriceRefused: It is not confirmed.
    """
    action: object = None
    content: object = None
    try:
        with anyio.fail_after(_ANSWER_SECONDS):
            answer = await context.session.elicit_form(
                confirmation.message, confirmation.schema, related_request_id=context.request_id
            )
        action, content = answer.action, answer.content
    except Exception as error:  # Whatever a client makes of the question, it is no yes.
        logger.info("the confirmation of a price ended with %s", type(error).__name__)
    require_yes(confirmation, action, content)


def _form(confirmation: Confirmation) -> types.ElicitRequestFormParams:
    return types.ElicitRequestFormParams(
        message=confirmation.message, requested_schema=confirmation.schema
    )


def _check_arguments(tool: Tool, given: Mapping[str, Any]) -> None:
    """Refuse arguments that are not those of a tool.

    Raises:
        ValueError: One is unknown, missing, or not allowed.
    """
    for name in given:
        if name not in tool.properties:
            known = ", ".join(tool.properties) or "none"
            raise ValueError(f"{tool.name} has no argument {name[:60]!r}; it has {known}.")
    for name in tool.required:
        if given.get(name) is None:
            raise ValueError(f"{name} is missing.")
    for name, value in given.items():
        problem = problem_with(value, tool.properties[name])
        if problem is not None:
            raise ValueError(f"{name} {problem}.")


def _shown(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.input_schema,
        output_schema=tool.output_schema,
        annotations=types.ToolAnnotations(
            title=tool.title,
            read_only_hint=not tool.writes,
            # Coins that are spent are gone.
            destructive_hint=tool.pays,
            idempotent_hint=tool.repeatable,
            open_world_hint=tool.open_world,
        ),
    )


def _result(
    content: Mapping[str, Any],
    *,
    is_error: bool = False,
    links: list[types.ResourceLink] | None = None,
) -> types.CallToolResult:
    text = types.TextContent(text=json.dumps(dict(content), ensure_ascii=False))
    return types.CallToolResult(
        content=[text, *(links or [])], structured_content=dict(content), is_error=is_error
    )


def server_of(shared: ToolContext) -> Server[Any]:
    """Return the server of these tools."""
    tools = _Tools(shared)
    return Server(
        "a2e",
        version=__version__,
        title="A2E",
        instructions=_INSTRUCTIONS,
        on_list_tools=tools.offer,
        on_call_tool=tools.call,
    )

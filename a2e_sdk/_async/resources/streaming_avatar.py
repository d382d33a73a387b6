"""Streaming avatar: an avatar that speaks and answers live, in an Agora channel.

This module owns the life of a session: begun on entry, always left on exit, because it is billed
until then. Joining the channel, to see and hear the avatar, is the work of an Agora client.
"""

from __future__ import annotations

import contextlib
import random
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self

from a2e_api.api.streaming_avatar import (
    add_streaming_question,
    add_streaming_speech,
    leave_streaming_session,
    start_streaming_session,
    update_streaming_context,
)
from a2e_api.models import (
    AddStreamingQuestionRequest,
    AddStreamingSpeechRequest,
    LeaveStreamingSessionRequest,
    StartStreamingSessionRequest,
    UpdateStreamingContextRequest,
)
from a2e_api.types import Request, Response
from a2e_sdk import errors
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.concurrency import complete_async
from a2e_sdk._async.pagination import AsyncPaginator
from a2e_sdk._async.unpaginated import unpaginated_list
from a2e_sdk._checks.validation import MAX_SECONDS, require_text, require_whole_number
from a2e_sdk._http.instrumentation import HookFailed
from a2e_sdk._http.retry import pause_before_retry
from a2e_sdk._tasks.client_state import Start
from a2e_sdk._tasks.interruption import interruption_of
from a2e_sdk._tasks.recovery import may_have_started
from a2e_sdk._wire.records import response_data
from a2e_sdk._wire.to_model.streaming_avatar import streaming_avatar, streaming_channel
from a2e_sdk.models import StreamingAvatar, StreamingChannel

#: How often leaving is tried. Leaving twice changes nothing, so repeating it is always safe.
LEAVE_ATTEMPTS = 3
_LONGEST_CONTEXT = 5000
#: No limit is documented; this one keeps a mistake from being sent.
_LONGEST_TEXT = 100_000


class AsyncStreamingAvatarSection:
    """Live sessions with an avatar.

    The section is in A2E's reference of 2025, marked as being developed, and not in that of 2026.
    """

    def __init__(self, api: AsyncAPIClient) -> None:
        self._api = api

    def avatars(self) -> AsyncPaginator[StreamingAvatar]:
        """List the avatars that can stream (operation ``listStreamingAvatars``).

        The server gives them all at once.

        Returns:
            A listing to iterate; it asks the server when it is iterated, each time anew.
        """
        return unpaginated_list(
            self._api, "list_streaming_avatars", StreamingAvatar, streaming_avatar
        )

    def session(self, avatar: str | StreamingAvatar, *, expires_in: int) -> AsyncStreamingSession:
        """Return a session to enter with ``async with``; this costs coins from there on.

        Args:
            avatar: The avatar, or its id.
            expires_in: Seconds after which the session ends by itself. Coins for all of them are
                taken at the beginning; what is left is given back on leaving. Clients use 60 to
                3,600; more than 1,000,000,000 is refused.

        Returns:
            The session; nothing is sent until it is entered.

        Raises:
            TypeError: The number is not an int, or the avatar is none.
            ValueError: The number is below 1 or above 1,000,000,000, or the id is empty.
        """
        return AsyncStreamingSession(self._api, avatar, expires_in)


class AsyncStreamingSession:
    """A live session with an avatar, from entering its block to leaving it.

    Entering starts it (operation ``startStreamingSession``). Guarantee: leaving the block leaves
    the session on the server too, tried up to 3 times, also after an exception, Ctrl-C, a cancelled
    task, an event loop that shuts down or a hook that raises; what was raised inside is raised
    again, with a note if leaving failed. Only a process that is killed, a response to the start
    that was lost, or Ctrl-C in the blocking client while the start or the leaving is on its way,
    leaves a session behind: that one is billed until its time is over, and but for a killed
    process, a note on the exception says so.

    Args:
        api: What calls the API.
        avatar: The avatar, or its id.
        expires_in: Seconds after which the session ends by itself.

    Raises:
        ServiceBusyError: On entry: all hosts are occupied (code 1001); nothing was started.
        InsufficientCreditsError: On entry: the account has too few coins.
        APIError: On entry: the session was not started; at the end: it could not be left.
    """

    def __init__(self, api: AsyncAPIClient, avatar: str | StreamingAvatar, expires_in: int) -> None:
        identifier = avatar if isinstance(avatar, str) else getattr(avatar, "id", None)
        # Ids of this section may be of any form: clients disagree on the key they are under.
        self._avatar_id = require_text(identifier or "", "avatar", maximum=200)
        self._expires_in = require_whole_number(
            expires_in, "expires_in", minimum=1, maximum=MAX_SECONDS
        )
        self._api = api
        self._live: StreamingChannel | None = None
        self._left = False

    @property
    def details(self) -> StreamingChannel:
        """What an Agora client needs to join: channel, app id, token, uid and end.

        Raises:
            RuntimeError: The session has not been entered.
        """
        if self._live is None:
            raise RuntimeError("this session has not begun: enter it first.")
        return self._live

    @property
    def channel(self) -> str:
        """Name of the Agora channel."""
        return self.details.channel

    @property
    def app_id(self) -> str:
        """Id of the Agora application."""
        return self.details.app_id

    @property
    def token(self) -> str:
        """The secret with which an Agora client joins the channel; not the API key."""
        return self.details.token

    @property
    def uid(self) -> int | None:
        """The user that the token is for, in the channel."""
        return self.details.uid

    @property
    def expires_at(self) -> datetime | None:
        """When the session ends by itself (aware, UTC); reckoned where the server did not say."""
        return self.details.expires_at

    async def set_context(self, text: str) -> None:
        """Tell the avatar what its answers are based on (operation ``updateStreamingContext``).

        Args:
            text: The context, 1 to 5,000 characters.

        Raises:
            ValueError: It is empty or too long; nothing is sent then.
            RuntimeError: The session has not been entered, or was left.
            APIError: The call failed.
        """
        require_text(text, "text", maximum=_LONGEST_CONTEXT)
        body = UpdateStreamingContextRequest(channel=self._open_channel(), text=text)
        await self._send(
            update_streaming_context.build_request(body=body), update_streaming_context.parse
        )

    async def ask(self, text: str) -> None:
        """Ask the avatar a question (operation ``addStreamingQuestion``).

        The response is spoken in the channel, and its text comes there as messages of the Agora
        stream: JSON with ``type`` "QA", ``message``, and ``pos`` start, middle or end.

        Args:
            text: The question.

        Raises:
            ValueError: It is empty; nothing is sent then.
            RuntimeError: The session has not been entered, or was left.
            APIError: The call failed; where its response was lost it is not sent again.
        """
        require_text(text, "text", maximum=_LONGEST_TEXT)
        body = AddStreamingQuestionRequest(channel=self._open_channel(), text=text)
        await self._send(
            add_streaming_question.build_request(body=body), add_streaming_question.parse
        )

    async def speak(self, text: str) -> None:
        """Let the avatar say a text as it is (operation ``addStreamingSpeech``).

        Args:
            text: What to say.

        Raises:
            ValueError: It is empty; nothing is sent then.
            RuntimeError: The session has not been entered, or was left.
            APIError: The call failed; where its response was lost it is not sent again.
        """
        require_text(text, "text", maximum=_LONGEST_TEXT)
        body = AddStreamingSpeechRequest(channel=self._open_channel(), text=text)
        await self._send(add_streaming_speech.build_request(body=body), add_streaming_speech.parse)

    async def leave(self) -> None:
        """End the session on the server, which ends its billing (``leaveStreamingSession``).

        Leaving the block does this; once it has worked, doing it again does nothing. It is tried
        up to 3 times, since repeating it is safe; a cancelled task leaves before it ends.

        Raises:
            RuntimeError: The session has not been entered.
            APIError: The session could not be left: it is billed until ``expires_at``.
        """
        _ = self.details
        if not self._left:
            await complete_async(self._leave)

    async def __aenter__(self) -> Self:
        if self._live is not None:
            raise RuntimeError("a session can be entered once; make another one.")
        try:
            # To its end even in a cancelled task: what has begun must be known to be left.
            await complete_async(self._begin)
            if not (self.token and self.app_id):
                raise errors.UnexpectedResponseError(
                    "the response lacks the app id or the token, so nobody can join the session",
                    operation="start_streaming_session",
                    http_status=200,
                )
        except BaseException as exception:
            if self._live is not None:
                await self._leave_after(exception)
            raise
        return self

    async def __aexit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if exception is None:
            await self.leave()
        else:
            await self._leave_after(exception)

    async def _leave_after(self, exception: BaseException) -> None:
        """Leave, and let what was raised before be what is raised, unless this is cut short too."""
        try:
            await self.leave()
        except Exception as failure:
            if self._left:
                note = f"The streaming session {self.channel} was left, but then a hook failed: "
                exception.add_note(f"{note}{type(failure).__name__}: {failure}")
            else:
                exception.add_note(
                    f"The streaming session {self.channel} could not be left and is billed until "
                    f"{self.expires_at}; call its leave() again. {failure}"
                )

    async def _begin(self) -> None:
        """Start the session; its channel is kept whatever happens once it was read."""
        body = StartStreamingSessionRequest(
            avatar_id=self._avatar_id, expire_seconds=self._expires_in
        )
        request = start_streaming_session.build_request(body=body)
        end = self._api.server_time() + timedelta(seconds=self._expires_in)
        start = Start()
        try:
            response = await self._api.call_async(
                request, start_streaming_session.parse, start=start
            )
            self._live = _channel(response, request.operation, end)
            return
        except BaseException as error:
            if start.response is not None:
                with contextlib.suppress(errors.UnexpectedResponseError):
                    self._live = _channel(start.response, request.operation, end)
            interruption = interruption_of(error)
            if self._live is None and start.may_have_begun:
                interruption.add_note(
                    "The session may have begun. Its channel is not known, so it can't be left; "
                    f"it is then billed until {end:%Y-%m-%d %H:%M:%S} UTC."
                )
            if interruption is error:
                raise
        raise interruption

    async def _leave(self) -> None:
        """Leave; what keeps that from happening says which session goes on."""
        try:
            await self._try_to_leave()
        except BaseException as failure:
            if not self._left:
                failure.add_note(
                    f"The streaming session {self.channel} may go on, and is then billed until "
                    f"{self.expires_at}; call its leave() again."
                )
            raise

    async def _try_to_leave(self) -> None:
        body = LeaveStreamingSessionRequest(channel=self.channel)
        request = leave_streaming_session.build_request(body=body)
        api, failed_hook = self._api, None
        attempts, perhaps_left = 0, False
        while True:
            # The note on what interrupts it is written by `_leave`: leaving is never charged.
            start = Start()
            try:
                await api.call_async(request, leave_streaming_session.parse, start=start)
                break
            except HookFailed as failed:
                failed_hook = failed.error
                if start.payload is not None:
                    break
                # No hook keeps a session alive: it is left without them.
                api = self._api.without_hooks()
                perhaps_left = perhaps_left or start.may_have_begun
            except (errors.AuthenticationError, errors.PermissionDeniedError):
                raise
            except errors.APIError as error:
                attempts += 1
                refused = isinstance(error, errors.BadRequestError | errors.NotFoundError)
                # A session that was left by an attempt whose response was lost is there no more.
                if refused and perhaps_left:
                    break
                if refused or attempts == LEAVE_ATTEMPTS:
                    raise
                perhaps_left = perhaps_left or may_have_started(error)
                seconds = pause_before_retry(attempts - 1, None, random.random())
                await self._api.clock.pause_async(seconds)
        self._left = True
        if failed_hook is not None:
            raise failed_hook

    def _open_channel(self) -> str:
        channel = self.channel
        if self._left:
            raise RuntimeError("this session was left.")
        return channel

    async def _send(self, request: Request, parse: Any) -> None:
        await self._api.call_async(request, parse)

    def __repr__(self) -> str:
        state = "not begun" if self._live is None else "left" if self._left else "live"
        return f"{type(self).__name__}(avatar={self._avatar_id!r}, {state})"


def _channel(response: Response[Any], operation: str, end: datetime) -> StreamingChannel:
    """Return the channel of a session that has begun.

    Args:
        response: The response to the start.
        operation: The operation.
        end: When the session ends, where the server does not say.

    Raises:
        UnexpectedResponseError: The response names no channel.
    """
    session = response_data(response, operation)
    if session is None or not session.channel:
        raise errors.UnexpectedResponseError(
            "the response names no channel", operation=operation, http_status=response.status_code
        )
    return streaming_channel(session, otherwise=end)

"""Speech: texts spoken by public voices and by clones.

This module owns the calls of this section; arguments are checked in ``_wire.speech_arguments``,
and voices themselves are in ``voices``.
"""

from __future__ import annotations

from a2e_api.operations import OPERATIONS
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.page_sources import AsyncPagedSource
from a2e_sdk._async.pagination import AsyncPaginator
from a2e_sdk._async.records import call_operation
from a2e_sdk._checks.validation import require_id, require_listing
from a2e_sdk._wire.records import RawPage, page_of, url_in
from a2e_sdk._wire.speech_arguments import speech_values
from a2e_sdk._wire.to_model.speech import speech_preview
from a2e_sdk.models import Speech, SpeechPreview, Voice, VoiceClone


class AsyncSpeechSection:
    """Text to speech.

    Attributes:
        previews: What was spoken in the last 24 hours.
    """

    def __init__(self, api: AsyncAPIClient) -> None:
        self._api = api
        self.previews = AsyncSpeechPreviews(api)

    async def create(
        self,
        text: str,
        *,
        voice: str | Voice | None = None,
        clone: str | VoiceClone | None = None,
        speech_rate: float | None = None,
        country: str | None = None,
        region: str | None = None,
    ) -> Speech:
        """Speak a text; this costs coins (operation ``addSpeech``).

        The audio is there when this returns. It is never sent twice: where the response is lost,
        the error is raised, and the audio may be among `previews`. The arguments are in A2E's
        reference; that the response is a URL alone is as eight clients read it.

        Args:
            text: What to say, 1 to 1,000 characters (the limit for API keys).
            voice: A public voice of ``a2e.voices.list()``, or its id (24 hexadecimal digits).
                Default: the server's choice for the language, as clients call it; A2E's reference
                asks for this or ``clone``.
            clone: A finished clone of ``a2e.voices.clones``, or its ``voice_id``. Not together
                with ``voice``.
            speech_rate: How fast, from 0.5 to 2. Default: the server's choice, 1.
            country: The language, as ``code`` of ``a2e.voices.languages()``; together with
                ``region``. Default: ``"en"``.
            region: Where it is spoken, likewise. Default: ``"US"``.

        Returns:
            The speech; ``a2e.download(speech.url, path)`` fetches its audio.

        Raises:
            TypeError: An argument is of a wrong type; nothing is sent then.
            ValueError: Both ``voice`` and ``clone`` are given, the clone is not finished, or an
                argument is out of range; nothing is sent then.
            InsufficientCreditsError: The account has too few coins.
            ContentRejectedError: The server's moderation refused the text.
            UnexpectedResponseError: The response holds no URL.
            APIError: The call failed in another way.
        """
        body, voice_id = speech_values(text, voice, clone, speech_rate, country, region)
        payload = await call_operation(self._api, "add_speech", **body)
        url = url_in(payload.get("data"), "add_speech")
        return Speech(url=url, text=text, voice_id=voice_id, raw=payload)


class AsyncSpeechPreviews:
    """What was spoken in the last 24 hours."""

    def __init__(self, api: AsyncAPIClient) -> None:
        self._api = api

    def list(
        self, *, page_size: int = 100, limit: int | None = None
    ) -> AsyncPaginator[SpeechPreview]:
        """List the speech of the last 24 hours (operation ``listSpeechPreviews``).

        The operation is in A2E's reference, which does not describe its response; see
        `SpeechPreview` for what is read of it.

        Args:
            page_size: How many to ask for at once, from 1 to 100. Default 100.
            limit: How many to yield at the most. Default: all.

        Returns:
            A listing to iterate; it asks the server when it is iterated, each time anew.

        Raises:
            ValueError: The page size or the limit is out of range.
        """
        require_listing(page_size, limit)
        source = AsyncPagedSource("list_speech_previews", SpeechPreview, self._read_page)
        return AsyncPaginator(source, page_size, limit=limit)

    async def _read_page(self, number: int, size: int) -> RawPage[SpeechPreview]:
        operation = OPERATIONS["list_speech_previews"]
        payload = await call_operation(self._api, operation.id, current=number, page_size=size)
        return page_of(payload, operation, speech_preview, number, size)

    async def delete(self, preview: str | SpeechPreview) -> None:
        """Delete a speech of the last 24 hours (operation ``deleteSpeechPreview``).

        Args:
            preview: The speech of `list`, or its id (24 hexadecimal digits).

        Raises:
            ValueError: It is no id.
            NotFoundError: The server knows no such speech.
            APIError: The call failed in another way.
        """
        await call_operation(self._api, "delete_speech_preview", id=require_id(preview))

"""Voices: the public ones, the languages they speak, and clones of people's own.

This module owns the arguments of this section's operations; what every task can do is in
``_async.tasks``, and how groups become voices is in ``_wire.to_model.voices``.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Sequence
from typing import Literal, Required, TypedDict, Unpack

from a2e_api.operations import OPERATIONS
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.page_sources import AsyncWholeSource
from a2e_sdk._async.pagination import AsyncPaginator
from a2e_sdk._async.records import call_for_records, call_operation
from a2e_sdk._async.tasks.operations import AsyncDelete, AsyncRename, AsyncRunning
from a2e_sdk._async.unpaginated import whole_page
from a2e_sdk._checks.validation import require_text
from a2e_sdk._files.options import UploadProgress
from a2e_sdk._files.sources import FileInput
from a2e_sdk._wire.family_table import VOICE_CLONES
from a2e_sdk._wire.records import RawPage, data_of
from a2e_sdk._wire.to_model.voices import voice_language, voices_of
from a2e_sdk.models import Voice, VoiceClone, VoiceLanguage
from a2e_sdk.models.progress import ProgressOption


class AsyncVoices:
    """Voices to speak with.

    Attributes:
        clones: Clone voices from samples, and manage the clones.
    """

    def __init__(self, api: AsyncAPIClient) -> None:
        self._api = api
        self.clones = AsyncVoiceClones(api)

    def list(
        self, *, country: str = "en", region: str = "US", language: str | None = None
    ) -> AsyncPaginator[Voice]:
        """List the public voices of a language (operation ``listPublicVoices``).

        The server nests them in groups by gender, and gives them all at once; here they come one
        by one. The arguments are in A2E's reference; the response is as clients read it.

        Args:
            country: The language, as ``code`` of `languages` has it. Default ``"en"``.
            region: Where it is spoken, as ``code`` of its ``regions``. Default ``"US"``.
            language: The locale that the server groups voices by, such as ``"en-US"`` (its
                ``voice_map_type``). Default: the server's choice, which is ``"en-US"``.

        Returns:
            A listing to iterate; it asks the server when it is iterated, each time anew.

        Raises:
            TypeError: An argument is no str.
            ValueError: An argument is empty.
        """
        query = {
            "country": _code(country, "country"),
            "region": _code(region, "region"),
            "voice_map_type": None if language is None else _code(language, "language"),
        }

        operation = OPERATIONS["list_public_voices"]

        async def read_all() -> RawPage[Voice]:
            payload = await call_operation(self._api, operation.id, **query)
            return whole_page(voices_of(data_of(payload, operation) or ()))

        return AsyncPaginator(AsyncWholeSource(operation.id, Voice, read_all), page_size=100)

    async def languages(self, *, language: str | None = None) -> builtins.list[VoiceLanguage]:
        """List the languages and regions that voices speak (operation ``listVoiceLanguages``).

        The operation is in A2E's reference, which describes its response in a sentence only.

        Args:
            language: The locale that the server groups voices by, such as ``"en-US"``. Default:
                the server's choice.

        Returns:
            The languages; their codes are what `list` and speech take.

        Raises:
            TypeError: The argument is no str.
            ValueError: The argument is empty.
            APIError: The call failed.
        """
        body = {} if language is None else {"voice_map_type": _code(language, "language")}
        records = await call_for_records(self._api, "list_voice_languages", **body)
        return [voice_language(record) for record in records]


class VoiceCloneStart(TypedDict, total=False):
    """The arguments of `AsyncVoiceClones.create`, which has their description."""

    samples: Required[Sequence[FileInput]]
    name: str | None
    gender: Literal["female", "male"] | None
    model: Literal["a2e", "cartesia", "minimax", "elevenlabs"] | None
    language: str | None
    denoise: bool | None
    enhance_voice_similarity: bool | None
    webhook_url: str | None
    webhook_token: str | None
    key: str | None
    max_coins: float | None
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class AsyncVoiceClones(AsyncRunning[VoiceClone], AsyncDelete[VoiceClone], AsyncRename[VoiceClone]):
    """The account's voice clones.

    ``list`` has the finished ones (``listVoiceClones``): a clone that failed never appears there.
    ``running`` reads ``listRunningVoiceClones``; `get` and `wait` see failures too. The server
    trains one clone of an account at a time, in a minute or two as a rule.
    """

    def __init__(self, api: AsyncAPIClient) -> None:
        super().__init__(api, VOICE_CLONES)

    async def create(
        self,
        *,
        samples: Sequence[FileInput],
        name: str | None = None,
        gender: Literal["female", "male"] | None = None,
        model: Literal["a2e", "cartesia", "minimax", "elevenlabs"] | None = None,
        language: str | None = None,
        denoise: bool | None = None,
        enhance_voice_similarity: bool | None = None,
        webhook_url: str | None = None,
        webhook_token: str | None = None,
        key: str | None = None,
        max_coins: float | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> VoiceClone:
        """Start to clone a voice; this costs coins (operation ``startVoiceClone``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin (429, 503 with Retry-After). Where its response was lost,
        the clone is looked for among those in training.

        Args:
            samples: Recordings of one person speaking clearly, together 15 to 60 seconds (another
                page of A2E's says at least 30): paths, bytes, files open for reading bytes, or URLs
                (public, without redirects and spaces); mp3, wav or m4a. Local files are uploaded,
                which costs coins too.
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose response was lost easiest to find.
            gender: ``"female"`` or ``"male"``. Default: the server's choice, ``"female"``.
            model: What clones it, which decides the price: ``"a2e"``, ``"cartesia"``,
                ``"minimax"`` or ``"elevenlabs"``. Default: the server's choice, ``"a2e"``.
            language: The locale of the samples, such as ``"en-US"``. Default: the server guesses.
            denoise: Whether to remove noise from the samples. Default: the server's choice.
            enhance_voice_similarity: Whether to bring the clone nearer to the samples. Default:
                the server's choice.
            webhook_url: https URL, at most 2,048 characters, called once when the task ends.
            webhook_token: A secret of at most 256 characters that comes back with that call.
            key: A name for this start, 1 to 200 characters, under which it is made at most once for
                ever, by all who share the client's journal: given again with the same inputs, it
                returns the same task as it is then, and costs nothing.
            max_coins: What it may cost at the most, in coins; its price is asked before, and it
                counts where the server gives none. Default: any sum that the budget allows.
            resend_if_unknown: Start once more when the response was lost and no clone could be
                found in 30 seconds. The first one may yet turn up: it is then paid twice.
            on_upload: Called with the bytes sent and the bytes of all local files together.

        Returns:
            The clone as the server accepted it; it can speak once `wait` has returned it.

        Raises:
            ValueError: An argument is not allowed; nothing is sent then.
            TypeError: An argument is of a wrong type; nothing is sent then.
            OSError: A local file can't be read; nothing is sent then.
            BudgetExceededError: It would cost more than the budget or ``max_coins`` allows;
                nothing is sent then.
            KeyConflictError: The key was started with other inputs; nothing is sent then.
            JournalError: The journal can't be used; nothing is sent then.
            PermissionDeniedError: The account has as many clones as it may have.
            InsufficientCreditsError: The account has too few coins.
            SubmissionUnknownError: The response was lost, and no clone was found in 30 seconds.
            APIError: The clone was not started; the class tells why.
        """
        return await self._start(
            {
                "samples": samples,
                "name": name,
                "gender": gender,
                "model": model,
                "language": language,
                "denoise": denoise,
                "enhance_voice_similarity": enhance_voice_similarity,
                "webhook_url": webhook_url,
                "webhook_token": webhook_token,
                "key": key,
                "max_coins": max_coins,
                "resend_if_unknown": resend_if_unknown,
                "on_upload": on_upload,
            }
        )

    async def run(
        self,
        *,
        timeout: float = 1800.0,
        on_update: Callable[[VoiceClone], object] | None = None,
        poll: float | None = None,
        progress: ProgressOption = False,
        **start: Unpack[VoiceCloneStart],
    ) -> VoiceClone:
        """Clone a voice and wait until it can speak: `create`, then `wait`.

        Args:
            timeout: Seconds to wait at the most. Default 1,800.
            on_update: Called with the clone when it was started, and whenever it has changed.
            poll: Seconds between two looks. Default: learnt from how long such tasks took.
            progress: Whether to show how far it is, in a notebook or a terminal; or a function that
                is called with a `Progress`, four times a second at the most. Default: False.
            start: The arguments of `create`.

        Returns:
            The finished clone.

        Raises:
            ValueError: An argument is not allowed; nothing is sent then.
            TaskFailedError: The training failed; ``error.task`` has the clone.
            WaitTimeoutError: The time is over; ``error.task_id`` is there to wait again.
            SubmissionUnknownError: Whether the training was started is not known.
            APIError: The clone was not started, or the key is not accepted.
        """
        return await self._run(start, timeout, on_update, poll, progress)


#: No code of a language or region is longer than this.
_LONGEST_CODE = 40


def _code(value: str, name: str) -> str:
    return require_text(value, name, maximum=_LONGEST_CODE)

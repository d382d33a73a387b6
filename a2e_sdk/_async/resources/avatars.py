"""Avatars: those that there are, and the trainings that make your own.

This module owns the calls of this section, and the way from a training to its avatar, which has an
id of its own; what every task can do is in ``_async.tasks``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypedDict, Unpack

import attrs

from a2e_sdk import errors
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.pagination import AsyncPaginator
from a2e_sdk._async.records import call_for_records
from a2e_sdk._async.tasks.operations import AsyncDelete, AsyncGetMany, AsyncRunning
from a2e_sdk._async.unpaginated import unpaginated_list
from a2e_sdk._checks.redaction import WORD_LENGTH, safe_text
from a2e_sdk._checks.validation import require_id, require_one_of
from a2e_sdk._files.options import UploadProgress
from a2e_sdk._files.sources import FileInput
from a2e_sdk._wire.family_table import AVATAR_TRAININGS
from a2e_sdk._wire.start_arguments import check_training
from a2e_sdk._wire.to_model.avatars import avatar as friendly_avatar
from a2e_sdk._wire.to_model.avatars import avatar_of_training
from a2e_sdk.models import Avatar, AvatarTraining
from a2e_sdk.models.progress import ProgressOption

_KINDS = ("custom", "default")


class AsyncAvatars:
    """Avatars: the people that can speak in your videos.

    The list of avatars is known from A2E's navigation and from clients; the reference of 2026 does
    not have it.

    Attributes:
        trainings: Make avatars of your own.
    """

    def __init__(self, api: AsyncAPIClient) -> None:
        self._api = api
        self.trainings = AsyncAvatarTrainings(api)

    def list(self, *, kind: Literal["default", "custom"] | None = None) -> AsyncPaginator[Avatar]:
        """List the avatars (operation ``listAvatars``).

        The server gives them all at once.

        Args:
            kind: ``"default"`` for those of the service, ``"custom"`` for yours. Default: what the
                server gives without a kind, which is meant to be all.

        Returns:
            A listing to iterate; it asks the server when it is iterated, each time anew.

        Raises:
            ValueError: It is another kind.
        """
        if kind is None:
            return unpaginated_list(self._api, "list_avatars", Avatar, friendly_avatar)
        require_one_of(kind, "kind", _KINDS)
        return unpaginated_list(self._api, "list_avatars", Avatar, friendly_avatar, type_=kind)

    async def get(self, avatar: str | Avatar) -> Avatar:
        """Find an avatar by its id, among yours first (operation ``listAvatars``).

        The server has no operation to read one; this takes one call or two.

        Args:
            avatar: The avatar, or its id (24 hexadecimal digits).

        Returns:
            The avatar as it is now, and which kind it is.

        Raises:
            ValueError: It is no id.
            NotFoundError: The server lists no such avatar. The id of a training is none: see
                `trainings`, and its ``avatar_of``.
            APIError: A call failed.
        """
        identifier = require_id(avatar, "avatar")
        for kind in _KINDS:
            for one in await unpaginated_list(
                self._api, "list_avatars", Avatar, friendly_avatar, type_=kind
            ).to_list():
                if one.id == identifier:
                    return attrs.evolve(one, kind=one.kind or kind)
        raise errors.NotFoundError(
            f"there is no avatar {identifier}", operation="list_avatars", http_status=200
        )


class AvatarTrainingStart(TypedDict, total=False):
    """The arguments of `AsyncAvatarTrainings.create`, which has their description."""

    video: FileInput | None
    image: FileInput | None
    name: str | None
    gender: Literal["female", "male"] | None
    background_color: str | None
    background_image: FileInput | None
    model_version: str | None
    prompt: str | None
    negative_prompt: str | None
    skip_preview: bool | None
    key: str | None
    max_coins: float | None
    resend_if_unknown: bool
    on_upload: UploadProgress | None


class AsyncAvatarTrainings(
    AsyncGetMany[AvatarTraining], AsyncRunning[AvatarTraining], AsyncDelete[AvatarTraining]
):
    """The trainings that make avatars of your own.

    A training counts as finished when its status says so or when its avatar is there, whichever
    comes first: some records never say that they are completed.
    """

    def __init__(self, api: AsyncAPIClient) -> None:
        super().__init__(api, AVATAR_TRAININGS)

    async def create(
        self,
        *,
        video: FileInput | None = None,
        image: FileInput | None = None,
        name: str | None = None,
        gender: Literal["female", "male"] | None = None,
        background_color: str | None = None,
        background_image: FileInput | None = None,
        model_version: str | None = None,
        prompt: str | None = None,
        negative_prompt: str | None = None,
        skip_preview: bool | None = None,
        key: str | None = None,
        max_coins: float | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> AvatarTraining:
        """Start to make an avatar from a video or an image (operation ``startAvatarTraining``).

        From a video it is free, from an image it costs coins (30 by one client). Local files are
        uploaded first, which costs coins too. Guarantee: the start is sent again only if it
        provably never reached the server, or the server said that it did not begin.

        Args:
            video: A video of one person's face, mp4 or mov of 10 seconds or more: a path, bytes, a
                file open for reading bytes, or a URL (public, without redirects and spaces).
            image: An image of one person's face, likewise. Exactly one of both is needed.
            name: A label of 1 to 200 characters. Default: a unique one is made, which also makes
                a start whose response was lost easiest to find.
            gender: ``"female"`` or ``"male"``; the reference of 2025 demands it, that of 2026 does
                not have it. Default: not sent.
            background_color: Colour of the background in the video, such as
                ``rgba(255,255,255,1)``. Default: none.
            background_image: Image of the background in the video, a file or a URL. Default: none.
            model_version: The model, ``"V2.0"`` or ``"V2.1"`` in 2025. Default: the server's
                choice, as also for what follows.
            prompt: What is wanted of the avatar; known from 2025.
            negative_prompt: What is not wanted; known from 2025.
            skip_preview: Whether to leave out the preview; known from 2025.
            key: A name for this start, 1 to 200 characters, under which it is made at most once for
                ever, by all who share the client's journal: given again with the same inputs, it
                returns the same task as it is then, and costs nothing.
            max_coins: What it may cost at the most, in coins; its price is asked before, and it
                counts where the server gives none. Default: any sum that the budget allows.
            resend_if_unknown: Start once more when the response was lost and no training could be
                found in 30 seconds. The first one may yet turn up: it is then paid twice.
            on_upload: Called with the bytes sent and the bytes of all local files together.

        Returns:
            The training as the server accepted it; when it has ended, `avatar_of` gives its avatar.

        Raises:
            ValueError: An argument is not allowed; nothing is sent then.
            TypeError: An argument is of a wrong type; nothing is sent then.
            OSError: A local file can't be read; nothing is sent then.
            BudgetExceededError: It would cost more than the budget or ``max_coins`` allows;
                nothing is sent then.
            KeyConflictError: The key was started with other inputs; nothing is sent then.
            JournalError: The journal can't be used; nothing is sent then.
            InsufficientCreditsError: The account has too few coins.
            ContentRejectedError: The server's moderation refused the content.
            SubmissionUnknownError: The response was lost, and no training was found in 30 seconds.
            APIError: The training was not started; the class tells why.
        """
        return await self._start(
            {
                "video": video,
                "image": image,
                "name": name,
                "gender": gender,
                "background_color": background_color,
                "background_image": background_image,
                "model_version": model_version,
                "prompt": prompt,
                "negative_prompt": negative_prompt,
                "skip_preview": skip_preview,
                "key": key,
                "max_coins": max_coins,
                "resend_if_unknown": resend_if_unknown,
                "on_upload": on_upload,
            }
        )

    async def run(
        self,
        *,
        timeout: float = 3600.0,
        on_update: Callable[[AvatarTraining], object] | None = None,
        poll: float | None = None,
        progress: ProgressOption = False,
        **start: Unpack[AvatarTrainingStart],
    ) -> AvatarTraining:
        """Start a training and wait until it has ended: `create`, then `wait`.

        Args:
            timeout: Seconds to wait at the most. Default 3,600.
            on_update: Called with the training when it was started, and whenever it has changed.
            poll: Seconds between two looks. Default: learnt from how long such trainings took.
            progress: Whether to show how far it is, in a notebook or a terminal; or a function that
                is called with a `Progress`, four times a second at the most. Default: False.
            start: The arguments of `create`.

        Returns:
            The finished training; `avatar_of` gives its avatar.

        Raises:
            ValueError: An argument is not allowed; nothing is sent then.
            TaskFailedError: The training failed; ``error.task`` has it.
            WaitTimeoutError: The time is over; ``error.task_id`` is there to wait again.
            SubmissionUnknownError: Whether the training was started is not known.
            APIError: The training was not started, or the key is not accepted.
        """
        return await self._run(start, timeout, on_update, poll, progress)

    async def _start(
        self, arguments: Mapping[str, Any], within: float | None = None
    ) -> AvatarTraining:
        check_training(arguments)
        return await super()._start(arguments, within)

    async def avatar_of(self, training: str | AvatarTraining) -> Avatar:
        """Return the avatar that a training has made (operation ``listAvatars`` at the most).

        The training's record names it, or the avatars are asked which of them came from it; so
        nobody has to join two lists.

        Args:
            training: The training, or its id (24 hexadecimal digits).

        Returns:
            The avatar, ready for ``a2e.avatar_videos.create``; with few fields where the record
            named it.

        Raises:
            ValueError: It is no id.
            NotFoundError: The training has no avatar yet, or the server does not know it.
            APIError: A call failed in another way.
        """
        identifier = require_id(training, "training")
        record = training if isinstance(training, AvatarTraining) else None
        if record is None or record.avatar_id is None:
            record = await self._reader.read(identifier)
        named = avatar_of_training(record)
        if named is not None:
            return named
        listing = unpaginated_list(
            self._api,
            "list_avatars",
            Avatar,
            friendly_avatar,
            type_="custom",
            user_video_twin_id=record.twin_id,
        )
        for avatar in await listing.to_list():
            # A server that ignores the filter would give an avatar of another training.
            if avatar.id and avatar.training_id in (record.twin_id, identifier):
                return attrs.evolve(avatar, kind="custom")
        hide = self._api.configuration.key.redact
        word = safe_text(record.raw_status or "begun", WORD_LENGTH, hide)
        raise errors.NotFoundError(
            f"the training {identifier} has no avatar yet: it is {word}",
            operation="list_avatars",
            http_status=200,
        )

    async def continue_training(self, training: str | AvatarTraining) -> Mapping[str, Any]:
        """Train a lip-sync model for an avatar (operation ``startContinuedTraining``).

        Only for avatars from a video. It costs coins (one diamond in early 2025) and takes about
        two hours. It is sent again only if it provably never reached the server. `wait` is of no
        use here: the avatar is there already, so look at ``get(training).raw_status``.

        Args:
            training: The finished training, or its id (24 hexadecimal digits).

        Returns:
            The record in the server's own words, which no reference describes; empty without one.

        Raises:
            ValueError: It is no id.
            InsufficientCreditsError: The account has too few coins.
            APIConnectionError: No response came; where ``error.sent`` it may have begun.
            APIError: The call failed in another way.
        """
        return await self._begin("start_continued_training", training)

    async def clone_voice(self, training: str | AvatarTraining) -> Mapping[str, Any]:
        """Clone the voice in a training's video (operation ``startVoiceCloneFromVideo``).

        This is known from clients only: neither the price nor the response is described. It is sent
        again only if it provably never reached the server.

        Args:
            training: The training, or its id (24 hexadecimal digits).

        Returns:
            The record in the server's own words; empty without one.

        Raises:
            ValueError: It is no id.
            InsufficientCreditsError: The account has too few coins.
            APIConnectionError: No response came; where ``error.sent`` it may have begun.
            APIError: The call failed in another way.
        """
        return await self._begin("start_voice_clone_from_video", training)

    async def delete(self, task: str | AvatarTraining) -> None:
        """Remove a training together with its avatar (operation ``deleteAvatarTraining``).

        Args:
            task: The training, or its id (24 hexadecimal digits).

        Raises:
            ValueError: It is no id.
            BadRequestError: The server refuses it, or the id is unknown.
            APIError: The call failed in another way.
        """
        await super().delete(task)

    async def _begin(self, operation: str, training: str | AvatarTraining) -> Mapping[str, Any]:
        identifier = require_id(training, "training")
        records = await call_for_records(self._api, operation, id=identifier)
        return records[0] if records else {}

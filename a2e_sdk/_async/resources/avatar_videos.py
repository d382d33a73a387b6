"""Avatar videos: an avatar speaks what an audio says, or what a text says.

This module owns the calls of this section, what is looked up before a video can start, and the
recipe from a text to a talking video. What the arguments mean to the server is decided in
``_wire.avatar_video_arguments``; what every task can do is in ``_async.tasks``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Required, TypedDict, Unpack

import attrs

from a2e_api.api.avatar_videos import get_text_language, update_public_pool
from a2e_api.models import GetTextLanguageRequest, UpdatePublicPoolRequest
from a2e_sdk import errors
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.files.uploads import AsyncUploader
from a2e_sdk._async.tasks.operations import AsyncListableTasks
from a2e_sdk._checks.validation import require_seconds, require_text
from a2e_sdk._files.options import UploadProgress
from a2e_sdk._files.sources import FileInput
from a2e_sdk._progress.reporter import reporting
from a2e_sdk._wire.avatar_video_arguments import (
    FILES,
    Captions,
    Layout,
    VideoPlan,
    plan_video,
    video_file,
)
from a2e_sdk._wire.family_table import AVATAR_VIDEOS
from a2e_sdk._wire.records import response_data
from a2e_sdk._wire.speech_arguments import speech_values
from a2e_sdk.models import Avatar, AvatarVideo, Background, Voice, VoiceClone
from a2e_sdk.models.progress import ProgressOption

from .avatars import AsyncAvatars
from .backgrounds import AsyncBackgrounds
from .speech import AsyncSpeechSection

_LONGEST_TEXT = 100_000


class AvatarVideoOptions(TypedDict, total=False):
    """What `AsyncAvatarVideos.create` and `speak` both take; the former has their description."""

    custom: bool | None
    title: str | None
    resolution: int | None
    background: str | Background | None
    layout: Layout | None
    avatar_background_image: FileInput | None
    avatar_background_color: str | None
    smart_motion: bool | None
    use_public_pool: bool | None
    webhook_url: str | None
    webhook_token: str | None
    on_upload: UploadProgress | None


class AvatarVideoStart(AvatarVideoOptions, total=False):
    """The arguments of `AsyncAvatarVideos.create`, which has their description."""

    avatar: Required[str | Avatar]
    audio: Required[FileInput]
    captions: str | Captions | None
    key: str | None
    max_coins: float | None
    resend_if_unknown: bool


class AsyncAvatarVideos(AsyncListableTasks[AvatarVideo]):
    """The account's avatar videos.

    They can't be deleted: A2E's navigation names the operation, but no source prints its path. The
    server's list has image-to-video tasks among them.
    """

    def __init__(self, api: AsyncAPIClient) -> None:
        super().__init__(api, AVATAR_VIDEOS)

    async def create(
        self,
        *,
        avatar: str | Avatar,
        audio: FileInput,
        custom: bool | None = None,
        title: str | None = None,
        resolution: int | None = None,
        captions: str | Captions | None = None,
        background: str | Background | None = None,
        layout: Layout | None = None,
        avatar_background_image: FileInput | None = None,
        avatar_background_color: str | None = None,
        smart_motion: bool | None = None,
        use_public_pool: bool | None = None,
        webhook_url: str | None = None,
        webhook_token: str | None = None,
        key: str | None = None,
        max_coins: float | None = None,
        resend_if_unknown: bool = False,
        on_upload: UploadProgress | None = None,
    ) -> AvatarVideo:
        """Start a video in which an avatar speaks; this costs coins (``startAvatarVideo``).

        Guarantee: the start is sent again only if it provably never reached the server, or the
        server said that it did not begin. Local files are uploaded first, which costs coins too.
        Where the response was lost, the video is looked for by its title; that the server's list
        shows titles is not documented, so it may end in `SubmissionUnknownError`.

        Args:
            avatar: The avatar, or its id (24 hexadecimal digits); not the id of its training.
            audio: What it says: a path, bytes, a file open for reading bytes, or a URL (public,
                without redirects and spaces).
            custom: Whether the avatar is one of yours; for a bare id only. Default: it is looked up
                in the lists of avatars, with one free call or two.
            title: A label of 1 to 40 characters. Default: a unique one is made.
            resolution: Pixels, 1080 or 720. Default 1080.
            captions: The script to show as captions; as `Captions` with a look. Default: none.
            background: What is put behind the person, cut out of its own background: a background,
                its id (looked up with a free call), or a colour such as ``rgb(133,137,132)``,
                ``rgba(0,0,0,1)`` or ``#858984``. Being one argument, it can't be two, which the
                server would refuse (code 30005). Default: the avatar's own.
            layout: Where the person stands on the background; needed with one, refused without.
            avatar_background_image: The image in front of which the avatar was taken, a file or a
                URL; for cutting it out, where the server has none on record.
            avatar_background_color: The colour in front of which it was taken, instead.
            smart_motion: Whether motion is adjusted to the speech, for quality at the price of
                speed. The server's switch is ``isSkipRs``, and no source says which way round it
                is: True goes out as false here, as that name reads. Default: the server's choice.
            use_public_pool: Whether the task may go to the public pool when your dedicated lines
                are busy. Default: the account's setting, see `public_pool`.
            webhook_url: https URL, at most 2,048 characters, called once when the task ends.
            webhook_token: A secret of at most 256 characters that comes back with that call.
            key: A name for this start, 1 to 200 characters, under which it is made at most once for
                ever, by all who share the client's journal: given again with the same inputs, it
                returns the same task as it is then, and costs nothing.
            max_coins: What it may cost at the most, in coins; its price is asked before, and it
                counts where the server gives none. Default: any sum that the budget allows.
            resend_if_unknown: Start once more when the response was lost and no video could be
                found in 30 seconds. The first one may yet turn up: it is then paid twice.
            on_upload: Called with the bytes sent and the bytes of all local files together.

        Returns:
            The video as the server accepted it; its response has the id alone.

        Raises:
            ValueError: An argument is not allowed; nothing is sent then.
            TypeError: An argument is of a wrong type; nothing is sent then.
            OSError: A local file can't be read; nothing is started then.
            NotFoundError: There is no such avatar or background; nothing is started then.
            BudgetExceededError: It would cost more than the budget or ``max_coins`` allows;
                nothing is sent then.
            KeyConflictError: The key was started with other inputs; nothing is sent then.
            JournalError: The journal can't be used; nothing is sent then.
            InsufficientCreditsError: The account has too few coins.
            ContentRejectedError: The server's moderation refused the content.
            SubmissionUnknownError: The response was lost, and no video was found in 30 seconds.
            APIError: The video was not started; the class tells why.
        """
        return await self._start(
            {
                "avatar": avatar,
                "audio": audio,
                "custom": custom,
                "title": title,
                "resolution": resolution,
                "captions": captions,
                "background": background,
                "layout": layout,
                "avatar_background_image": avatar_background_image,
                "avatar_background_color": avatar_background_color,
                "smart_motion": smart_motion,
                "use_public_pool": use_public_pool,
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
        on_update: Callable[[AvatarVideo], object] | None = None,
        poll: float | None = None,
        progress: ProgressOption = False,
        **start: Unpack[AvatarVideoStart],
    ) -> AvatarVideo:
        """Start a video and wait until it has ended: `create`, then `wait`.

        Args:
            timeout: Seconds to wait at the most. Default 1,800.
            on_update: Called with the video when it was started, and whenever it has changed.
            poll: Seconds between two looks. Default: learnt from how long such videos took.
            progress: Whether to show how far it is, in a notebook or a terminal; or a function that
                is called with a `Progress`, four times a second at the most. Default: False.
            start: The arguments of `create`.

        Returns:
            The finished video.

        Raises:
            ValueError: An argument is not allowed; nothing is sent then.
            TaskFailedError: The video failed; ``error.task`` has it.
            WaitTimeoutError: The time is over; ``error.task_id`` is there to wait again.
            SubmissionUnknownError: Whether the video was started is not known.
            APIError: The video was not started, or the key is not accepted.
        """
        return await self._run(start, timeout, on_update, poll, progress)

    async def speak(
        self,
        text: str,
        *,
        avatar: str | Avatar,
        voice: str | Voice | None = None,
        clone: str | VoiceClone | None = None,
        speech_rate: float | None = None,
        country: str | None = None,
        region: str | None = None,
        captions: bool | Captions = False,
        timeout: float = 1800.0,
        on_update: Callable[[AvatarVideo], object] | None = None,
        poll: float | None = None,
        progress: ProgressOption = False,
        **video: Unpack[AvatarVideoOptions],
    ) -> AvatarVideo:
        """Make a finished talking video of a text, a voice and an avatar.

        The speech is made (``addSpeech``), the video is started (``startAvatarVideo``) and waited
        for. Both cost coins, and neither is sent again once the server may have taken it. Every
        argument is checked, and every id looked up, before anything is paid for. If the video
        fails after the speech was made, a note on the error has the speech's address: give it to
        `create` as ``audio``, so that it need not be paid for again.

        Args:
            text: What to say, 1 to 1,000 characters.
            avatar: The avatar, or its id (24 hexadecimal digits); not the id of its training.
            voice: A public voice, or its id. Default: the server's choice for the language.
            clone: A voice clone, or its ``voice_id``. Not together with ``voice``.
            speech_rate: How fast, from 0.5 to 2. Default: the server's choice, 1.
            country: The language of the voice, such as ``"en"``; together with ``region``.
            region: Where it is spoken, such as ``"US"``.
            captions: True for captions of the text; `Captions` for a look. Default False.
            timeout: Seconds to wait for the video at the most. Default 1,800.
            on_update: Called with the video when it was started, and whenever it has changed.
            poll: Seconds between two looks. Default: learnt from how long such videos took.
            progress: Whether to show how far it is, in a notebook or a terminal; or a function that
                is called with a `Progress`, four times a second at the most. Default: False.
            video: ``custom``, ``title``, ``resolution``, ``background``, ``layout`` and the other
                options of `create`.

        Returns:
            The finished video; ``a2e.download(video, path)`` fetches it.

        Raises:
            ValueError: An argument is not allowed; nothing is sent then.
            TypeError: An argument is of a wrong type; nothing is sent then.
            NotFoundError: There is no such avatar or background; nothing is paid for then.
            InsufficientCreditsError: The account has too few coins.
            ContentRejectedError: The server's moderation refused the text or the video.
            TaskFailedError: The video failed; ``error.task`` has it.
            WaitTimeoutError: The time is over; ``error.task_id`` is there to wait again.
            SubmissionUnknownError: Whether the video was started is not known.
            APIError: A step failed; ``error.operation`` tells which.
        """
        for name in ("key", "max_coins"):
            if name in video:
                raise TypeError(
                    f"speak takes no {name}: it pays for a speech and a video. Make the speech "
                    "with a2e.speech.create, and give its url to create as audio, with the key."
                )
        require_seconds(timeout, "timeout")
        if poll is not None:
            require_seconds(poll, "poll")
        speech_values(text, voice, clone, speech_rate, country, region)
        # The address of the speech is not known yet; nothing checks it before it is.
        arguments = {**video, "avatar": avatar, "audio": "", "captions": _captions(captions, text)}
        private = self._api.configuration.address.is_private
        plan = plan_video(arguments, allow_private=private)
        await self._check_files(plan, "anchor_background_img")
        plan = await self._looked_up(plan)
        values = await self._uploaded(plan.values)
        speech = await AsyncSpeechSection(self._api).create(
            text,
            voice=voice,
            clone=clone,
            speech_rate=speech_rate,
            country=country,
            region=region,
        )
        try:
            with reporting(progress) as reporter:
                reporter.start()
                task = await super()._start({**values, "audio": speech.url})
                return await self._wait_for_started(task, timeout, on_update, poll, reporter)
        except BaseException as exception:
            exception.add_note(
                f"The speech was made and paid for: {speech.url} - it can be given to create() as "
                "audio."
            )
            raise

    async def detect_language(self, text: str) -> str:
        """Find out the language of a text (operation ``getTextLanguage``).

        Known from clients; A2E's navigation names the page.

        Args:
            text: The text, at least 1 character.

        Returns:
            The server's code of the language.

        Raises:
            ValueError: The text is empty; nothing is sent then.
            UnexpectedResponseError: The response has no code.
            APIError: The call failed in another way.
        """
        body = GetTextLanguageRequest(msg=require_text(text, "text", maximum=_LONGEST_TEXT))
        request = get_text_language.build_request(body=body)
        response = await self._api.call_async(request, get_text_language.parse)
        code = response_data(response, request.operation)
        if not code:
            raise errors.UnexpectedResponseError(
                "the response names no language",
                operation=request.operation,
                http_status=response.status_code,
            )
        return str(code)

    async def public_pool(self, enabled: bool) -> bool:
        """Choose whether tasks beyond your dedicated lines may go to the public pool.

        A setting of the account (operation ``updatePublicPool``), known from clients.

        Args:
            enabled: Whether they may.

        Returns:
            The setting as the server has it now; what was asked for, where it does not say.

        Raises:
            TypeError: It is not a bool; nothing is sent then.
            APIError: The call failed.
        """
        if not isinstance(enabled, bool):
            raise TypeError(f"enabled must be True or False, not {type(enabled).__name__}.")
        body = UpdatePublicPoolRequest(is_auto_to_public_pool=enabled)
        request = update_public_pool.build_request(body=body)
        response = await self._api.call_async(request, update_public_pool.parse)
        setting = getattr(
            response_data(response, request.operation), "is_auto_to_public_pool", None
        )
        return enabled if setting is None else bool(setting)

    async def _start(
        self, arguments: Mapping[str, Any], within: float | None = None
    ) -> AvatarVideo:
        private = self._api.configuration.address.is_private
        plan = plan_video(arguments, allow_private=private)
        await self._check_files(plan, *FILES)
        plan = await self._looked_up(plan)
        return await super()._start(plan.values, within)

    async def _check_files(self, plan: VideoPlan, *names: str) -> None:
        """Refuse files that are of no use, before anything is looked up or paid for."""
        await AsyncUploader(self._api).check(
            video_file(plan.values, name) for name in names if name in plan.values
        )

    async def _looked_up(self, plan: VideoPlan) -> VideoPlan:
        """Return the plan with what an id alone did not tell; this takes free calls at the most."""
        if plan.unknown_avatar is not None:
            avatar = await AsyncAvatars(self._api).get(plan.unknown_avatar)
            plan = plan.with_avatar(custom=bool(avatar.is_custom))
        if plan.unknown_background is not None:
            background = await AsyncBackgrounds(self._api).get(plan.unknown_background)
            plan = plan.with_background(background)
        return plan

    async def _uploaded(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values with an address in the place of a local file, which is checked."""
        if "anchor_background_img" not in values:
            return dict(values)
        (address,) = await AsyncUploader(self._api).addresses_of(
            (video_file(values, "anchor_background_img"),), on_progress=values.get("on_upload")
        )
        return {**values, "anchor_background_img": address}


def _captions(captions: bool | Captions, text: str) -> Captions | None:
    if isinstance(captions, Captions):
        return captions if captions.text else attrs.evolve(captions, text=text)
    if not isinstance(captions, bool):
        raise TypeError(f"captions must be a bool or Captions, not {type(captions).__name__}.")
    return Captions(text=text) if captions else None

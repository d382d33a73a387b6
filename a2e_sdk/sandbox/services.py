"""Everything behind the paths of the sandbox, put together.

This module owns which parts there are and how they know each other: families of tasks, the account,
voices, avatars, files. What each does is in its own module.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, cached_property, partial
from itertools import islice
from typing import TYPE_CHECKING

from attrs import evolve

from a2e_api.operations import OPERATIONS
from a2e_sdk.sandbox.files.results import RESULT_PATHS, ResultDownloads
from a2e_sdk.sandbox.files.served_files import ResultFile
from a2e_sdk.sandbox.protocol.operations import Operations
from a2e_sdk.sandbox.protocol.routing import OperationHandler, OperationPath, Route, Router
from a2e_sdk.sandbox.sections.account import Account, Quote
from a2e_sdk.sandbox.sections.avatar_videos import AVATAR_VIDEOS, AvatarVideoExtras
from a2e_sdk.sandbox.sections.avatars import AVATAR_TRAININGS, CONTINUED_PRICE, Avatars
from a2e_sdk.sandbox.sections.face_images import FaceImages
from a2e_sdk.sandbox.sections.face_swap import FACE_SWAP_PREVIEWS, FACE_SWAP_TASKS
from a2e_sdk.sandbox.sections.made_files import WATERMARK_PRICE, MadeFiles
from a2e_sdk.sandbox.sections.speech import SPEECH_PRICE, SpeechSection
from a2e_sdk.sandbox.sections.streaming import STREAMING_PRICE, Streaming
from a2e_sdk.sandbox.sections.uploads import UPLOAD_PATHS, UPLOAD_URL_PRICE, Uploads
from a2e_sdk.sandbox.sections.user_records import Backgrounds, CustomAvatars
from a2e_sdk.sandbox.sections.voices import VOICE_CLONES, Voices
from a2e_sdk.sandbox.state.running import SavedRunning
from a2e_sdk.sandbox.state.server_state import SandboxState
from a2e_sdk.sandbox.state.settings import checked_price
from a2e_sdk.sandbox.tasks.endpoints import TaskEndpoints
from a2e_sdk.sandbox.tasks.engine_extras import ImageToVideoExtras, VeoExtras
from a2e_sdk.sandbox.tasks.engines import ENGINES
from a2e_sdk.sandbox.tasks.family import Action
from a2e_sdk.sandbox.tasks.overview import SandboxTask, SavedTask, TaskIndex

if TYPE_CHECKING:
    from a2e_sdk.sandbox.sections.saved_sections import SavedSections

__all__ = ["FAMILIES", "Services"]

FAMILIES = (
    *(FACE_SWAP_TASKS, FACE_SWAP_PREVIEWS),
    *(AVATAR_VIDEOS, AVATAR_TRAININGS, VOICE_CLONES),
    *ENGINES,
)
"""Every family of tasks."""

_STARTS = (Action.START, Action.START_IN_ARRAY)

_OTHER_PRICES: Mapping[str, int] = {
    "add_speech": SPEECH_PRICE,
    "start_watermark": WATERMARK_PRICE,
    "start_continued_training": CONTINUED_PRICE,
    "add_upload_url": UPLOAD_URL_PRICE,
    "start_streaming_session": STREAMING_PRICE,
}
_QUOTED = {
    "add_speech": "add_speech",
    "start_watermark": "start_watermark",
    "add_upload_url": "add_upload_url",
    "start_continued_training": "start_continued_training",
    "start_continued_training_2025": "start_continued_training",
}
"""Operations that a quote can be asked for, beside the starts of tasks, and whose price it is."""


_FILE_PATHS = (*RESULT_PATHS, *UPLOAD_PATHS)


@cache
def _router() -> Router:
    # One for all sandboxes: tests make a sandbox each, and the index of all sections is read here.
    known = (
        OperationPath(name, operation.method, operation.path)
        for name, operation in OPERATIONS.items()
    )
    return Router((*_FILE_PATHS, *known))


class Services:
    """All parts of one sandbox.

    Args:
        state: what they share.
        upload_limit: bytes that all uploaded files together may have.
        task_revision: number of the latest change of a task before; 0 by default.
    """

    def __init__(self, state: SandboxState, upload_limit: int, task_revision: int = 0) -> None:
        self._state = state
        state.prices |= _OTHER_PRICES
        self.uploads = Uploads(state, upload_limit)
        state.starts.resource_of = self.uploads.resource_of
        self._files = MadeFiles(state)
        self._faces = FaceImages(state)
        self._speech = SpeechSection(state, self._files)
        self._streaming = Streaming(state)
        self._backgrounds, self._custom_avatars = Backgrounds(state), CustomAvatars(state)
        self.task_index = TaskIndex(task_revision)
        self._families = {
            family.name: TaskEndpoints(family, state, self.task_index) for family in FAMILIES
        }
        self._handlers = self._put_together()
        self._operations = Operations(self._handlers, state.identifiers)
        files = (*ResultDownloads(state.results, self._find).routes(), *self.uploads.routes())
        self._routes = {route.operation: route for route in files}

    @property
    def operations(self) -> frozenset[str]:
        """Names of all operations, those that serve files too."""
        return frozenset(self._handlers) | {path.operation for path in _FILE_PATHS}

    def tasks(self, name: str) -> TaskEndpoints:
        """Return the tasks of a family.

        Args:
            name: the family's name.
        """
        return self._families[name]

    def all_tasks(
        self, now: datetime, after: int, limit: int | None, changed_since: int
    ) -> list[SandboxTask]:
        """Return tasks of all families in the order in which they were made.

        Args:
            now: the moment they are seen at.
            after: the number after which they begin; 0 for all.
            limit: how many at most; None for all.
            changed_since: the revision after which they were changed; 0 for all.
        """
        chosen = islice(self.task_index.after(after, changed_since), limit)
        return [self._families[family].overview(task, now) for family, task in chosen]

    def restore_tasks(self, saved: Sequence[SavedTask], running: Sequence[SavedRunning]) -> None:
        """Put in tasks that were saved.

        Args:
            saved: the tasks, in the order in which they were made.
            running: those that had not ended.

        Raises:
            ValueError: a family or a task is unknown, or two tasks have the same id.
        """
        for one in saved:
            self._family(one.family).restore(one.task)
        for each in running:
            if not self._family(each.group).has(each.task_id):
                raise ValueError(f"task {each.task_id!r:.60} is to run and is not there")
            self._state.running.begin(
                each.group, each.task_id, each.ends_at, each.refund, each.call
            )

    def _family(self, name: str) -> TaskEndpoints:
        if name not in self._families:
            raise ValueError(f"there is no family {name!r:.60}")
        return self._families[name]

    def saved_sections(self) -> SavedSections:
        """Return what the sections keep beside tasks."""
        from a2e_sdk.sandbox.sections.saved_sections import SavedSections

        return SavedSections(
            faces=self._faces.images.saved(),
            backgrounds=self._backgrounds.records.saved(),
            custom_avatars=self._custom_avatars.records.saved(),
            speech_previews=self._speech.previews.saved(),
            streaming_sessions=dict(self._streaming.sessions),
            uploads=self.uploads.saved(),
            made_files=self._files.saved(),
        )

    def restore_sections(self, saved: SavedSections) -> None:
        """Let the sections keep what was saved, and nothing else.

        Args:
            saved: what it was.

        Raises:
            ValueError: the uploads are larger than the limit.
        """
        self._faces.images.restore(saved.faces)
        self._backgrounds.records.restore(saved.backgrounds)
        self._custom_avatars.records.restore(saved.custom_avatars)
        self._speech.previews.restore(saved.speech_previews)
        self._streaming.sessions = dict(saved.streaming_sessions)
        self.uploads.restore(saved.uploads)
        self._files.restore(saved.made_files)

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """Find the route of a request.

        Args:
            method: HTTP method.
            path: path as on the wire, without the query.

        Returns:
            The route and its path parameters, or None.

        Raises:
            BadEscapeError: a parameter can't be decoded.
        """
        found = _router().find(method, path)
        if found is None:
            return None
        operation, parameters = found
        route = self._routes.get(operation)
        if route is None:
            route = self._routes[operation] = self._operations.route(operation)
        return route, parameters

    def _put_together(self) -> dict[str, OperationHandler]:
        state, files = self._state, self._files
        trainings = self.tasks(AVATAR_TRAININGS.name)
        handlers: dict[str, OperationHandler] = {}
        for tasks in self._families.values():
            handlers |= tasks.handlers()
        # Some handle a start themselves before the family does.
        for part in (
            self._faces,
            self.uploads,
            files,
            AvatarVideoExtras(self.tasks(AVATAR_VIDEOS.name), self.tasks("image_to_video")),
            Avatars(state, trainings, self.tasks("text_to_image")),
            Voices(self.tasks(VOICE_CLONES.name), trainings),
            self._speech,
            self._streaming,
            Account(state, self._quote_for),
            self._backgrounds,
            self._custom_avatars,
            ImageToVideoExtras(state, self.tasks("image_to_video")),
            VeoExtras(self.tasks("veo")),
        ):
            handlers |= part.handlers()
        return handlers

    @property
    def prices(self) -> dict[str, int]:
        """Coins that each start costs, by operation; of a streaming session, each 10 seconds."""
        starts = {operation: tasks.family.price for operation, tasks in self._starts()}
        return {**starts, **self._state.prices}

    def set_price(self, operation: str, coins: int) -> None:
        """Set what a start costs. The tasks of one family cost the same, however they are started.

        Args:
            operation: one of `prices`.
            coins: the price, 0 or more.

        Raises:
            ValueError: nothing of this name has a price, or the price is negative.
        """
        checked_price(coins)
        if operation in self._state.prices:
            self._state.prices[operation] = coins
            return
        tasks = dict(self._starts()).get(operation)
        if tasks is None:
            raise ValueError(f"{operation!r} has no price; there are {sorted(self.prices)}")
        tasks.family = evolve(tasks.family, price=coins)

    def _starts(self) -> Iterator[tuple[str, TaskEndpoints]]:
        for tasks in self._families.values():
            for operation, action in tasks.family.operations.items():
                if action in _STARTS:
                    yield operation, tasks

    def _quote_for(self, path: str) -> Quote | None:
        return self._quotes.get(path)

    @cached_property
    def _quotes(self) -> dict[str, Quote]:
        """What tells the price of a start, by its path."""
        quotes: dict[str, Quote] = {operation: tasks.quote for operation, tasks in self._starts()}
        quotes |= {name: partial(self._other_price, price) for name, price in _QUOTED.items()}
        quotes["start_voice_clone_from_video"] = self.tasks(VOICE_CLONES.name).quote
        by_path: dict[str, Quote] = {}
        for name, quote in quotes.items():
            by_path.setdefault(OPERATIONS[name].path, quote)
        return by_path

    def _other_price(self, operation: str, _inputs: Mapping[str, object]) -> int:
        return self._state.prices[operation]

    def _find(self, group: str, identifier: str, now: datetime) -> tuple[ResultFile, ...]:
        tasks = self._families.get(group)
        if tasks is None:
            return self._files.find(group, identifier)
        return tasks.results(identifier, now)

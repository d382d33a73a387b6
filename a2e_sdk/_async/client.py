"""``AsyncA2E``, the client with ``await``.

This module owns the life of a client: how it is built, copied, pickled and closed, and which
sections hang on it. Sections are imported when they are first used.
"""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import aclosing
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, Unpack, cast, overload

import attrs

from a2e_sdk._async.resources.engine_sections import AsyncEngineSections
from a2e_sdk._checks.validation import require_id
from a2e_sdk._config.credentials import without_locals
from a2e_sdk._config.hooks import Hooks
from a2e_sdk._config.regions import Region
from a2e_sdk._config.settings import (
    CloudInputs,
    Configuration,
    TimeoutLike,
    as_timeout,
    check_max_retries,
    configure,
)
from a2e_sdk._files.options import DownloadArguments, DownloadProgress, Existing
from a2e_sdk._http.protocols import AsyncHttpClient, AsyncTransport
from a2e_sdk._http.transports.opening import open_async_transport
from a2e_sdk._http.transports.server_identity import server_reached
from a2e_sdk._runtime.lazy_types import LazyType
from a2e_sdk._tasks.client_state import ClientState, claims_of
from a2e_sdk._wire.family_table import TASK_FAMILIES
from a2e_sdk.errors import ConfigurationError
from a2e_sdk.models import Task
from a2e_sdk.models.cloud import CloudPath
from a2e_sdk.models.submission import Submission

from .api_client import AsyncAPIClient, AsyncFallback
from .concurrency import AsyncLimiter

if TYPE_CHECKING:
    from a2e_sdk._async.batch.batch import AsyncBatch
    from a2e_sdk._async.batch.job import AsyncJobSteps
    from a2e_sdk._async.journal.entries import AsyncJournal
    from a2e_sdk._async.resources.account import AsyncAccount
    from a2e_sdk._async.resources.avatar_videos import AsyncAvatarVideos
    from a2e_sdk._async.resources.avatars import AsyncAvatars
    from a2e_sdk._async.resources.backgrounds import AsyncBackgrounds
    from a2e_sdk._async.resources.face_swap import AsyncFaceSwap
    from a2e_sdk._async.resources.speech import AsyncSpeechSection
    from a2e_sdk._async.resources.storage import AsyncStorage
    from a2e_sdk._async.resources.streaming_avatar import AsyncStreamingAvatarSection
    from a2e_sdk._async.resources.tokens import AsyncTokens
    from a2e_sdk._async.resources.voices import AsyncVoices
    from a2e_sdk._batch.rows import Jobs
    from a2e_sdk._cluster.scheduler import DaskClient
    from a2e_sdk._config.drift import DriftObserver
    from a2e_sdk._files.cloud_urls import CloudPlace
    from a2e_sdk._wire.families import TaskFamily
    from a2e_sdk.models.batch import JobStatus
    from a2e_sdk.models.journal import Budget
    from a2e_sdk.models.progress import ProgressOption

    from .concurrency import Call
else:
    AsyncBatch = LazyType("_async.batch.batch", "AsyncBatch")
    AsyncJobSteps = LazyType("_async.batch.job", "AsyncJobSteps")
    Jobs = LazyType("_batch.rows", "Jobs")
    DaskClient = LazyType("_cluster.scheduler", "DaskClient")
    JobStatus = LazyType("models.batch", "JobStatus")
    Budget = LazyType("models.journal", "Budget")
    ProgressOption = LazyType("models.progress", "ProgressOption")
    DriftObserver = LazyType("_config.drift", "DriftObserver")

TaskT = TypeVar("TaskT", bound=Task)


class AsyncA2E(AsyncEngineSections):
    """A client of the A2E API.

    Use it as a context manager, or close it with `aclose`; one client serves many tasks of one
    event loop, of several loops at once, or of one loop after the other, on asyncio and on trio.
    Pickling it takes the settings along, but neither the hooks nor the key, which is
    read from the environment again on the other side.

    Args:
        api_key: The API key. Default: ``A2E_API_KEY``, then ``A2E_API_TOKEN`` of the environment.
        region: ``Region.GLOBAL``, ``Region.CHINA`` or ``Region.SANDBOX``, or its name. Default:
            ``A2E_REGION`` of the environment, else global. The sandbox needs no key and no network.
        base_url: Address of the API, which wins over the region; with or without ``/api/v...`` and
            trailing slashes; plain http for loopback hosts only. Default: ``A2E_BASE_URL``.
        timeout: Seconds for each phase of an attempt, above 0 and at most 1,000,000,000; a
            `Timeout`, or an ``httpx.Timeout``. Default: 10 to connect, 60 for each other phase, 300
            for a call with its retries.
        max_retries: How often a call that is safe to repeat is sent again, 0 to 100. Default 2.
        http_client: Your own ``httpx.AsyncClient`` or ``httpx2.AsyncClient`` (proxy,
            certificates), which is used but never closed, or a transport (see
            ``a2e_sdk.transports``). Default: connections of its own; the environment's proxies and
            certificates are honoured.
        fallbacks: Regions or base URLs that are asked in this order, with the same key, by calls
            that only read, when the client's address can't be connected to. Name only addresses
            that serve the same account. Default: none.
        max_concurrency: How many requests this client and its copies have under way at once, at
            least 1; more wait in order. Files are not counted. Where the journal is on a server,
            it holds for all clients of the journal together. Default: any number.
        rate_limit: How many requests they begin per second, evenly spaced, from 0.000001 to
            1,000,000; retries count too. Where the journal is on a server, it holds for all
            clients of the journal together. Default: any number.
        hooks: Functions to call around each attempt, as `Hooks`. Default: none.
        drift: Counts what the server sends that the spec does not know, names only. Default: one
            that writes to the file ``A2E_DRIFT_FILE`` of the environment when the client is
            closed, if that is set; else none.
        journal: Where every start is written down before it is sent, so that it survives its
            process and can have a ``key``: a file, or ``postgresql://USER@HOST:PORT/DATABASE`` for
            many machines (extra ``postgres``). It is made where there is none, and shared by all
            clients and processes that name it. Default: ``A2E_JOURNAL``, else none.
        budget: Coins that must not be overspent by all who share the journal, or by this client
            where there is none: a number, or a `Budget`. Each start's price is asked before, which
            is free. Default: any sum.
        cloud_inputs: How A2E gets at inputs such as ``s3://bucket/me.jpg``: ``"upload"``, through
            this machine, or ``"sign"``, by a link that anybody who has it can read the object
            with for 24 hours; no byte of it passes this machine. Default: ``A2E_CLOUD_INPUTS``,
            else ``"upload"``.

    Attributes:
        region: The region that was chosen; None for a base URL that is none of the table.
        base_url: The address that was chosen, without ``/api/v...``.

    Raises:
        ConfigurationError: No key, an unknown region, a refused base URL, a wrong number.
    """

    def __init__(
        self,
        api_key: str | None = None,
        *,
        region: Region | str | None = None,
        base_url: str | None = None,
        timeout: float | TimeoutLike | None = None,
        max_retries: int | None = None,
        http_client: AsyncHttpClient | AsyncTransport | None = None,
        fallbacks: Iterable[Region | str] = (),
        max_concurrency: int | None = None,
        rate_limit: float | None = None,
        hooks: Hooks | None = None,
        drift: DriftObserver | None = None,
        journal: str | os.PathLike[str] | None = None,
        budget: Budget | float | None = None,
        cloud_inputs: CloudInputs | None = None,
    ) -> None:
        self._owns_transport = http_client is None
        try:
            configuration = configure(
                api_key=api_key,
                region=region,
                base_url=base_url,
                timeout=timeout,
                max_retries=max_retries,
                fallbacks=fallbacks,
                max_concurrency=max_concurrency,
                rate_limit=rate_limit,
                hooks=hooks,
                drift=drift,
                journal=journal,
                budget=budget,
                cloud_inputs=cloud_inputs,
            )
            self._api = _open_async_api(configuration, http_client)
        except BaseException as error:
            # Tools that report exceptions show the locals of their frames.
            del api_key, base_url
            raise without_locals(error) from None

    @property
    def region(self) -> Region | None:
        """The region that was chosen; None for a base URL that is none of the table."""
        return self._api.configuration.address.region

    @property
    def base_url(self) -> str:
        """The address that was chosen, without ``/api/v...`` and trailing slashes."""
        return self._api.configuration.address.base_url

    @property
    def api(self) -> AsyncAPIClient:
        """The generated operations' way to the server, with this client's key and retries.

        Pass it as ``client=`` to any operation of ``a2e_api.api`` that the SDK does not wrap.
        """
        return self._api

    @property
    def submissions(self) -> tuple[Submission, ...]:
        """Starts that were sent and may have been carried out, although no task came back.

        Those under way are among them. Whatever ended such a start, also a cancellation or Ctrl-C,
        look for its task with ``find_started`` of its family before you start it again. A start
        leaves the list when its task is found; the latest 10,000 are kept.
        """
        return self._api.state.submissions

    @cached_property
    def journal(self) -> AsyncJournal:
        """The starts that were written down, and what they cost; needs ``journal=``."""
        from a2e_sdk._async.journal.entries import AsyncJournal

        return AsyncJournal(self._api)

    @cached_property
    def face_swap(self) -> AsyncFaceSwap:
        """Face swap: tasks, reusable face images, quick previews."""
        from a2e_sdk._async.resources.face_swap import AsyncFaceSwap

        return AsyncFaceSwap(self._api)

    @cached_property
    def account(self) -> AsyncAccount:
        """The account: coins, credit history, prices before a start."""
        from a2e_sdk._async.resources.account import AsyncAccount

        return AsyncAccount(self._api)

    @cached_property
    def speech(self) -> AsyncSpeechSection:
        """Text to speech: texts spoken by public voices and by clones."""
        from a2e_sdk._async.resources.speech import AsyncSpeechSection

        return AsyncSpeechSection(self._api)

    @cached_property
    def storage(self) -> AsyncStorage:
        """Files at public addresses: copies of URLs, uploads, watermarks."""
        from a2e_sdk._async.resources.storage import AsyncStorage

        return AsyncStorage(self._api)

    @cached_property
    def tokens(self) -> AsyncTokens:
        """API tokens; deprecated by A2E, which makes them on its web site."""
        from a2e_sdk._async.resources.tokens import AsyncTokens

        return AsyncTokens(self._api)

    @cached_property
    def voices(self) -> AsyncVoices:
        """Voices to speak with: public ones, and clones of people's own."""
        from a2e_sdk._async.resources.voices import AsyncVoices

        return AsyncVoices(self._api)

    @cached_property
    def avatar_videos(self) -> AsyncAvatarVideos:
        """Avatar videos: an avatar speaks an audio or a text, `speak` for both in one call."""
        from a2e_sdk._async.resources.avatar_videos import AsyncAvatarVideos

        return AsyncAvatarVideos(self._api)

    @cached_property
    def avatars(self) -> AsyncAvatars:
        """Avatars, and the trainings that make your own."""
        from a2e_sdk._async.resources.avatars import AsyncAvatars

        return AsyncAvatars(self._api)

    @cached_property
    def backgrounds(self) -> AsyncBackgrounds:
        """Backgrounds to put behind an avatar."""
        from a2e_sdk._async.resources.backgrounds import AsyncBackgrounds

        return AsyncBackgrounds(self._api)

    @cached_property
    def streaming_avatar(self) -> AsyncStreamingAvatarSection:
        """Streaming avatar: live sessions that are always left again."""
        from a2e_sdk._async.resources.streaming_avatar import AsyncStreamingAvatarSection

        return AsyncStreamingAvatarSection(self._api)

    async def wait_many(
        self,
        tasks: Iterable[TaskT],
        *,
        timeout: float = 1800.0,
        on_update: Callable[[TaskT], object] | None = None,
        poll: float | None = None,
        progress: ProgressOption = False,
    ) -> AsyncGenerator[TaskT, None]:
        """Wait for tasks of any families and yield each as it ends, finished or failed.

        One request covers up to 100 tasks of a family.

        Args:
            tasks: The tasks, as a ``create`` or a listing returned them.
            timeout: Seconds to wait for all of them at the most. Default 1,800.
            on_update: Called with each task whenever it was seen to have changed.
            poll: Seconds between two looks. Default: learnt from how long such tasks took.
            progress: Whether to show how far it is, in a notebook or a terminal; or a function that
                is called with a `Progress`, four times a second at the most. Default: False.

        Yields:
            The tasks in the order in which they end. Failed ones are yielded, not raised.

        Raises:
            TypeError: One of them is not a task (ids alone go to the family's `wait_many`).
            ConfigurationError: The API has no operation that reads such tasks.
            ValueError: A task has no id, or a number of seconds is not above 0.
            WaitTimeoutError: The time is over; ``error.tasks`` names what is still running.
            NotFoundError: The server does not know some of them, also after 30 seconds.
            APIError: The key is not accepted.
        """
        from a2e_sdk._async.tasks.reader import AsyncTaskReader
        from a2e_sdk._async.tasks.wait import AsyncWaiter
        from a2e_sdk._progress.reporter import reporting

        with reporting(progress) as reporter:
            waiter = AsyncWaiter(
                self._api,
                timeout=timeout,
                on_update=reporter.updates(on_update),
                poll=poll,
                on_look=reporter.look,
            )
            for task in tasks:
                family = TASK_FAMILIES.get(getattr(task, "family", ""))
                if family is None:
                    raise TypeError(f"wait_many takes tasks, not {type(task).__name__}.")
                family.require_readable()
                task_id = require_id(task)
                waiter.add(AsyncTaskReader[Task](self._api, family), task_id, task)
                reporter.wait_for(task_id, task)
            async with aclosing(waiter.ended()) as ended:
                async for task in ended:
                    yield task

    # What a plain str names can't be seen by its type, and nearly always it is a path.
    @overload
    async def download(  # type: ignore[overload-overlap]  # pyright: ignore[reportOverlappingOverload]
        self, task: Task | str, path: CloudPath, **options: Unpack[DownloadArguments]
    ) -> tuple[CloudPath, ...]: ...

    @overload
    async def download(
        self,
        task: Task | str,
        path: str | os.PathLike[str],
        **options: Unpack[DownloadArguments],
    ) -> tuple[Path, ...]: ...

    async def download(
        self,
        task: Task | str,
        path: str | os.PathLike[str],
        *,
        on_progress: DownloadProgress | None = None,
        progress: ProgressOption = False,
        existing: Existing = "error",
        max_bytes: int | None = None,
        sha256: str | None = None,
        timeout: float | TimeoutLike | None = None,
        max_seconds: float | None = None,
    ) -> tuple[Path, ...] | tuple[CloudPath, ...]:
        """Download the results of a task, or what is behind a link, to the disk or into a store.

        A file at its final path is whole. Until it is, its bytes are in ``NAME.a2e-part`` beside
        it, with a note in ``NAME.a2e-part.json``; after a crash, a broken network or Ctrl-C, the
        same call goes on from there where the host allows that. Two processes with one target
        don't disturb each other: the one that comes later works in ``NAME.a2e-part-2``, and the
        last to finish wins. What a killed process left there is removed by the next download of
        the target; files of other programs are not touched. The API key is not sent to the file's
        host.

        An object of a store (``s3://bucket/out.mp4``) appears whole or not at all: the bytes are
        in such a part file in the folder for temporary files until all are there, and are then
        sent in parts, which are dropped where that fails. It needs ``a2e-sdk[cloud]``.

        Args:
            task: A finished task, or a URL. The link of a task is renewed once, by reading the task
                again, where it no longer works.
            path: The file; or a directory (one that exists, or a path that ends with a separator),
                where the name comes from the task's id, or from the URL. Several results of one
                task are numbered: ``out-1.mp4``, ``out-2.mp4`` ... Or the address of an object, or
                of a folder of objects with a slash at its end.
            on_progress: Called with the bytes that are there and those of the whole file (None
                where its host does not say), for one file after the other.
            progress: Whether to show how far it is, in a notebook or a terminal; or a function that
                is called with a `Progress`, four times a second at the most. Default: False.
            existing: What becomes of a file that is at the final path already: ``"error"``
                (default), ``"overwrite"``, or ``"skip"``, which returns its path without a request;
                with ``sha256`` a file of another digest is replaced.
            max_bytes: The size of a file, in bytes, above which it is refused. Default: no limit.
            sha256: The SHA-256 the file must have, in hexadecimal; for one file only. Default: any.
            timeout: Seconds for each phase of a transfer, such as waiting for its next bytes, or a
                `Timeout`. Default: the client's.
            max_seconds: The limit for the whole download in seconds, with all files, retries and
                pauses. What came until then is kept, and the same call goes on from there where
                the host allows that. Default: no limit.

        Returns:
            The path of each file, in the order of the task's ``result_urls``. For each object of a
            store it is a `CloudPath`, which type checkers see where ``path`` is one.

        Raises:
            ValueError: The task has no result yet, or an argument is out of range.
            FileExistsError: There is a file already; nothing is sent then.
            OSError: The disk refused: no such directory, no space, no permission, a name that is
                too long.
            ResultExpiredError: The link no longer works, and reading the task gave no better one.
            APIConnectionError: The connection broke too often in a row without a byte of progress;
                the client's ``max_retries`` is the limit.
            APITimeoutError: ``max_seconds`` are over, or the host was too slow each time.
            UnexpectedResponseError: The file has another digest, a page came in its place, or its
                host does not say how long it is, so that it may be cut (``sha256`` helps then).
            APIError: The host refused, the file is larger than ``max_bytes``, or another program
                changed the part file.
            ConfigurationError: The client is closed, or ``timeout`` is no time-out; or a bucket is
                not there, or must not be written to.
        """
        from a2e_sdk._async.files.downloads import AsyncDownloader
        from a2e_sdk._progress.reporter import reporting

        with reporting(progress) as reporter:
            files = await AsyncDownloader(self._api, self._reader_of(task)).download(
                task,
                path,
                on_progress=reporter.downloads(on_progress),
                existing=existing,
                max_bytes=max_bytes,
                sha256=sha256,
                timeout=timeout,
                max_seconds=max_seconds,
            )
        # All of them go to the same place.
        return cast("tuple[Path, ...] | tuple[CloudPath, ...]", files)

    def _reader_of(self, task: Task | str) -> Callable[[AsyncAPIClient], Call[Task]] | None:
        from a2e_sdk._async.tasks.operations import AsyncListableTasks

        family = TASK_FAMILIES.get(getattr(task, "family", ""))
        if family is None or (family.get or family.list) is None:
            return None
        return lambda api: AsyncListableTasks[Task](api, family).get

    def batch(
        self,
        jobs: Jobs | None = None,
        *,
        output: str | os.PathLike[str],
        engine: str | None = None,
        concurrency: int = 100,
        timeout: float | None = None,
        retry: Iterable[JobStatus | str] = (),
        stop_on_failure: bool = False,
        max_coins: float | None = None,
        work: str | os.PathLike[str] | None = None,
        executor: DaskClient | str | None = None,
        progress: ProgressOption = False,
    ) -> AsyncBatch:
        """Start many jobs, wait for them together, and save each result the moment it is there.

        Guarantees: every job is checked before the first coin is spent; a job is started once,
        whatever interrupts the run, because it has a key in the client's journal; running the same
        again goes on where it ended. Without coins it pauses: what runs is waited for, the rest is
        for the next run. Where the client has no journal there is ``journal.db`` in the folder of
        results, in which the client's budget counts for the jobs alone.

        Args:
            jobs: A CSV or JSON Lines file by its path, ``"-"`` for standard input, a file open for
                reading bytes, or any iterable of `Job` and dict, which is read to its end first.
                Default: the jobs of an earlier run in the same folder.
            output: The folder of results: a file for each job, named by its key, its provenance
                beside it, and ``results.jsonl``. It is made where there is none. It may be a
                folder of a store, such as ``s3://bucket/night/``.
            engine: The engine of jobs that name none, such as ``"wan-25"``.
            concurrency: How many tasks may run at once at the most, from 1 to 10,000; how many the
                account allows is found out. Default 100.
            timeout: Seconds after which nothing is started and waited for any more. Default: never.
            retry: Statuses of an earlier run to start anew, and pay for again, such as
                ``("failed",)``. Default: none.
            stop_on_failure: Whether a job that fails keeps further ones from being started.
            max_coins: What each job may cost at the most, in coins; it counts where the server
                gives no price. Default: any sum that the budget allows.
            work: The folder on the disk for what a batch needs to go on, where ``output`` is a
                folder of a store (``s3://bucket/night/``). Default: one that is named after
                that, beside the client's journal, or in the current folder where it has none.
            executor: A ``distributed.Client`` or the address of a Dask scheduler
                (``tcp://host:8786``), whose workers run the jobs (extra ``dask``). They make
                clients of their own, with ``A2E_API_KEY`` of their environment. Default: this
                process runs them.
            progress: Whether to show how far it is, in a notebook or a terminal; or a function that
                is called with a `Progress`, four times a second at the most. Default: False.

        Returns:
            The batch, to be iterated for a `JobOutcome` of each job, as they end.

        Raises:
            TypeError: An argument is of a wrong type.
            ValueError: An argument is out of range.
            ConfigurationError: The executor can't be used with this client.
        """
        from a2e_sdk._async.batch.batch import AsyncBatch
        from a2e_sdk._batch.options import batch_options

        options = batch_options(
            jobs=jobs,
            output=output,
            engine=engine,
            concurrency=concurrency,
            timeout=timeout,
            retry=retry,
            stop_on_failure=stop_on_failure,
            max_coins=max_coins,
            work=work,
            journal=self._api.configuration.journal,
            sign=self._api.configuration.cloud_inputs == "sign",
        )
        client = self._with_journal(options.output / "journal.db")
        steps = client._job_steps(options.output, options.max_coins, options.bucket)
        if executor is None:
            return AsyncBatch(client._api, steps, options, shown=progress)
        from a2e_sdk._cluster.scheduler import scheduler_of

        if not self._owns_transport or self._api.configuration.address.in_process:
            raise ConfigurationError(
                "the workers of a Dask cluster make clients of their own, so that this one must "
                "have no http_client, and not go to the sandbox of this process: serve one to all "
                "of them with a2e sandbox. Nothing was started."
            )
        return AsyncBatch(client._api, steps, options, scheduler_of(executor), shown=progress)

    def _job_steps(
        self, folder: Path, max_coins: float | None, bucket: CloudPlace | None
    ) -> AsyncJobSteps:
        """Return what the jobs of a batch do with this client, which has a journal."""
        from a2e_sdk._async.batch.job import AsyncJobSteps
        from a2e_sdk._async.tasks.resource import AsyncTaskResource

        def create(family: TaskFamily) -> Call[Task]:
            resource: AsyncTaskResource[Task] = attrgetter(family.attribute)(self)
            start: Call[Task] = getattr(resource, "create")  # noqa: B009 - each has its own
            return start

        return AsyncJobSteps(self._api, create, self._reader_of, folder, max_coins, bucket)

    def _with_journal(self, path: Path) -> Self:
        """Return this client, or a copy that keeps a journal where this one has none."""
        api = self._api
        if api.journal is not None and api.journal.place is not None:
            return self
        copy = self._copy(attrs.evolve(api.configuration, journal=path))
        _give_journal(copy._api)
        return copy

    def _copy(self, configuration: Configuration) -> Self:
        copy = object.__new__(type(self))
        copy._api = self._api.with_configuration(configuration)
        copy._owns_transport = self._owns_transport
        return copy

    def with_options(
        self,
        *,
        timeout: float | TimeoutLike | None = None,
        max_retries: int | None = None,
    ) -> Self:
        """Return a client with other settings on the same connections; this one stays as it is.

        Args:
            timeout: Seconds for each phase of an attempt, or a `Timeout`. Default: unchanged.
            max_retries: How often a call is sent again, 0 to 100. Default: unchanged.

        Returns:
            The copy. Both share their connections, so close only one of them, at the end.

        Raises:
            ConfigurationError: A number is out of range.
        """
        now = self._api.configuration
        changed = attrs.evolve(
            now,
            timeout=now.timeout if timeout is None else as_timeout(timeout),
            max_retries=now.max_retries if max_retries is None else check_max_retries(max_retries),
        )
        return self._copy(changed)

    async def aclose(self) -> None:
        """Close the connections; a client or transport that you passed in stays open.

        The client can't be used afterwards. Closing it again does nothing.
        """
        await self._api.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        name = type(self).__name__
        if getattr(self, "_api", None) is None:
            return f"<{name} that was not built>"
        region = None if self.region is None else self.region.value
        return f"{name}(region={region!r}, base_url={self.base_url!r})"

    def __getstate__(self) -> dict[str, Any]:
        if not self._owns_transport:
            raise ConfigurationError(
                "A client with an http_client of yours can't be pickled: build one on the other "
                "side instead."
            )
        return {"configuration": self._api.configuration}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._api = _open_async_api(state["configuration"], None)
        self._owns_transport = True

    @classmethod
    def _from_configuration(cls, configuration: Configuration) -> Self:
        """Return a client of settings that were checked before."""
        client = object.__new__(cls)
        client.__setstate__({"configuration": configuration})
        return client


def _open_async_api(
    configuration: Configuration, http_client: AsyncHttpClient | AsyncTransport | None
) -> AsyncAPIClient:
    fallbacks = [
        AsyncFallback(address, open_async_transport(address, http_client))
        for address in configuration.fallbacks
    ]
    transport = open_async_transport(configuration.address, http_client)
    claims = claims_of(server_reached(configuration.address, http_client))
    api = AsyncAPIClient(configuration, transport, state=ClientState(claims), fallbacks=fallbacks)
    _give_journal(api)
    return api


def _give_journal(api: AsyncAPIClient) -> None:
    """Give an API client the journal of its configuration, where that has one or a budget."""
    configuration = api.configuration
    if configuration.journal is None and configuration.budget is None:
        return
    from a2e_sdk._journal.opening import open_journal

    journal = api.journal = open_journal(configuration)
    if journal is None:
        return
    if isinstance(api.limiter, AsyncLimiter) and journal.steps.store.is_shared:
        from .shared_limiter import AsyncSharedLimiter

        api.limiter = AsyncSharedLimiter(
            api.limiter, journal, configuration.max_concurrency, configuration.rate_limit
        )
    if journal.budget is not None:
        from .paid_calls import AsyncPaidCalls

        api.paid_calls = AsyncPaidCalls(journal)

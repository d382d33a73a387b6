"""What a coordinator and its workers tell each other.

This module owns these values and their form on the way, which is pickle, compressed: the scheduler
passes bytes on and need not understand them.
"""

from __future__ import annotations

import pickle
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import attrs

from a2e_sdk._batch.job_file import StagedJob
from a2e_sdk._batch.progress import PauseCause
from a2e_sdk._files.cloud_urls import CloudPlace
from a2e_sdk.models.batch import JobOutcome

if TYPE_CHECKING:
    from a2e_sdk._config.settings import Configuration

MessageT = TypeVar("MessageT")

#: The topic of the events that workers report with.
TOPIC = "a2e-batch"


@attrs.frozen(kw_only=True)
class WorkSettings:
    """What all slices of one run have in common.

    Attributes:
        run: What tells the run from every other one.
        configuration: The settings of the client; the API key stays behind on the way.
        journal: What tells the journal from others.
        folder: The folder of results, on the disk that all share.
        bucket: The folder of a store that they go to instead; None for none.
        marks: Files that only the coordinator's own folders have, and that it keeps locked.
        max_coins: What each job may cost at the most; None for any sum.
        stop_on_failure: Whether a job that fails keeps the others from being started.
    """

    run: str
    configuration: Configuration
    journal: str
    folder: Path
    bucket: CloudPlace | None
    marks: tuple[Path, ...]
    max_coins: float | None
    stop_on_failure: bool


@attrs.frozen
class SliceWork:
    """A slice of the jobs, for whichever worker gets it.

    Attributes:
        run: What tells the run from every other one.
        number: The number of the slice.
        attempt: Which of its submissions it is.
        settings: The run's `WorkSettings`, packed; unpacking them needs the worker's API key.
        jobs: The jobs.
        concurrency: How many of them may run at once at the most.
    """

    run: str
    number: int
    attempt: int
    settings: bytes
    jobs: tuple[StagedJob, ...]
    concurrency: int

    @property
    def name(self) -> str:
        """What Dask calls this submission."""
        return f"a2e-batch-{self.run}-{self.number}-{self.attempt}"


@attrs.frozen(kw_only=True)
class Counts:
    """How many jobs of a slice are where; see `BatchProgress`."""

    starting: int = 0
    running: int = 0
    saving: int = 0
    undecided: int = 0
    limit: int = 0


@attrs.frozen(kw_only=True)
class SliceReport:
    """What a worker tells of a slice while it is at work.

    Attributes:
        number: The number of the slice.
        outcomes: Jobs that came to an end since the last report.
        counts: How many jobs are where now.
        reason: Why the worker starts nothing more; None while it does.
        cause: The kind of that reason.
    """

    number: int
    outcomes: tuple[JobOutcome, ...] = ()
    counts: Counts = Counts()
    reason: str | None = None
    cause: PauseCause | None = None


@attrs.frozen(kw_only=True)
class SliceEnd:
    """What a worker returns of a slice.

    Attributes:
        worker: The worker's address.
        outcomes: What became of the jobs.
        reason: Why the worker started nothing more; None where it did.
        cause: The kind of that reason.
        error: What ended the slice; None where nothing did.
        unfit: Why the worker can't take part, which did nothing then; None where it can.
        is_repeated: Whether another worker had begun it, so that this one did nothing: some of its
            jobs have ended, and only the coordinator knows which.
    """

    worker: str
    outcomes: tuple[JobOutcome, ...] = ()
    reason: str | None = None
    cause: PauseCause | None = None
    error: Exception | None = None
    unfit: str | None = None
    is_repeated: bool = False


@attrs.frozen(kw_only=True)
class Order:
    """What workers are told while they are at work.

    Attributes:
        run: What tells the run from every other one.
        reason: Why nothing more is to be started.
        cause: The kind of that reason.
        stop: Whether what runs is not to be waited for either.
    """

    run: str
    reason: str
    cause: PauseCause
    stop: bool


def packed(message: object) -> bytes:
    """Return a message as bytes."""
    # Dask keeps the last thousand messages of each connection, for debugging.
    return zlib.compress(pickle.dumps(message), 1)


def unpacked(data: bytes, kind: type[MessageT]) -> MessageT:
    """Return the message that bytes are.

    Args:
        data: What `packed` returned, in this process or another one of the cluster: whoever may
            send to a Dask cluster may run anything there anyway.
        kind: The kind of the message.
    """
    message = pickle.loads(zlib.decompress(data))  # noqa: S301
    if not isinstance(message, kind):
        raise TypeError(f"expected a {kind.__name__}, got a {type(message).__name__}.")
    return message

"""The steps of the commands that take minutes: start a task, wait for it, fetch its result.

This module owns the order of a step's progress and of the advice that an interruption gets; what
the steps do is the facade's business, the words of the advice are in ``advice``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs

from a2e_sdk import errors
from a2e_sdk._config.hooks import Hooks, RequestEvent, ResponseEvent
from a2e_sdk.cli.options.common import open_client
from a2e_sdk.cli.output.advice import (
    CommandLine,
    download_again,
    look_for_start,
    started_task,
    wait_again,
)
from a2e_sdk.cli.output.printing import print_note
from a2e_sdk.cli.output.progress import Progress, showing
from a2e_sdk.cli.output.streams import OutputError, copy_to_output
from a2e_sdk.models.cloud import CloudPath

from . import receipts
from .destination import STANDARD_OUTPUT, SeveralResultsError
from .task_resources import task_resource_of

if TYPE_CHECKING:
    from a2e_sdk._files.options import DownloadProgress, Existing
    from a2e_sdk._sync.client import A2E
    from a2e_sdk._sync.tasks.operations import ListableTasks
    from a2e_sdk._wire.families import TaskFamily
    from a2e_sdk.models import Task
    from a2e_sdk.models.journal import Budget

_FREE_POLL = 0.25

_ENDS_WITH_COMMAND = (
    "The sandbox of a command ends with it, its tasks too; one that stays is served by:\n"
    "  a2e sandbox"
)


@attrs.frozen
class Work:
    """One long command under way.

    Args:
        a2e: The client.
        progress: What tells how far it is.
        line: Writes the commands of the advice.
        sent: The operations that were sent, by their names; it grows while requests go out.

    Attributes:
        running: The ids of the tasks that are started and have not been seen to end.
    """

    a2e: A2E
    progress: Progress
    line: CommandLine
    sent: set[str] = attrs.field(factory=set[str])
    running: list[str] = attrs.field(factory=list[str], init=False)

    @property
    def poll(self) -> float | None:
        """Seconds between two looks at a task; None lets them be learnt."""
        # A look into our own process is free, and its tasks are quicker than its old records tell.
        return _FREE_POLL if self._in_process else None

    @property
    def _in_process(self) -> bool:
        return self.a2e.api.configuration.address.in_process

    def task_resource(self, family: TaskFamily) -> ListableTasks[Task]:
        """Return the task resource of a family."""
        return task_resource_of(self.a2e, family)

    def start(self, family: TaskFamily, values: Mapping[str, Any]) -> Task:
        """Start a task.

        Args:
            family: The task's family.
            values: The arguments of its ``create``.
        """
        create: Callable[..., Task] = attrgetter(f"{family.attribute}.create")(self.a2e)
        self.progress.starting()
        with self.submitting(family, values.get(family.label or "")):
            task = create(**values, on_upload=self.progress.uploading)
            self.paid(family, task)
        return task

    def paid(self, family: TaskFamily, task: Task) -> None:
        """Take note of a task that was started, and say so.

        Args:
            family: The task's family.
            task: The task.
        """
        receipts.keep(task.id, started_task(self.line, family, task.id))
        self.running.append(task.id)
        self.progress.started(task)

    @contextmanager
    def submitting(self, family: TaskFamily, name: str | None) -> Generator[None, None, None]:
        """Where the start of a task ends in any other way, tell what became of it.

        Args:
            family: The task's family.
            name: The task's name; None where it was not given.
        """
        try:
            yield
        except errors.SubmissionUnknownError as unknown:
            submission = getattr(unknown, "submission", None)
            name = name if submission is None else submission.name
            _advise(unknown, look_for_start(self.line, family, name))
            raise
        except BaseException as error:
            is_open = family.start in self.sent and not self.running
            submission = getattr(error, "submission", None)
            look = look_for_start(self.line, family, getattr(submission, "name", None) or name)
            if isinstance(error, KeyboardInterrupt) and not self.running:
                lines = ["It may have been started and charged.", *look]
                if is_open:
                    error.__notes__ = []  # The same, in the words of a program.
                _advise(error, lines if is_open else [self._not_started()])
            elif is_open and not isinstance(error, errors.A2EError | SystemExit):
                unclear = errors.SubmissionUnknownError(
                    f"the start was sent, and ended in a way that nobody expects "
                    f"({type(error).__name__}: {error}): it may have been started and charged"
                )
                _advise(unclear, [*getattr(error, "__notes__", ()), *look])
                raise unclear from error
            raise

    def _not_started(self) -> str:
        if "add_speech" in self.sent:
            return "The speech may have been made and charged; no video was started."
        return "Nothing was started."

    def wait(self, family: TaskFamily, task: Task | str, timeout: float) -> Task:
        """Wait until a task has ended.

        Args:
            family: The task's family.
            task: The task, or its id.
            timeout: Seconds to wait at the most.
        """
        self.progress.waiting(self.running)
        return self.task_resource(family).wait(
            task, timeout=timeout, on_update=self.progress.seen, poll=self.poll
        )

    def wait_many(
        self, family: TaskFamily, task_ids: Sequence[str], timeout: float
    ) -> Iterator[Task]:
        """Wait for several tasks and yield each as it ends, with the display out of the way.

        Args:
            family: The tasks' family.
            task_ids: Their ids.
            timeout: Seconds to wait for all of them at the most.
        """
        self.progress.waiting(task_ids)
        tasks = self.task_resource(family).wait_many(
            task_ids, timeout=timeout, on_update=self.progress.seen, poll=self.poll
        )
        with closing(tasks):
            for task in tasks:
                if task.id in self.running:
                    self.running.remove(task.id)
                with self.progress.hidden():
                    yield task

    @contextmanager
    def taking_up_again(
        self, family: TaskFamily, download: Callable[[str], Sequence[str]] | None = None
    ) -> Generator[None, None, None]:
        """Where a wait ends early, tell how to take it up again; as long as tasks are running.

        It begins before the start of a task, so that Ctrl-C finds no gap between the two.

        Args:
            family: The tasks' family.
            download: Gives the words of the command that was to follow, for the id of the task.
        """
        try:
            yield
        except errors.NotFoundError:
            raise
        except (KeyboardInterrupt, errors.WaitTimeoutError, errors.APIError) as error:
            if self.running:
                after = download(self.running[0]) if download is not None else ()
                interrupted = isinstance(error, KeyboardInterrupt)
                _advise(
                    error,
                    wait_again(self.line, family, self.running, after, interrupted=interrupted),
                )
                if self._in_process:
                    error.add_note(_ENDS_WITH_COMMAND)
            raise

    def save(
        self, what: Task | str, output: str, existing: Existing, again: Sequence[str] | None
    ) -> tuple[list[str], list[str]]:
        """Fetch the results of a task, or a link.

        Args:
            what: The finished task, or a URL.
            output: The file, or a directory.
            existing: What becomes of a file that is there already.
            again: The words of the command that goes on; None where it is the same as this one.

        Returns:
            The paths of the files that are there now, and a sentence on each.
        """
        from a2e_sdk.cli.output.rendering import size_text

        fetched = False

        def on_progress(received: int, total: int | None) -> None:
            nonlocal fetched
            fetched = True
            self.progress.downloading(received, total)

        self.progress.fetching()
        try:
            if output == STANDARD_OUTPUT:
                self._save_to_output(what, on_progress)
                return [output], []
            files = self.a2e.download(what, output, on_progress=on_progress, existing=existing)
        except FileExistsError as error:
            if again is not None and receipts.are_kept():
                _advise(
                    error, [f"Get it with:\n  {self.line.command(*again)} --existing overwrite"]
                )
            raise
        except (OutputError, SeveralResultsError):
            raise
        except (KeyboardInterrupt, errors.APIError, OSError) as error:
            _advise(error, download_again(self.line, again))
            raise
        done = "Saved" if fetched else "Kept"
        # An object's size is known to its store alone.
        sizes = [
            "" if isinstance(f, CloudPath) else f" ({size_text(f.stat().st_size)})" for f in files
        ]
        sentences = [f"{done} {file}{size}." for file, size in zip(files, sizes, strict=True)]
        return [str(file) for file in files], sentences

    def _save_to_output(self, what: Task | str, on_progress: DownloadProgress) -> None:
        """Write the one result of a task, or a link, to standard output when it is whole."""
        from a2e_sdk.cli.output.rendering import size_text

        urls = () if isinstance(what, str) else what.result_urls
        if len(urls) > 1 and not isinstance(what, str):
            raise SeveralResultsError(
                f"task {what.id} has {len(urls)} results, and standard output takes one: "
                "give --output a directory."
            )
        with tempfile.TemporaryDirectory(prefix="a2e-") as directory:
            (file,) = self.a2e.download(what, directory, on_progress=on_progress)
            with self.progress.hidden():
                copy_to_output(file)
            size = size_text(file.stat().st_size)
        print_note(f"Wrote {size} to standard output.")


@contextmanager
def working(
    region: str | None,
    base_url: str | None,
    *,
    journal: str | None = None,
    budget: Budget | None = None,
    cloud_inputs: str | None = None,
) -> Generator[Work, None, None]:
    """Open a client and a display for a long command.

    Args:
        region: The value of ``--region``; None where it was not given.
        base_url: The value of ``--base-url``; None where it was not given.
        journal: The value of ``--journal``; None where it was not given.
        budget: What ``--budget`` means; None where it was not given.
        cloud_inputs: The value of ``--cloud-inputs``; None where it was not given.
    """
    line = CommandLine(region, base_url)
    sent: set[str] = set()

    def on_request(event: RequestEvent) -> None:
        sent.add(event.operation)

    def on_response(event: ResponseEvent) -> None:
        if event.error is None:
            receipts.keep_step(event.operation)

    hooks = Hooks(on_request=on_request, on_response=on_response)
    client = open_client(
        region, base_url, hooks, journal=journal, budget=budget, cloud_inputs=cloud_inputs
    )
    with client as a2e, showing(a2e.api) as progress:
        yield Work(a2e, progress, line, sent)


def download_words(
    what: str, output: str, existing: str, family: TaskFamily | None = None
) -> list[str]:
    """Return the words of a download command.

    Args:
        what: The task's id.
        output: The value of ``--output``.
        existing: The value of ``--existing``.
        family: The task's family. Default: a face swap, which is the default of ``--family``.
    """
    words = ["download", what, "--output", output]
    if existing != "error":
        words += ["--existing", existing]
    if family is not None and family.name != "face_swap":
        words += ["--family", family.name.replace("_", "-")]
    return words


def _advise(error: BaseException, lines: Sequence[str]) -> None:
    for line in lines:
        error.add_note(line)

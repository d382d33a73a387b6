"""The steps of the commands that take minutes: start a task, wait for it, fetch its result.

This module owns the order of a step's progress and of the advice that an interruption gets; what
the steps do is the facade's business, the words of the advice are in ``advice``.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from .. import errors
from .advice import CommandLine, download_again, look_for_start, wait_again
from .options import open_client
from .progress import Progress, showing

if TYPE_CHECKING:
    from ..file_arguments import Existing
    from ..models import FaceSwapTask, Task
    from ..synchronous.client import A2E

TaskT = TypeVar("TaskT", bound="Task")

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

    Attributes:
        running: The ids of the tasks that are started and have not been seen to end.
    """

    a2e: A2E
    progress: Progress
    line: CommandLine
    running: list[str] = attrs.field(factory=list[str], init=False)

    @property
    def poll(self) -> float | None:
        """Seconds between two looks at a task; None lets them be learnt."""
        # A look into our own process is free, and its tasks are quicker than its old records tell.
        return _FREE_POLL if self._in_process else None

    @property
    def _in_process(self) -> bool:
        return self.a2e.api.configuration.address.in_process

    def start_face_swap(self, *, face: str, video: str, **options: Any) -> FaceSwapTask:
        """Start a face swap.

        Args:
            face: A path or a URL.
            video: A path or a URL.
            options: Other arguments of ``create``.
        """
        # Until the last byte of the local files is sent, nothing can have been started.
        uploads = [face, video, options.get("cover") or "://"]
        is_uploading = any("://" not in value for value in uploads)

        def on_upload(sent: int, total: int) -> None:
            nonlocal is_uploading
            is_uploading = sent < total
            self.progress.uploading(sent, total)

        self.progress.starting()
        try:
            task = self.a2e.face_swap.tasks.create(
                face=face, video=video, on_upload=on_upload, **options
            )
        except KeyboardInterrupt as stop:
            if is_uploading:
                stop.add_note("Nothing was started.")
            else:
                stop.add_note("It may have been started and charged.")
                _advise(stop, look_for_start(self.line, "face-swap", options.get("name")))
            raise
        except errors.SubmissionUnknownError as unknown:
            _advise(unknown, look_for_start(self.line, "face-swap", unknown.submission.name))
            raise
        self.running.append(task.id)
        self.progress.started(task)
        return task

    @contextmanager
    def taking_up_again(
        self, section: str, download: Callable[[str], Sequence[str]] | None = None
    ) -> Generator[None, None, None]:
        """Where a wait ends early, tell how to take it up again; as long as tasks are running.

        It begins before the start of a task, so that Ctrl-C finds no gap between the two.

        Args:
            section: The family's word on the command line, such as ``face-swap``.
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
                    wait_again(self.line, section, self.running, after, interrupted=interrupted),
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
        from .rendering import size_text

        fetched = False

        def on_progress(received: int, total: int | None) -> None:
            nonlocal fetched
            fetched = True
            self.progress.downloading(received, total)

        self.progress.fetching()
        try:
            files = self.a2e.download(what, output, on_progress=on_progress, existing=existing)
        except FileExistsError as error:
            error.add_note("--existing overwrite replaces it, --existing skip keeps it.")
            raise
        except (KeyboardInterrupt, errors.APIError, OSError) as error:
            _advise(error, download_again(self.line, again))
            raise
        verb = "Saved" if fetched else "Kept"
        sentences = [f"{verb} {file} ({size_text(file.stat().st_size)})." for file in files]
        return [str(file) for file in files], sentences


@contextmanager
def working(region: str | None, base_url: str | None) -> Generator[Work, None, None]:
    """Open a client and a display for a long command.

    Args:
        region: The value of ``--region``; None where it was not given.
        base_url: The value of ``--base-url``; None where it was not given.
    """
    line = CommandLine(region, base_url)
    with open_client(region, base_url) as a2e, showing(a2e.api) as progress:
        yield Work(a2e, progress, line)


def download_words(what: str, output: str, existing: str, family: str = "") -> list[str]:
    """Return the words of a download command.

    Args:
        what: The task's id.
        output: The value of ``--output``.
        existing: The value of ``--existing``.
        family: The value of ``--family``; empty for its default.
    """
    words = ["download", what, "--output", output]
    if existing != "error":
        words += ["--existing", existing]
    return [*words, "--family", family] if family else words


def nothing_to_save(output: str, existing: str) -> bool:
    """Check where a result is to go, before anything is paid for.

    Args:
        output: The file, or a directory.
        existing: ``error``, ``overwrite`` or ``skip``.

    Returns:
        Whether the file is there already and is to stay.

    Raises:
        FileExistsError: It is there, and ``existing`` is ``error``.
        FileNotFoundError: The directory it is to go to does not exist.
    """
    path = Path(output)
    if output.endswith("/") or path.is_dir():
        return False
    if not path.parent.is_dir():
        raise FileNotFoundError(f"--output: there is no directory {str(path.parent)!r}.")
    if existing == "overwrite" or not path.exists():
        return False
    if existing == "error":
        raise FileExistsError(
            f"{output!r} exists: --existing overwrite replaces it, --existing skip keeps it."
        )
    return True


def _advise(error: BaseException, lines: Sequence[str]) -> None:
    for line in lines:
        error.add_note(line)

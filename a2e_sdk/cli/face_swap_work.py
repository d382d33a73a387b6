"""``a2e face-swap run`` and ``a2e face-swap tasks create|wait``: the commands that cost and last.

This module owns these commands' names, arguments and help; the steps are in ``work``.
"""

# Some versions of typer type their own parameters with click's classes, left open.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from .exit_codes import ExitCode
from .options import (
    BaseUrlOption,
    ExistingOption,
    JsonOption,
    OutputOption,
    RegionOption,
    TimeoutOption,
    check_existing,
    check_timeout,
)

if TYPE_CHECKING:
    from ..models import FaceSwapTask
    from .work import Work

_SECTION = "face-swap"


def _model_versions() -> list[str]:
    return ["v1", "v2"]


FaceOption = Annotated[
    str, typer.Option("--face", metavar="FILE|URL", help="The image with the face.")
]
VideoOption = Annotated[
    str,
    typer.Option("--video", metavar="FILE|URL", help="The video, or image, to put it into."),
]
NameOption = Annotated[
    str | None, typer.Option("--name", metavar="TEXT", help="A label. Default: a unique one.")
]
CoverOption = Annotated[
    str | None, typer.Option("--cover", metavar="FILE|URL", help="A cover image. Default: none.")
]
ModelVersionOption = Annotated[
    str | None,
    typer.Option(
        "--model-version",
        metavar="v1|v2",
        help="The server's model; v2 is for images. Default: its choice.",
        autocompletion=_model_versions,
    ),
]
ResendOption = Annotated[
    bool,
    typer.Option(
        "--resend-if-unknown",
        help="Start again where the answer was lost and no task was found; it may be paid twice.",
    ),
]
TaskIds = Annotated[
    list[str], typer.Argument(metavar="ID...", help="Tasks' ids, each of 24 hexadecimal digits.")
]


def create_task(
    face: FaceOption,
    video: VideoOption,
    name: NameOption = None,
    cover: CoverOption = None,
    model_version: ModelVersionOption = None,
    resend_if_unknown: ResendOption = False,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Start a face swap and show it; this costs coins.

    Local files are uploaded first. The task is started at most once: where the answer is lost, it
    is looked for, and exit code 6 says that it was not found.
    """
    from .output import print_record
    from .work import working

    with working(region, base_url) as work:
        task = work.start_face_swap(
            face=face,
            video=video,
            name=name,
            cover=cover,
            model_version=cast(Any, model_version),
            resend_if_unknown=resend_if_unknown,
        )
    print_record(task, as_json=as_json)


def wait_for_tasks(
    task_ids: TaskIds,
    timeout: TimeoutOption = 1800.0,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Wait until face swaps have ended, and show them.

    One is shown with every field (--json: an object), several as a line each, as they end (--json:
    an array). Exit code 4 says that one failed, 5 that the time was over.
    """
    from ..validation import require_id
    from .work import working

    check_timeout(timeout)
    wanted = list(dict.fromkeys(map(require_id, task_ids)))
    with working(region, base_url) as work:
        if len(wanted) == 1:
            _wait_for_one(work, wanted[0], timeout, as_json)
        else:
            _wait_for_many(work, wanted, timeout, as_json)


def run_task(
    face: FaceOption,
    video: VideoOption,
    output: OutputOption = ".",
    timeout: TimeoutOption = 1800.0,
    existing: ExistingOption = "error",
    name: NameOption = None,
    cover: CoverOption = None,
    model_version: ModelVersionOption = None,
    resend_if_unknown: ResendOption = False,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Start a face swap, wait for it and save its result; this costs coins.

    Where the output file is there already, nothing is started: --existing error is exit code 2,
    --existing skip is a success. After Ctrl-C or a time-out the task goes on running on the server;
    the command that takes it up again is printed. --json prints the task with the paths of its
    files.
    """
    from .output import print_done, print_record, print_values
    from .work import download_words, nothing_to_save, working

    check_timeout(timeout)
    policy = check_existing(existing)
    if nothing_to_save(output, policy):
        if as_json:
            print_values({"files": [output]}, as_json=True)
        else:
            print_done(f"Kept {output}; nothing was started.")
        return

    def again(task_id: str) -> list[str]:
        return download_words(task_id, output, policy)

    with working(region, base_url) as work:
        with work.taking_up_again(_SECTION, again):
            task = work.start_face_swap(
                face=face,
                video=video,
                name=name,
                cover=cover,
                model_version=cast(Any, model_version),
                resend_if_unknown=resend_if_unknown,
            )
            ended = _wait(work, task, timeout, as_json)
        files, sentences = work.save(ended, output, policy, again(task.id))
    if as_json:
        print_record(ended, as_json=True, more={"files": list(files)})
    for sentence in () if as_json else sentences:
        print_done(sentence)


def _wait_for_one(work: Work, task_id: str, timeout: float, as_json: bool) -> None:
    from .output import print_record

    work.running.append(task_id)
    with work.taking_up_again(_SECTION):
        ended = _wait(work, task_id, timeout, as_json, failed_too=True)
    with work.progress.hidden():
        print_record(ended, as_json=as_json)


def _wait(
    work: Work,
    task: str | FaceSwapTask,
    timeout: float,
    as_json: bool,
    *,
    failed_too: bool = False,
) -> FaceSwapTask:
    """Wait for one task; where it failed, print its record if that was asked for."""
    from .. import errors
    from .output import print_record

    work.progress.waiting(work.running)
    try:
        return work.a2e.face_swap.tasks.wait(
            task, timeout=timeout, on_update=work.progress.seen, poll=work.poll
        )
    except errors.TaskFailedError as failure:
        if failure.task is not None and (as_json or failed_too):
            with work.progress.hidden():
                print_record(failure.task, as_json=as_json)
        raise


def _wait_for_many(work: Work, task_ids: list[str], timeout: float, as_json: bool) -> None:
    from ..status import TaskStatus
    from .columns import ended_columns
    from .output import print_listing

    failed = 0

    def ended() -> Iterator[FaceSwapTask]:
        nonlocal failed
        work.progress.waiting(task_ids)
        tasks = work.a2e.face_swap.tasks.wait_many(
            task_ids, timeout=timeout, on_update=work.progress.seen, poll=work.poll
        )
        with closing(tasks):
            for task in tasks:
                if task.id in work.running:
                    work.running.remove(task.id)
                failed += task.status is TaskStatus.FAILED
                with work.progress.hidden():
                    yield task

    work.running.extend(task_ids)
    with work.taking_up_again(_SECTION):
        print_listing(ended(), ended_columns(), "task", as_json=as_json, sample=1)
    if failed:
        raise typer.Exit(ExitCode.TASK_FAILED)

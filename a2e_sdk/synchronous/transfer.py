# Written by `nox -s generate` from asynchronous/transfer.py: edit there, not here.
"""One file from its link to its final path.

This module owns the transfers it takes until a file is whole: each asks for what is missing, a
broken one is followed by another, and an expired link by a fresh one. What an answer brings is
decided in ``a2e_sdk.file_rules``; the disk work is in ``a2e_sdk.part_file``.
"""

from __future__ import annotations

import logging
import random
from pathlib import Path

from .. import errors
from ..encoding import connection_error
from ..exchange import Delivery, FileReply, FileRequest, TransportFailure
from ..file_arguments import DownloadOptions
from ..file_names import Target
from ..file_rules import (
    Body,
    Kept,
    Verdict,
    download_headers,
    grace_after,
    is_expired,
    may_repeat_file,
    read_head,
)
from ..models import Task
from ..part_file import PartFile, file_sha256, is_file_there
from ..redaction import safe_text
from ..retries import pause_before_retry
from ..retry_quota import retry_cost
from .caller import Caller
from .concurrency import Call, disk_work
from .refusals import refusal_of

_OPERATION = "download"
_WRITTEN_AT_ONCE = 1024 * 1024
#: So many new bytes are progress: less than that counts as one more failure.
_PROGRESS = 64 * 1024
_LONGEST_GRACE_PAUSE = 8.0

logger = logging.getLogger("a2e_sdk")


class Link:
    """Where one file can be fetched.

    Args:
        url: The link.
        task: The task it is a result of; None for a link alone.
        index: Which of the task's results it is.
        reread: Reads the task again; None where that is not possible.

    Attributes:
        url: The link, renewed or not.
        task: The task, as last read.
    """

    def __init__(
        self,
        url: str,
        task: Task | None = None,
        index: int = 0,
        reread: Call[Task] | None = None,
    ) -> None:
        self.url = url
        self.task = task
        self._index = index
        self._reread = reread

    @property
    def identity(self) -> str:
        """What names the file, also when its link is renewed."""
        if self.task is None or not self.task.id:
            return self.url
        return f"{self.task.family} {self.task.id} {self._index}"

    def renew(self) -> bool:
        """Read the task again, and return whether that gave a link; only the first time it does."""
        reread, self._reread = self._reread, None
        if reread is None or self.task is None:
            return False
        try:
            self.task = reread(self.task)
        except errors.NotFoundError:
            return False
        if len(self.task.result_urls) <= self._index:
            return False
        self.url = self.task.result_urls[self._index]
        return True


class Transfer:
    """The download of one file.

    Args:
        caller: The client's settings, clock and connections.
        link: Where the file is.
        target: Where it goes.
        options: What was asked for.
    """

    def __init__(
        self, caller: Caller, link: Link, target: Target, options: DownloadOptions
    ) -> None:
        self._caller = caller
        self._link = link
        self._target = target
        self._options = options
        self._ask_for_rest = True
        self._attempts = 0
        self._failures = 0
        self._furthest = 0
        self._paid = 0
        self._grace: float | None = None
        self._grace_pause = 1.0
        self._date: str | None = None
        self._kept_instead: Path | None = None
        self._worthless = False

    def check_target(self) -> None:
        """Raise where the target rules the download out, before anything is sent.

        Raises:
            FileExistsError: A file is there and ``existing`` is ``"error"``.
        """
        if self._options.existing == "error":
            self._is_done(self._target.path, known=not self._target.needs_suffix)

    def run(self) -> Path:
        """Fetch the file, and return its path; see `download` of the client.

        Raises:
            FileExistsError: A file is there and ``existing`` is ``"error"``.
            APIError: The transfer failed, or what came is not to be kept.
            ResultExpiredError: The link does not work, and a fresh one was not to be had.
            OSError: The disk refused.
        """
        if self._is_done(self._target.path, known=not self._target.needs_suffix):
            return self._target.path
        part = PartFile(self._target.path, self._link.identity)
        try:
            disk_work(part.open)
            self._furthest = part.kept.position
            while not part.kept.is_whole:
                problem = self._attempt(part)
                if self._kept_instead is not None:
                    return self._kept_instead
                if problem is not None:
                    self._get_over(problem, part.kept)
            self._repay()
            return self._keep(part)
        finally:
            disk_work(part.discard if self._worthless else part.close)

    def _is_done(self, path: Path, *, known: bool) -> bool:
        """Tell whether there is nothing to do, as there is a file at its final path already."""
        if not known or not disk_work(is_file_there, path):
            return False
        existing, wanted = self._options.existing, self._options.sha256
        if existing == "skip":
            return wanted is None or disk_work(file_sha256, path) == wanted
        if existing == "error":
            raise FileExistsError(f"{str(path)!r} exists (existing='overwrite' replaces it).")
        return False

    def _attempt(self, part: PartFile) -> errors.APIError | None:
        """Ask once for what is missing; return why it did not come, None where it did."""
        self._attempts += 1
        kept = part.kept.usable() if self._ask_for_rest else Kept()
        request = FileRequest(
            method="GET",
            url=self._link.url,
            headers=download_headers(kept),
            timeout=self._options.timeout,
        )
        try:
            with self._caller.transport.stream(request) as reply:
                body = read_head(reply.status, reply.headers, kept)
                if body is Verdict.NOT_THE_REST:
                    logger.debug("download: the host gave something else than the rest")
                    self._ask_for_rest = False
                    return None
                if body is Verdict.REFUSED:
                    self._date = reply.headers.get("date")
                    hide = self._caller.configuration.key.redact
                    return refusal_of(reply, _OPERATION, hide)
                self._check(reply, body)
                path = self._target.final(body.file.content_type)
                if self._is_done(path, known=self._target.needs_suffix):
                    self._kept_instead = path
                    return None
                if not body.start:
                    disk_work(part.begin, body.file)
                self._receive(reply, body, part)
        except TransportFailure as failure:
            return connection_error(failure, _OPERATION)
        return None

    def _check(self, reply: FileReply, body: Body) -> None:
        """Refuse an answer that can't be the file, before anything of it is written."""
        content_type = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
        if self._link.task is not None and content_type == "text/html":
            raise self._unexpected("the file's host sent an HTML page in the place of the result")
        self._check_size(body.file.total)

    def _check_size(self, size: int | None) -> None:
        limit = self._options.max_bytes
        if limit is not None and size is not None and size > limit:
            self._worthless = True
            raise errors.APIError(
                f"the file is larger than max_bytes={limit}",
                operation=_OPERATION,
                attempts=self._attempts,
            )

    def _receive(self, reply: FileReply, body: Body, part: PartFile) -> None:
        """Write the body, and leave in ``part.kept`` what came of it."""
        pending: list[bytes] = []
        position = body.start
        show = self._options.on_progress
        show(position, body.file.total)
        try:
            for chunk in reply.chunks:
                pending.append(chunk)
                position += len(chunk)
                if body.stop is not None and position > body.stop:
                    break
                self._check_size(position)
                show(position, body.file.total)
                if position - part.kept.position >= _WRITTEN_AT_ONCE:
                    content, pending = b"".join(pending), []
                    disk_work(part.append, content)
        finally:
            if pending:
                disk_work(part.append, b"".join(pending))
        if body.stop is None:
            part.finish()
        elif position > body.stop:
            disk_work(part.restart)
            raise TransportFailure("more bytes came than were announced", Delivery.UNKNOWN)
        elif position < body.stop:
            raise TransportFailure("fewer bytes came than were announced", Delivery.UNKNOWN)

    def _get_over(self, problem: errors.APIError, kept: Kept) -> None:
        """Wait or renew the link where another attempt is worth it, else raise the problem."""
        if is_expired(problem):
            self._get_over_expiry(problem)
            return
        if kept.position >= self._furthest + _PROGRESS:
            self._furthest, self._failures = kept.position, 0
            self._repay()
        self._failures += 1
        broken = isinstance(problem, errors.APIConnectionError)
        exhausted = self._failures > self._caller.configuration.max_retries
        cost = retry_cost(problem)
        if (
            exhausted
            or self._caller.closed
            or not (broken or may_repeat_file(problem))
            or not self._caller.memory.retry_quota.take(cost)
        ):
            problem.attempts = self._attempts
            raise problem.with_traceback(None) from None
        self._paid += cost
        retry_after = getattr(problem, "retry_after", None)
        seconds = pause_before_retry(self._failures - 1, retry_after, random.random())
        logger.debug("download: attempt %d failed, retry in %.2f s", self._attempts, seconds)
        self._caller.timekeeper.pause(seconds)

    def _repay(self) -> None:
        """Put back into the client's retry quota what retries that helped have cost."""
        self._caller.memory.retry_quota.give(self._paid)
        self._paid = 0

    def _get_over_expiry(self, problem: errors.APIError) -> None:
        task = self._link.task
        if task is not None and problem.http_status == 404:
            if self._grace is None:
                ended = getattr(task, "completed_at", None) or task.updated_at
                self._grace = grace_after(ended, self._date, self._caller.server_time())
            if self._grace > 0:
                pause = min(self._grace_pause, self._grace)
                self._grace -= pause
                self._grace_pause = min(2 * self._grace_pause, _LONGEST_GRACE_PAUSE)
                self._caller.timekeeper.pause(pause)
                return
        if not self._link.renew():
            raise errors.ResultExpiredError(
                f"the link of the result no longer works (HTTP {problem.http_status}): "
                f"{safe_text(self._link.url, hide=self._caller.configuration.key.redact)}",
                task=self._link.task,
            )

    def _keep(self, part: PartFile) -> Path:
        """Put the whole file in its place, and return that."""
        self._check_size(part.kept.total)
        wanted = self._options.sha256
        if wanted is not None:
            found = disk_work(part.sha256)
            if found != wanted:
                self._worthless = True
                raise self._unexpected(f"the file's SHA-256 is {found}, not {wanted}")
        path = self._target.final(part.kept.content_type)
        if self._is_done(path, known=self._options.existing == "error"):
            return path
        disk_work(part.publish, path)
        return path

    def _unexpected(self, message: str) -> errors.UnexpectedResponseError:
        return errors.UnexpectedResponseError(
            message, operation=_OPERATION, attempts=self._attempts
        )

"""One file from its link to its final path.

This module owns the transfers it takes until a file is whole: each asks for what is missing, a
broken one is followed by another, and an expired link by a fresh one. What a response brings is
decided in ``_files.http_rules``; the disk work is in ``_files.part_file``.
"""

from __future__ import annotations

import logging
from pathlib import Path

from a2e_sdk import errors
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.concurrency import disk_work_async
from a2e_sdk._checks.redaction import safe_text
from a2e_sdk._files.http_rules import (
    Body,
    Kept,
    Verdict,
    download_headers,
    grace_after,
    is_expired,
    read_head,
)
from a2e_sdk._files.names import Target
from a2e_sdk._files.options import DownloadOptions
from a2e_sdk._files.part_file import PartFile, PartFileChanged
from a2e_sdk._files.time_limit import TimeLimit
from a2e_sdk._http.failures import Delivery, TransportFailure
from a2e_sdk._http.messages import AsyncFileRequest, AsyncFileResponse
from a2e_sdk._http.request import connection_error
from a2e_sdk._http.retry import Effect
from a2e_sdk.models.cloud import CloudPath

from .destinations import AsyncDestination
from .link import AsyncLink
from .refusals import refusal_of_async
from .told_size import told_size_async

_OPERATION = "download"
_WRITTEN_AT_ONCE = 1024 * 1024
#: So many new bytes are progress: less than that counts as one more failure.
_PROGRESS = 64 * 1024
_LONGEST_GRACE_PAUSE = 8.0

logger = logging.getLogger("a2e_sdk")


class AsyncTransfer:
    """The download of one file.

    Args:
        api: The client's settings, clock and connections.
        link: Where the file is.
        target: Where it goes.
        options: What was asked for.
        limit: When no attempt may begin or go on any more.
        destination: Where the whole file is put.
    """

    def __init__(
        self,
        api: AsyncAPIClient,
        link: AsyncLink,
        target: Target,
        options: DownloadOptions,
        limit: TimeLimit,
        destination: AsyncDestination,
    ) -> None:
        self._api = api
        self._link = link
        self._target = target
        self._options = options
        self._limit = limit
        self._destination = destination
        self._digest: str | None = None
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

    async def check_target(self) -> None:
        """Raise where the target rules the download out, before anything is sent.

        Raises:
            FileExistsError: A file is there and ``existing`` is ``"error"``.
        """
        if self._options.existing == "error":
            await self._is_done(self._target.path, known=not self._target.needs_suffix)

    async def run(self) -> Path | CloudPath:
        """Fetch the file, and return where it is; see `download` of the client.

        Raises:
            FileExistsError: A file is there and ``existing`` is ``"error"``.
            APITimeoutError: The deadline came first, among others.
            APIError: The transfer failed, or what came is not to be kept.
            ResultExpiredError: The link does not work, and a fresh one was not to be had.
            OSError: The disk refused.
        """
        if await self._is_done(self._target.path, known=not self._target.needs_suffix):
            await self._destination.keep(self._target.path)
            return self._destination.located(self._target.path)
        part = PartFile(self._target.path, self._link.identity)
        try:
            await self._destination.open(part, self._target.path)
            self._furthest = part.kept.position
            while not part.kept.is_whole:
                problem = await self._attempt(part)
                if self._kept_instead is not None:
                    return self._destination.located(self._kept_instead)
                if problem is not None:
                    await self._get_over(problem, part.kept)
            self._repay()
            return await self._keep(part)
        except PartFileChanged as changed:
            self._worthless = True
            raise errors.APIError(
                f"{changed} while it was written, so nothing was put at "
                f"{self._shown(self._target.path)}; the same call begins again",
                operation=_OPERATION,
                attempts=self._attempts,
            ) from None
        finally:
            await disk_work_async(part.discard if self._worthless else part.close)

    async def _is_done(self, path: Path, *, known: bool) -> bool:
        """Tell whether there is nothing to do, as there is a file at its final path already."""
        if not known or not await self._destination.is_there(path):
            return False
        existing, wanted = self._options.existing, self._options.sha256
        if existing == "skip":
            return wanted is None or await self._destination.sha256(path) == wanted
        if existing == "error":
            raise FileExistsError(f"{self._shown(path)} exists (existing='overwrite' replaces it).")
        return False

    def _shown(self, path: Path) -> str:
        return repr(str(self._destination.located(path)))

    async def _attempt(self, part: PartFile) -> errors.APIError | None:
        """Ask once for what is missing; return why it did not come, None where it did."""
        total = self._seconds_left(part.kept)
        self._attempts += 1
        kept = part.kept.usable() if self._ask_for_rest else Kept()
        request = AsyncFileRequest(
            method="GET",
            url=self._link.url,
            headers=download_headers(kept),
            timeout=self._options.timeout,
            total=total,
        )
        try:
            async with self._api.transport.stream_async(request) as reply:
                body = read_head(reply.status, reply.headers, kept)
                if body is Verdict.NOT_THE_REST:
                    logger.debug("download: the host gave something else than the rest")
                    self._ask_for_rest = False
                    return None
                if body is Verdict.REFUSED:
                    self._date = reply.headers.get("date")
                    hide = self._api.configuration.key.redact
                    return await refusal_of_async(reply, _OPERATION, hide)
                self._check(reply, body)
                path = self._target.final(body.file.content_type)
                if await self._is_done(path, known=self._target.needs_suffix):
                    self._kept_instead = path
                    return None
                if body.start:
                    part.go_on(body.file)
                else:
                    await disk_work_async(part.begin, body.file)
                await self._receive(reply, body, part)
            if not body.is_framed:
                await self._prove_end(part)
        except TransportFailure as failure:
            return connection_error(failure, _OPERATION)
        return None

    def _check(self, reply: AsyncFileResponse, body: Body) -> None:
        """Refuse a response that can't be the file, before anything of it is written."""
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

    async def _receive(self, reply: AsyncFileResponse, body: Body, part: PartFile) -> None:
        """Write the body, and leave in ``part.kept`` what came of it."""
        pending: list[bytes] = []
        position = body.start
        show = self._options.on_progress
        show(position, body.file.total)
        try:
            async for chunk in reply.chunks:
                pending.append(chunk)
                position += len(chunk)
                if body.stop is not None and position > body.stop:
                    break
                self._check_size(position)
                show(position, body.file.total)
                if position != body.stop and self._limit.is_over():
                    raise TransportFailure("too slow", Delivery.UNKNOWN, timed_out=True)
                if position - part.kept.position >= _WRITTEN_AT_ONCE:
                    chunks, pending = pending, []
                    await disk_work_async(part.append, chunks)
        finally:
            if pending:
                await disk_work_async(part.append, pending)
        if body.stop is None:
            if body.is_framed:
                part.finish()
        elif position > body.stop:
            await disk_work_async(part.restart)
            raise TransportFailure("more bytes came than were announced", Delivery.UNKNOWN)
        elif position < body.stop:
            raise TransportFailure("fewer bytes came than were announced", Delivery.UNKNOWN)

    async def _prove_end(self, part: PartFile) -> None:
        """Find out whether what came is the whole file, where the response did not say how much."""
        wanted, received = self._options.sha256, part.kept.position
        digest = None if wanted is None else await disk_work_async(part.sha256)
        size: int | None = received
        if wanted is None or digest != wanted:
            size = await told_size_async(
                self._api,
                self._link.url,
                part.kept,
                timeout=self._options.timeout,
                seconds_left=lambda: self._seconds_left(part.kept),
            )
        if size == received or (size is None and wanted is not None):
            self._digest = digest
            part.finish()
        elif size is None:
            self._worthless = True
            error = self._unexpected(
                f"the file's host closed the connection after {received} bytes and never said how "
                "long the file is, so it may be cut; it was not kept"
            )
            error.advice = "Pass sha256=... where you know the file's digest: it proves it whole."
            raise error
        else:
            if size < received:
                await disk_work_async(part.restart)
            raise TransportFailure(
                f"{received} bytes came of a file of at least {size}", Delivery.UNKNOWN
            )

    async def _get_over(self, problem: errors.APIError, kept: Kept) -> None:
        """Wait or renew the link where another attempt is worth it, else raise the problem."""
        if is_expired(problem):
            await self._get_over_expiry(problem, kept)
            return
        broken = isinstance(problem, errors.APIConnectionError)
        if broken and self._limit.is_over():
            raise self._out_of_time(kept) from None
        if kept.position >= self._furthest + _PROGRESS:
            self._furthest, self._failures = kept.position, 0
            self._repay()
        self._failures += 1
        seconds, _, cost = self._api.next_attempt(Effect.READ, problem, self._failures - 1)
        if seconds is None:
            problem.attempts = self._attempts
            raise problem.with_traceback(None) from None
        self._paid += cost
        logger.debug("download: attempt %d failed, retry in %.2f s", self._attempts, seconds)
        await self._pause(seconds, kept)

    async def _pause(self, seconds: float, kept: Kept) -> None:
        if self._limit.is_over(seconds):  # Nothing could follow.
            raise self._out_of_time(kept) from None
        await self._api.clock.pause_async(seconds)

    def _seconds_left(self, kept: Kept) -> float | None:
        """Return the seconds until the deadline, None where there is none; raise behind it."""
        if self._limit.is_over():
            raise self._out_of_time(kept)
        return self._limit.left()

    def _out_of_time(self, kept: Kept) -> errors.APITimeoutError:
        return self._limit.error(kept, self._target.path, self._attempts)

    def _repay(self) -> None:
        """Put back into the client's retry quota what retries that helped have cost."""
        self._api.state.retry_quota.give(self._paid)
        self._paid = 0

    async def _get_over_expiry(self, problem: errors.APIError, kept: Kept) -> None:
        task = self._link.task
        if task is not None and problem.http_status == 404:
            if self._grace is None:
                ended = getattr(task, "completed_at", None) or task.updated_at
                self._grace = grace_after(ended, self._date, self._api.server_time())
            if self._grace > 0:
                pause = min(self._grace_pause, self._grace)
                self._grace -= pause
                self._grace_pause = min(2 * self._grace_pause, _LONGEST_GRACE_PAUSE)
                await self._pause(pause, kept)
                return
        try:
            renewed = await self._link.renew()
        except errors.APIConnectionError:
            if self._limit.is_over():
                raise self._out_of_time(kept) from None
            raise
        if not renewed:
            raise errors.ResultExpiredError(
                f"the link of the result no longer works (HTTP {problem.http_status}): "
                f"{safe_text(self._link.url, hide=self._api.configuration.key.redact)}",
                task=self._link.task,
            )

    async def _keep(self, part: PartFile) -> Path | CloudPath:
        """Put the whole file in its place, and return that."""
        self._check_size(part.kept.total)
        wanted = self._options.sha256
        if wanted is not None:
            found = self._digest or await disk_work_async(part.sha256)
            if found != wanted:
                self._worthless = True
                raise self._unexpected(f"the file's SHA-256 is {found}, not {wanted}")
        path = self._target.final(part.kept.content_type)
        if await self._is_done(path, known=self._options.existing == "error"):
            return self._destination.located(path)
        self._worthless = await self._destination.publish(
            part, path, lambda: self._seconds_left(part.kept)
        )
        return self._destination.located(path)

    def _unexpected(self, message: str) -> errors.UnexpectedResponseError:
        return errors.UnexpectedResponseError(
            message, operation=_OPERATION, attempts=self._attempts
        )

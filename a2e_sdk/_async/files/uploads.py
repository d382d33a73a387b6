"""Local files in: from whatever a caller gave to an address that A2E's servers can fetch.

This module owns the order of an upload: everything is checked before the first byte is sent, then
each file gets its signed address and goes there. What may be given is decided in
``_files.sources``; what a refusal means and whether it is worth another try, in
``_files.http_rules``.
"""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack, aclosing
from typing import BinaryIO

import attrs

from a2e_api.types import Request
from a2e_sdk import errors
from a2e_sdk._async.api_client import AsyncAPIClient
from a2e_sdk._async.concurrency import disk_work_async
from a2e_sdk._checks.validation import require_url
from a2e_sdk._files.http_rules import FILE_USER_AGENT
from a2e_sdk._files.media_types import MediaKind
from a2e_sdk._files.options import FileArgument, UploadProgress
from a2e_sdk._files.sources import (
    FileInput,
    OpenedInput,
    UploadSource,
    check_input,
    is_url,
    open_input,
)
from a2e_sdk._files.spool import Spool
from a2e_sdk._files.time_limit import upload_seconds
from a2e_sdk._files.upload_addresses import is_usable_address, public_addresses
from a2e_sdk._http.failures import TransportFailure
from a2e_sdk._http.messages import AsyncFileRequest
from a2e_sdk._http.request import connection_error
from a2e_sdk._http.retry import Effect
from a2e_sdk._tasks.recovery import may_have_started
from a2e_sdk._wire.records import response_data
from a2e_sdk.models.cloud import SignedLink

from .refusals import refusal_of_async

_OPERATION = "upload"
NOTHING_KNOWN: Mapping[int, str] = {}
#: So many seconds a cancelled task waits, at most, for the reading of a pipe.
_MOMENT = 0.1


class AsyncUploader:
    """Turns files into addresses for one client.

    Args:
        api: What calls the API.
    """

    def __init__(self, api: AsyncAPIClient) -> None:
        self._api = api

    async def address_of(
        self,
        value: FileInput,
        name: str,
        *,
        accepts: Collection[MediaKind],
        on_progress: UploadProgress | None = None,
    ) -> str:
        """Return an address for one file; see `addresses_of`."""
        argument = FileArgument(value, name, accepts)
        return (await self.addresses_of((argument,), on_progress=on_progress))[0]

    async def addresses_of(
        self, arguments: Sequence[FileArgument], *, on_progress: UploadProgress | None = None
    ) -> tuple[str, ...]:
        """Return an address for each of some files, uploading those that are local.

        All of them are checked and opened before the first is uploaded, so that nothing is sent,
        and nothing charged, where a later one is wrong. An upload costs coins.

        Args:
            arguments: What was given. A file that the caller opened is read from where it stands,
                and left open. A pipe is read to its end before anything is sent, however long that
                takes; cancelling ends it.
            on_progress: Called with the bytes sent and the bytes of all local files together; sent
                bytes are counted back where an upload has to begin again.

        Returns:
            A URL for each, in the same order; a URL that was given is returned as it is. The
            address of an object becomes a signed link where the client's ``cloud_inputs`` says so.

        Raises:
            FileNotFoundError: There is no such file.
            IsADirectoryError: It is a directory.
            OSError: It can't be read.
            TypeError: It is neither a URL, a path, bytes nor a file open for reading bytes.
            ValueError: A URL that A2E can't fetch; the path of a pipe or a device; a file that is
                empty or of a wrong type.
            APIError: An upload failed.
        """
        with await self.open(arguments) as files:
            return await files.upload(on_progress=on_progress)

    async def open(self, arguments: Sequence[FileArgument]) -> AsyncOpenedFiles:
        """Check some files, and open those that are local; nothing is sent.

        Args:
            arguments: What was given, as for `addresses_of`.

        Returns:
            The files, to be used as a context manager that closes them.

        Raises:
            OSError, TypeError, ValueError: As `addresses_of` does.
        """
        with ExitStack() as opened:
            prepared: list[str | UploadSource] = []
            for argument in arguments:
                prepared.append(await self._prepare(argument))
                if isinstance(prepared[-1], UploadSource):
                    opened.callback(prepared[-1].close)
            return AsyncOpenedFiles(self, prepared, opened.pop_all())

    async def check(self, arguments: Iterable[FileArgument]) -> None:
        """Refuse files that are of no use, before anything that they are for is sent.

        A pipe is read once only, so that what it holds is looked at when it is uploaded.

        Raises:
            OSError, TypeError, ValueError: As `addresses_of` does.
        """
        for argument in arguments:
            if self._url_of(argument) is not None:
                continue
            opened = await disk_work_async(self._open, argument)
            if not opened.is_read_once:
                name, accepts = argument.name, argument.accepts
                source = await disk_work_async(check_input, opened, name, accepts)
                source.close()

    def _open(self, argument: FileArgument) -> OpenedInput:
        sign = self._api.configuration.cloud_inputs == "sign"
        return open_input(argument.value, argument.name, sign=sign)

    def _url_of(self, argument: FileArgument) -> str | None:
        """Return the URL that was given, which is checked; None for local content."""
        if not isinstance(argument.value, str) or not is_url(argument.value):
            return None
        private = self._api.configuration.address.is_private
        return require_url(argument.value, argument.name, allow_private=private)

    async def _prepare(self, argument: FileArgument) -> str | UploadSource:
        url = self._url_of(argument)
        if url is not None:
            return url
        opened = await disk_work_async(self._open, argument)
        if opened.is_read_once:
            copy = await _spooled_async(opened.stream, argument.name)
            opened = attrs.evolve(opened, stream=copy, ours=True)
        return await disk_work_async(check_input, opened, argument.name, argument.accepts)

    async def upload(
        self, source: UploadSource, progress: Progress, on_charge: Callable[[int], object]
    ) -> str:
        """Upload a file and return its address.

        Args:
            source: The file.
            progress: Counts its bytes.
            on_charge: Called with 1 before the server is asked for a place, which is what costs
                coins, and with -1 where it certainly gave none.
        """
        on_charge(1)
        try:
            upload_url, addresses = await self._place_for(source)
        except errors.APIError as error:
            if not may_have_started(error):
                on_charge(-1)
            raise
        await self._put(source, upload_url, progress)
        progress.finish(source.size)
        # One address is the server's word; where it gave none, the first at which the file is.
        return addresses[0] if len(addresses) == 1 else await self._reachable(addresses)

    async def link_to(self, link: Callable[[], str], name: str) -> SignedLink:
        """Return a link by which A2E reads an object of a store.

        Args:
            link: Signs it.
            name: The argument's name, for the messages.

        Raises:
            ConfigurationError: The credentials of the store can't sign.
            ValueError: The store is none that A2E can reach.
        """
        private = self._api.configuration.address.is_private
        signed = await disk_work_async(link)
        return SignedLink(require_url(signed, name, allow_private=private))

    async def _reachable(self, addresses: Sequence[str]) -> str:
        """Return the first address that has a file."""
        timeout = self._api.configuration.timeout
        for address in addresses:
            request = AsyncFileRequest(
                method="GET",
                url=address,
                headers={"user-agent": FILE_USER_AGENT, "range": "bytes=0-0"},
                timeout=timeout,
                total=timeout.total,
            )
            try:
                async with self._api.transport.stream_async(request) as reply:
                    if reply.status in (200, 206):
                        return address
            except TransportFailure:
                continue  # The next host may be there.
        raise errors.UnexpectedResponseError(
            "the file is uploaded, but the response has no cdnUrl and the file is at none of the "
            f"usual addresses ({', '.join(addresses)}). Give a public URL in place of the file",
            operation=_OPERATION,
            http_status=200,
        )

    async def _place_for(self, source: UploadSource) -> tuple[str, tuple[str, ...]]:
        """Return where to put a file, and where it can be then."""
        from a2e_api.api.storage import add_upload_url

        request = upload_request(source)
        response = await self._api.call_async(request, add_upload_url.parse)
        place = response_data(response, request.operation)
        upload_url: str | None = getattr(place, "upload_url", None)
        public_url: str | None = getattr(place, "cdn_url", None)
        addresses: tuple[str, ...] = ()
        if upload_url and is_usable_address(upload_url):
            addresses = (public_url,) if public_url and is_usable_address(public_url) else ()
            if public_url is None and not self._api.configuration.address.is_private:
                addresses = public_addresses(upload_url, place.key, place.bucket)
        if not upload_url or not addresses:
            raise errors.UnexpectedResponseError(
                "the response has no usable uploadUrl or cdnUrl, so the file has no address. Give "
                "a public URL in place of the file",
                operation=request.operation,
                http_status=response.status_code,
            )
        return upload_url, addresses

    async def _put(self, source: UploadSource, url: str, progress: Progress) -> None:
        attempts = cost = 0
        while True:
            attempts += 1
            error: errors.APIError | None
            try:
                error = await self._put_once(source, url, progress)
            except TransportFailure as failure:
                error = connection_error(failure, _OPERATION)
            if error is None:
                self._api.state.retry_quota.give(cost)
                return
            # The same bytes at the same address again: nothing is made or charged twice.
            decision = self._api.next_attempt(Effect.DELETE, error, attempts - 1)
            if decision.seconds is None:
                error.attempts = attempts
                raise error.with_traceback(None) from None
            cost = decision.cost
            await self._api.clock.pause_async(decision.seconds)

    async def _put_once(
        self, source: UploadSource, url: str, progress: Progress
    ) -> errors.APIError | None:
        """Send the content once; return why it was refused, None where it was taken."""
        timeout = self._api.configuration.timeout
        await disk_work_async(source.rewind)
        async with aclosing(_content(source, progress)) as content:
            request = AsyncFileRequest(
                method="PUT",
                url=url,
                headers={
                    "user-agent": FILE_USER_AGENT,
                    "content-type": source.media.content_type,
                    "content-length": str(source.size),
                },
                timeout=timeout,
                total=upload_seconds(timeout.total, source.size),
                content=content,
            )
            async with self._api.transport.stream_async(request) as reply:
                if 200 <= reply.status < 300:
                    return None
                hide = self._api.configuration.key.redact
                return await refusal_of_async(reply, _OPERATION, hide)


def upload_request(source: UploadSource) -> Request:
    """Return the request for a place where a file can be put, under a name of its own."""
    from a2e_api.api.storage import add_upload_url
    from a2e_api.models import AddUploadUrlRequest

    return add_upload_url.build_request(
        body=AddUploadUrlRequest(
            # What ``secrets`` makes, without the OpenSSL that it loads.
            key=os.urandom(16).hex() + source.media.suffix,
            content_type=source.media.content_type,
            content_length=source.size,
        )
    )


async def _spooled_async(stream: BinaryIO, name: str) -> BinaryIO:
    """Return a copy of a stream that can be read only once, however long that takes.

    Cancelling the task leaves the stream alone within a moment, whether or not bytes come.
    """
    spool = Spool(stream, name)
    try:
        while not await disk_work_async(spool.wait, _MOMENT):
            pass
        return spool.take()
    except BaseException:
        spool.abandon()
        raise


async def _content(source: UploadSource, progress: Progress) -> AsyncGenerator[bytes, None]:
    sent, check = 0, source.sending()
    while chunk := await disk_work_async(source.read, sent):
        await disk_work_async(check, chunk)
        if sent + len(chunk) >= source.size:
            check(b"")
        yield chunk
        sent += len(chunk)
        progress.show(sent)


class AsyncOpenedFiles:
    """Checked files, those that are local opened; closed by leaving the ``with`` block.

    Args:
        uploader: What uploads them.
        files: An address or a local file for each argument.
        opened: Closes them.

    Attributes:
        sources: The local files, in order.
        uploaded: Their addresses, once they were uploaded.
        charged: How many uploads may have cost coins.
    """

    def __init__(
        self, uploader: AsyncUploader, files: Sequence[str | UploadSource], opened: ExitStack
    ) -> None:
        self._uploader = uploader
        self._files = files
        self._opened = opened
        self.sources: list[UploadSource] = [
            file for file in files if isinstance(file, UploadSource)
        ]
        self.uploaded: tuple[str, ...] = ()
        self.charged = 0

    def __enter__(self) -> AsyncOpenedFiles:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def addresses(self, uploaded: Sequence[str]) -> tuple[str, ...]:
        """Return an address for each file.

        Args:
            uploaded: Those of the local files, in the order of `sources`.
        """
        rest = iter(uploaded)
        return tuple(file if isinstance(file, str) else next(rest) for file in self._files)

    async def upload(
        self,
        *,
        on_progress: UploadProgress | None = None,
        known: Mapping[int, str] = NOTHING_KNOWN,
    ) -> tuple[str, ...]:
        """Upload the local files, and return an address for each file, in order.

        Args:
            on_progress: Called with the bytes sent and the bytes of all local files together.
            known: The addresses of local files that need no upload, by their place in `sources`.

        Raises:
            APIError: An upload failed.
        """
        missing = [source for at, source in enumerate(self.sources) if at not in known]
        sizes = (source.size for source in missing if source.is_uploaded)
        progress = Progress(on_progress, sum(sizes))
        uploaded: list[str] = []
        for at, source in enumerate(self.sources):
            address = known.get(at)
            if address is None and source.link is not None:
                address = await self._uploader.link_to(source.link, source.name)
            if address is None:
                address = await self._uploader.upload(source, progress, self._count_charge)
            uploaded.append(address)
        self.uploaded = tuple(uploaded)
        return self.addresses(self.uploaded)

    def expect(self, digests: Sequence[str]) -> None:
        """Refuse to send other content of the local files than was read before.

        Args:
            digests: The SHA-256 of each, in the order of `sources`.
        """
        expected: list[UploadSource] = [
            source.expecting(digest) for source, digest in zip(self.sources, digests, strict=True)
        ]
        rest = iter(expected)
        self._files = [file if isinstance(file, str) else next(rest) for file in self._files]
        self.sources = expected

    def _count_charge(self, number: int) -> None:
        self.charged += number

    def forget_charged(self) -> None:
        """Count the uploads that are begun from here on."""
        self.charged = 0


class Progress:
    """Counts the bytes of several files as those of one."""

    def __init__(self, on_progress: UploadProgress | None, total: int) -> None:
        self._on_progress = on_progress
        self._total = total
        self._finished = 0

    def show(self, sent: int) -> None:
        """Tell how many bytes of the file at hand are sent."""
        if self._on_progress is not None:
            self._on_progress(self._finished + sent, self._total)

    def finish(self, size: int) -> None:
        """Count a file of some bytes as sent."""
        self._finished += size

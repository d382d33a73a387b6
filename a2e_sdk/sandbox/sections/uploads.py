"""Presigned uploads: the operation that signs a URL, the PUT to it, and the file under its CDN URL.

This module owns what was uploaded. The bytes stay in memory, up to a limit for all of them
together. As with the storage that A2E uses, a PUT must look exactly as it was signed, and must not
carry a token.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote

from attrs import field, frozen

from a2e_sdk.sandbox.files.links import LinkProblem, check_link, expiry_after, signed_link
from a2e_sdk.sandbox.files.served_files import ServedFile, entity_tag, serve_file
from a2e_sdk.sandbox.protocol.messages import SandboxReply
from a2e_sdk.sandbox.protocol.responses import refused_field, storage_error
from a2e_sdk.sandbox.protocol.routing import Call, OperationHandler, OperationPath, Route
from a2e_sdk.sandbox.state.server_state import SandboxState
from a2e_sdk.sandbox.tasks.family import Row

from .face_swap import USER_ID

__all__ = ["DEFAULT_UPLOAD_LIMIT", "UPLOAD_PATHS", "UPLOAD_URL_PRICE", "UploadedFile", "Uploads"]

DEFAULT_UPLOAD_LIMIT = 256 * 1024 * 1024
"""Bytes that all uploads together may have by default."""

UPLOAD_URL_PRICE = 1
"""Coins for one signed URL. A2E charges API tokens too, but its price is not public: this is the
sandbox's own, small enough never to matter and large enough to be seen in the ledger."""

_SIGNED_PATH = "/uploads"
_PUBLIC_PATH = "/cdn"
_NAMES = "{bucket}/{*key}"

UPLOAD_PATHS = (
    OperationPath("put_upload", "PUT", f"{_SIGNED_PATH}/{_NAMES}"),
    OperationPath("download_upload", "GET", f"{_PUBLIC_PATH}/{_NAMES}"),
    OperationPath("head_upload", "HEAD", f"{_PUBLIC_PATH}/{_NAMES}"),
)
"""Where uploads go to and are found."""
_DEFAULT_SECONDS = 3_600
_DEFAULT_BUCKET = "3days-apac"
_DEFAULT_FOLDER = "adam2eve"
_LONGEST_KEY = 1_024
"""In bytes, which a schema can't count."""


@frozen
class UploadedFile:
    """One uploaded file.

    Args:
        content: its bytes.
        content_type: the ``Content-Type`` it was uploaded with; ``"application/octet-stream"`` if
            there was none.
        etag: its strong entity tag, quotes included.
    """

    content: bytes = field(repr=False)
    content_type: str
    etag: str


class Uploads:
    """The uploaded files and what can be asked of them.

    Args:
        state: what it shares with the rest of the sandbox.
        limit: bytes that all files together may have.

    Raises:
        ValueError: ``limit`` is negative.
    """

    def __init__(self, state: SandboxState, limit: int) -> None:
        if limit < 0:
            raise ValueError("upload_limit must be 0 or more")
        self._state = state
        self._limit = limit
        # By bucket and key, joined by a slash.
        self._files: dict[str, UploadedFile] = {}
        self._size = 0

    @property
    def limit(self) -> int:
        """Bytes that all files together may have."""
        return self._limit

    def saved(self) -> dict[str, UploadedFile]:
        """Return the uploaded files by bucket and key, which a slash joins."""
        return dict(self._files)

    def restore(self, saved: Mapping[str, UploadedFile]) -> None:
        """Hold files that were saved, and no others.

        Args:
            saved: the files by bucket and key.

        Raises:
            ValueError: together they are larger than the limit.
        """
        size = sum(len(file.content) for file in saved.values())
        if size > self._limit:
            raise ValueError(f"its uploads have {size} bytes; upload_limit is {self._limit}")
        self._files, self._size = dict(saved), size

    def files(self) -> dict[str, UploadedFile]:
        """Return the uploaded files by their public URL, in the order of their first upload."""
        return {self._public_url(name): file for name, file in self._files.items()}

    def resource_of(self, text: str) -> str:
        """Return what two links to the same bytes have in common.

        Args:
            text: any text.

        Returns:
            For the link to an uploaded file, its entity tag; for any other link to the sandbox, the
            path of it, which stays the same while its signature changes; otherwise the text.
        """
        if not text.startswith(f"{self._state.public_url}/"):
            return text
        path = text.removeprefix(self._state.public_url).partition("?")[0]
        file = self._files.get(unquote(path.removeprefix(f"{_PUBLIC_PATH}/")))
        return path if file is None else file.etag

    def handlers(self) -> dict[str, OperationHandler]:
        """Return the handlers of the operations that sign a URL, by their ids."""
        return {"add_upload_url": self._add, "add_legacy_upload_url": self._add_legacy}

    def routes(self) -> list[Route]:
        """Return the routes of `UPLOAD_PATHS`."""
        return [
            Route("put_upload", self._put, public=True),
            Route("download_upload", self._serve, public=True),
            Route("head_upload", self._serve, public=True),
        ]

    def _add(self, call: Call) -> Row:
        return self._sign(call, self._state.prices["add_upload_url"])

    def _add_legacy(self, call: Call) -> Row:
        # The older operation is not said to cost anything. Responses were seen with and without the
        # file's address; that it is there where its domain was asked for is the sandbox's rule.
        signed = self._sign(call, 0)
        if "cdnDomain" not in call.body:
            del signed["cdnUrl"]
        return signed

    def _sign(self, call: Call, price: int) -> Row:
        wanted = call.body
        prefix = wanted.get("urlPrefix", _DEFAULT_FOLDER)
        for name in ("key", "urlPrefix"):
            if len(wanted.get(name, "").encode()) > _LONGEST_KEY:
                raise refused_field(name, "body", f"must have at most {_LONGEST_KEY} bytes")
        key = f"{prefix}/sandbox/user/{USER_ID}/{wanted['key']}"
        bucket = wanted.get("bucket", _DEFAULT_BUCKET)
        seconds = int(wanted.get("expiresIn", _DEFAULT_SECONDS))
        terms: dict[str, str] = {}
        if "contentType" in wanted:
            terms["contentType"] = wanted["contentType"]
        size = wanted.get("contentLength", wanted.get("fileSize"))
        if size is not None:
            terms["contentLength"] = str(int(size))
        self._state.charge(key, price, call.now, "upload")
        path = f"{_SIGNED_PATH}/{bucket}/{key}"
        return {
            "uploadUrl": self._state.public_url
            + signed_link(path, expiry_after(call.now, seconds), terms),
            "key": key,
            "expiresIn": seconds,
            "bucket": bucket,
            "cdnUrl": self._public_url(f"{bucket}/{key}"),
        }

    def _put(self, call: Call) -> SandboxReply:
        refusal = _refused_put(call)
        if refusal is not None:
            return refusal
        name = _stored_name(call)
        content = call.request.body
        content_type = call.request.headers.get("content-type", "application/octet-stream")
        file = UploadedFile(content, content_type, entity_tag(content))
        before = self._files.get(name)
        size = self._size + len(content) - (len(before.content) if before else 0)
        if size > self._limit:
            text = f"The sandbox keeps {self._limit} bytes of uploads"
            return storage_error(413, "EntityTooLarge", text)
        self._files[name], self._size = file, size
        return SandboxReply(200, {"etag": file.etag, "content-length": "0"})

    def _serve(self, call: Call) -> SandboxReply:
        file = self._files.get(_stored_name(call))
        if file is None:
            return storage_error(404, "NoSuchKey", "There is no such file")
        content = file.content
        served = ServedFile(
            len(content),
            file.content_type,
            file.etag,
            lambda start, stop: content[start:stop],
        )
        return serve_file(served, call.request.method, call.request.headers)

    def _public_url(self, name: str) -> str:
        return self._state.public_url + quote(f"{_PUBLIC_PATH}/{name}")


def _stored_name(call: Call) -> str:
    return f"{call.parameters['bucket']}/{call.parameters['key']}"


def _refused_put(call: Call) -> SandboxReply | None:
    """Return the response to a PUT that is not as it was signed; None for a good one."""
    request, headers = call.request, call.request.headers
    if "authorization" in headers:
        return storage_error(403, "AccessDenied", "A signed URL allows no Authorization header")
    problem = check_link(unquote(request.path), request.query, call.now)
    if problem is LinkProblem.SIGNATURE:
        return storage_error(403, "SignatureDoesNotMatch", "The URL is not as it was signed")
    if problem is LinkProblem.EXPIRED:
        return storage_error(403, "AccessDenied", "Request has expired")
    signed_type = request.query.get("contentType")
    if signed_type is not None and headers.get("content-type") != signed_type:
        return storage_error(403, "SignatureDoesNotMatch", "Content-Type is not as it was signed")
    stated = headers.get("content-length")
    if stated is None:
        return storage_error(411, "MissingContentLength", "Content-Length is needed")
    # A length that was not signed only has to be true.
    for expected in (stated, request.query.get("contentLength", stated)):
        if expected != str(len(request.body)):
            return storage_error(400, "IncompleteBody", "The body has another length than stated")
    return None

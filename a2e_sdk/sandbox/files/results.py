"""Downloads of results: the links to them, and how long these work.

This module owns the two operations on ``/files``. A link is signed and expires; reading the task
again hands out a fresh one, which is the sandbox's own behaviour: what A2E does is not known. Which
tasks have a result is known to `tasks.endpoints`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import unquote

from attrs import define

from a2e_sdk.sandbox.protocol.messages import SandboxReply
from a2e_sdk.sandbox.protocol.responses import storage_error
from a2e_sdk.sandbox.protocol.routing import Call, OperationPath, Route

from .links import LinkProblem, check_link, expiry_after, signed_link
from .served_files import ResultFile, serve_file

__all__ = ["EXPIRED_STATUSES", "RESULT_PATHS", "ResultDownloads", "ResultLinks"]

EXPIRED_STATUSES = {403: "AccessDenied", 404: "NoSuchKey", 410: "Gone"}
"""What an expired link can get, and the error code in the body."""

_PATH = "/files/{family}/{task_id}/{name}"

RESULT_PATHS = (
    OperationPath("download_file", "GET", _PATH),
    OperationPath("head_file", "HEAD", _PATH),
)
"""Where results are found."""

FindResults = Callable[[str, str, datetime], tuple[ResultFile, ...]]
"""Returns the results of a task by family name, task id and time; none where there are none."""


@define
class ResultLinks:
    """How long results and the links to them last.

    Args:
        link_lifetime: seconds for which a link works after it was handed out.
        result_lifetime: seconds after the task's end for which any link works; None for ever.
        size: bytes of a result.
        expired_status: HTTP status of an expired link.
        edition: number of the present content; another one gives all results other bytes.

    Raises:
        ValueError: a number is negative or not finite, or the status is not one of
            `EXPIRED_STATUSES`.
    """

    link_lifetime: float
    result_lifetime: float | None
    size: int
    expired_status: int
    edition: int = 1

    def __attrs_post_init__(self) -> None:
        for seconds in (self.link_lifetime, self.result_lifetime or 0.0, self.size):
            if not 0 <= seconds < float("inf"):
                raise ValueError("lifetimes and result_size must be finite and 0 or more")
        if self.expired_status not in EXPIRED_STATUSES:
            raise ValueError(f"expired_status must be one of {sorted(EXPIRED_STATUSES)}")

    def link(self, file: ResultFile, ended_at: datetime, now: datetime) -> str:
        """Hand out a link.

        Args:
            file: what it leads to.
            ended_at: when the task ended.
            now: the moment it is handed out.

        Returns:
            Path and query, to be put behind scheme and host.
        """
        expires = expiry_after(now, self.link_lifetime)
        if self.result_lifetime is not None:
            expires = min(expires, expiry_after(ended_at, self.result_lifetime))
        return signed_link(file.path, expires)


class ResultDownloads:
    """The operations that serve results; no token is asked for.

    Args:
        links: how long results last.
        find: finds the results of a task.
    """

    def __init__(self, links: ResultLinks, find: FindResults) -> None:
        self._links = links
        self._find = find

    def routes(self) -> list[Route]:
        """Return the routes of `RESULT_PATHS`."""
        return [Route(path.operation, self._serve, public=True) for path in RESULT_PATHS]

    def _serve(self, call: Call) -> SandboxReply:
        request, links = call.request, self._links
        path = unquote(request.path)
        problem = check_link(path, request.query, call.now)
        if problem is LinkProblem.SIGNATURE:
            return storage_error(403, "SignatureDoesNotMatch", "This link was not handed out")
        if problem is LinkProblem.EXPIRED:
            status = links.expired_status
            return storage_error(status, EXPIRED_STATUSES[status], "Request has expired")
        files = self._find(call.parameters["family"], call.parameters["task_id"], call.now)
        file = next((file for file in files if file.path == path), None)
        if file is None:
            return storage_error(404, "NoSuchKey", "There is no such file")
        served = file.served(links.size, links.edition)
        return serve_file(served, request.method, request.headers)

"""Where one file can be fetched, and how its link is renewed."""

from __future__ import annotations

from a2e_sdk import errors
from a2e_sdk._async.concurrency import Call
from a2e_sdk.models import Task


class AsyncLink:
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

    async def renew(self) -> bool:
        """Read the task again, and return whether that gave a link; only the first time it does."""
        reread, self._reread = self._reread, None
        if reread is None or self.task is None:
            return False
        try:
            self.task = await reread(self.task)
        except errors.NotFoundError:
            return False
        if len(self.task.result_urls) <= self._index:
            return False
        self.url = self.task.result_urls[self._index]
        return True

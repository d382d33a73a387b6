"""The errors of the low-level client: a response that is not a success.

Each carries what the caller needs to decide, and prints a bounded excerpt of the body only. Errors of the
connection are left to httpx; friendly classes are left to the facade.
"""

from __future__ import annotations

EXCERPT_LENGTH = 200


def excerpt(content: bytes | str) -> str:
    """Return the first characters of a body on one line, at most `EXCERPT_LENGTH` and an ellipsis."""
    # Four bytes a character at most: a huge body is not decoded for its beginning.
    head = content[: EXCERPT_LENGTH * 4 + 4]
    text = " ".join((head.decode(errors="replace") if isinstance(head, bytes) else head).split())
    return text if len(text) <= EXCERPT_LENGTH else text[:EXCERPT_LENGTH] + "…"


class UnexpectedAnswer(Exception):
    """The base of the errors in this module."""


class UnexpectedStatus(UnexpectedAnswer):
    """The HTTP status is not a success.

    Args:
        status_code: The HTTP status, any integer.
        content: The body as it came.
    """

    def __init__(self, status_code: int, content: bytes) -> None:
        super().__init__(status_code, content)
        self.status_code = status_code
        self.content = content

    def __str__(self) -> str:
        return f"HTTP status {self.status_code}: {excerpt(self.content)}"


class UnexpectedBody(UnexpectedAnswer):
    """The body is not what the operation responds with: not JSON, or not a JSON object.

    Args:
        status_code: The HTTP status, or None where it is not known.
        content: The body, or a text that shows it. Only its beginning is kept, as `excerpt`.
    """

    def __init__(self, status_code: int | None, content: bytes | str) -> None:
        self.status_code = status_code
        self.excerpt = excerpt(content)
        super().__init__(status_code, self.excerpt)

    def __str__(self) -> str:
        return f"the response is not a JSON object: {self.excerpt}"


class UnexpectedCode(UnexpectedAnswer):
    """The envelope carries a code other than 0, under a successful HTTP status.

    Args:
        code: The server's code; a string if it is no number.
        message: The server's text, or None.
        trace_id: The server's number of the request, or None.
        status_code: The HTTP status.
    """

    def __init__(
        self, code: int | str, message: str | None, trace_id: str | None, status_code: int
    ) -> None:
        super().__init__(code, message, trace_id, status_code)
        self.code = code
        self.message = message
        self.trace_id = trace_id
        self.status_code = status_code

    def __str__(self) -> str:
        trace = "" if self.trace_id is None else f" (trace_id {self.trace_id})"
        return f"code {self.code}: {excerpt(self.message or 'no message')}{trace}"

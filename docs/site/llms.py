"""``llms.txt`` and ``llms-full.txt``: the site for programs that read text.

This module is pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .pages import PARTS, Page

_SUMMARY = (
    "The Python SDK of the A2E AI Avatar API: typed, sync and async, with a sandbox that needs no "
    "key and no network. Every page is there as Markdown: PAGE.md beside PAGE.html."
)
_LONGEST = 160
_LEFT_OUT = (
    "Not in this file: the {count} pages that list every name, one for each section and module. "
    "llms.txt has their addresses, reference/python/index.md says what each is for."
)


def index_text(pages: Sequence[Page]) -> str:
    """Return ``llms.txt``: a line for each page, with what it is about.

    Args:
        pages: All pages, in the order of the navigation.
    """
    return "\n".join(_lines(pages)) + "\n"


def _lines(pages: Sequence[Page]) -> Iterator[str]:
    yield "# a2e-sdk"
    yield ""
    yield f"> {_SUMMARY}"
    for part in PARTS:
        listed = [page for page in pages if page.part == part]
        if listed:
            yield from ("", f"## {part}", "")
        for page in listed:
            about = first_sentence(page.text)
            yield f"- [{plain(page.title)}]({page.name}.md)" + (f": {about}" if about else "")


def whole_text(pages: Sequence[Page]) -> str:
    """Return ``llms-full.txt``: the pages, each below a line that says which it is.

    The generated reference of names is left out, which is as long as all else many times over; the
    first lines say so.

    Args:
        pages: All pages, in the order of the navigation.
    """
    left_out = [page for page in pages if page.is_bulk]
    note = f"<!-- {_LEFT_OUT.format(count=len(left_out))} -->\n\n" if left_out else ""
    return note + "".join(
        f"<!-- {page.name}.md -->\n\n{page.text.rstrip()}\n\n" for page in pages if not page.is_bulk
    )


def first_sentence(text: str) -> str:
    """Return what a page says first, as plain text of one line.

    Args:
        text: The page.
    """
    for block in re.split(r"\n\s*\n", text.strip()):
        if not re.match(r"[#`!|<>*-]|\[!", block.strip()) or re.match(r"`[^`]", block.strip()):
            line = plain(" ".join(block.split()))
            sentence = re.match(r".+?[.:!?](?= |$)", line)
            found = sentence[0].rstrip(":") if sentence else line
            return found if len(found) <= _LONGEST else found[: _LONGEST - 3].rstrip() + "..."
    return ""


def plain(text: str) -> str:
    """Return Markdown of one line without links, emphasis and code.

    Args:
        text: The line.
    """
    return re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("`", "").replace("**", "")

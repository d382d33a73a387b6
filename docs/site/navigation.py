"""The navigation: lists of pages that Sphinx reads, which the Markdown of a page does not have.

This module is pure.
"""

from __future__ import annotations

from collections.abc import Sequence

from .pages import PARTS, Page

_TREE = """

```{{toctree}}
:hidden:
:maxdepth: 1
{caption}
{names}
```
"""


def with_navigation(page: Page, pages: Sequence[Page]) -> str:
    """Return the text of a page with the lists of the pages below it.

    The pages of the generated reference are in no list, because the whole navigation is on every
    page: they would be most of it. The pages that they are below have links to all of them.

    Args:
        page: The page.
        pages: All pages, in the order of the navigation.
    """
    if page.is_bulk:
        return f"---\norphan: true\n---\n\n{page.text}"
    if page.name == "index":
        lists = [
            (f":caption: {part}\n", [one for one in pages if one.part == part and not one.below])
            for part in PARTS
        ]
    else:
        lists = [("", [one for one in pages if one.below == page.name and not one.is_bulk])]
    return page.text + "".join(
        _TREE.format(caption=caption, names="\n".join(f"/{one.name}" for one in below))
        for caption, below in lists
        if below
    )

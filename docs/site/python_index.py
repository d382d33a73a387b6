"""The page that lists the pages of the Python reference, and the titles of those of modules.

This module owns the order of the pages and what stands above the names of each.
"""

from __future__ import annotations

from collections.abc import Iterator

import griffe

from a2e_sdk import models

from .docstrings import documented, markdown
from .llms import first_sentence
from .pages import REFERENCE, Page, relative
from .python_names import CLIENT, ERRORS, FOLDER, INDEX, TYPES, PublicNames
from .python_pages import PythonPages, joined

_CLIENT_TEXT = """\
# The clients: `A2E` and `AsyncA2E`

`A2E` is the client for ordinary code, `AsyncA2E` the one for `async` code; both have the same
sections. `a2e` is the client that you made, of either class:

```python
from a2e_sdk import A2E, AsyncA2E

with A2E() as a2e:
    ...
async with AsyncA2E() as a2e:
    ...
```"""

_TYPES_TEXT = """\
# Types of arguments

What the arguments of the SDK take beside its classes. A protocol is any object that has these
attributes and methods."""


def python_pages(names: PublicNames, writer: PythonPages) -> list[Page]:
    """Return the pages: the index first, those that it lists after it.

    Args:
        names: All public names.
        writer: Shows the names.
    """
    made = [
        Page(page, _page(page, names, writer), REFERENCE, below=INDEX, is_bulk=True)
        for page in names.pages()
        if page not in (ERRORS, TYPES)
    ]
    # The last one, because it lists the types that the others have named.
    made.append(Page(TYPES, _types(names, writer), REFERENCE, below=INDEX, is_bulk=True))
    return [Page(INDEX, joined(_index(made)), REFERENCE), *made]


def _page(page: str, names: PublicNames, writer: PythonPages) -> str:
    if page.startswith(f"{CLIENT}."):
        return writer.section(page)
    if page == CLIENT:
        return joined([_CLIENT_TEXT, *writer.members(page)])
    module = page.rpartition("/")[2]
    source = names.sources.find(module)
    text = documented(source, lambda code: f"`{code}`").text
    also = [
        f"[`{name}`]({relative(page, f'{FOLDER}/a2e_sdk.md')}#{names.by_written[written].anchor})"
        for name in dir(models)
        if (written := f"a2e_sdk.{name}") in names.by_written
        and f"{module}.{name}" not in names.by_written
        and names.by_written[written].page == f"{FOLDER}/a2e_sdk"
        and module == "a2e_sdk.models"
    ]
    lines = ["", f"Also here, from `a2e_sdk`: {', '.join(also)}"] if also else []
    return joined([f"# `{module}`", "", text, *lines, *writer.members(page)])


def _types(names: PublicNames, writer: PythonPages) -> str:
    lines = [_TYPES_TEXT, *writer.members(TYPES)]
    shown: set[str] = set()
    # A type may name another one.
    while missing := sorted(writer.aliases.keys() - shown):
        for label in missing:
            shown.add(label)
            lines += _alias(label, writer.aliases[label], writer)
    return joined(lines)


def _alias(label: str, alias: griffe.Attribute, writer: PythonPages) -> Iterator[str]:
    yield from ("", f"## `{label}`", "")
    if alias.docstring is not None:
        yield markdown(alias.docstring.value, lambda code: f"`{code}`")
        yield ""
    yield from ("```python", f"{label} = {alias.value}", "```")
    yield from writer.types_of(label, [alias.value])


def _index(pages: list[Page]) -> Iterator[str]:
    yield "# Python: all names"
    yield ""
    yield "Every name that you can import or call, with its signature and what it says of itself."
    yield "Each page is named by what you write: `a2e.face_swap` has `a2e.face_swap.tasks.create`,"
    yield "`a2e_sdk.sandbox` has `a2e_sdk.sandbox.Sandbox`, and the anchor of each is its name. How"
    yield "the parts fit together is in [sections](../../sections.md); errors have"
    yield "[a page of their own](../errors.md), and so has what the server can do: the"
    yield "[operations](../operations.md)."
    for title, chosen in (
        ("The clients and their sections", [one for one in pages if _is_section(one)]),
        ("Modules", [one for one in pages if not _is_section(one)]),
    ):
        yield from ("", f"## {title}", "", "| page | what it is for |", "|---|---|")
        for page in chosen:
            short = f"`{page.name.removeprefix(f'{FOLDER}/')}`"
            label = page.title if page.name in (CLIENT, TYPES) else short
            about = first_sentence(page.text.partition("\n")[2]).replace("|", "\\|")
            yield f"| [{label}]({relative(INDEX, page.name + '.md')}) | {about} |"


def _is_section(page: Page) -> bool:
    return page.name == CLIENT or page.name.startswith(f"{CLIENT}.")

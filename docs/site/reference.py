"""The reference: pages that are generated from the code at build time.

This module owns which pages there are; each kind of page has a module of its own.
"""

from __future__ import annotations

from pathlib import Path

from .command_pages import command_pages
from .error_pages import error_page
from .operation_pages import operations_page
from .pages import REFERENCE, Page
from .python_index import python_pages
from .python_names import public_names
from .python_pages import PythonPages


def reference_pages(root: Path) -> list[Page]:
    """Return the generated pages, in the order of the navigation.

    Args:
        root: The root of the repository.
    """
    names = public_names(root)
    writer = PythonPages(names)
    errors = Page("reference/errors", error_page(names, writer), REFERENCE)
    return [
        *python_pages(names, writer),
        *command_pages(),
        errors,
        Page("reference/operations", operations_page(root), REFERENCE),
    ]

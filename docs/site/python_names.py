"""The public names of the SDK as the reference lists them: under what users write, and where.

This module owns which page a name is on and what its heading is. What is public is left to
spec/api_report/public_surface.py; the sources are read, not run.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .links import slug_of

if TYPE_CHECKING:
    import griffe

    from public_surface import Entry
    from python_sources import Sources

#: The folder of the pages, the page that lists them, that of the clients, and that of types.
FOLDER = "reference/python"
INDEX = f"{FOLDER}/index"
CLIENT = f"{FOLDER}/a2e"
TYPES = f"{FOLDER}/types"

#: The page of errors, which also says what to do about each.
ERRORS = "reference/errors"

#: What Python itself looks for in a module, and what is there for type checkers alone.
_NO_NAMES = ("__dir__", "__getattr__", "TYPE_CHECKING")
_CLIENTS = ("a2e_sdk.A2E", "a2e_sdk.AsyncA2E")


@dataclass(eq=False)
class Name:
    """One public name.

    Attributes:
        written: What users write, such as ``a2e.face_swap.tasks.create``.
        page: The page that has it.
        entry: What it is; where both clients have it, that of the synchronous one.
        source: Its definition; None where that is not in the SDK.
        other: What it is of the asynchronous client; None where it has none.
        owner: What it hangs on; None for a name of a module or of the clients.
        members: What hangs on it, in the order of the definition, attributes first.
    """

    written: str
    page: str
    entry: Entry
    source: griffe.Object | None
    other: Entry | None = None
    owner: Name | None = None
    members: list[Name] = field(default_factory=list["Name"])

    @property
    def last(self) -> str:
        """The last part, such as ``create``."""
        return self.written.rpartition(".")[2]

    @property
    def is_heading(self) -> bool:
        """Whether it has a heading; others are items of a list below one."""
        return self.last != "__init__" and (self.entry.kind != "attribute" or bool(self.members))

    @property
    def anchor(self) -> str:
        """The anchor of its heading, or of the heading that it stands below."""
        if self.is_heading or self.owner is None:
            return slug_of(self.written)
        return self.owner.anchor

    @property
    def only(self) -> str:
        """The client that alone has it; empty where both have it, or it is of neither."""
        if self.entry.name.startswith("AsyncA2E."):
            return "AsyncA2E"
        return "A2E" if self.entry.name.startswith("A2E.") and self.other is None else ""


@dataclass
class PublicNames:
    """All public names.

    Attributes:
        sources: What defines them.
        by_written: Each by what users write, in the order of pages and names.
        by_home: The classes by where they are defined.
        listed: What each name of the public surface is listed as.
    """

    sources: Sources
    by_written: dict[str, Name] = field(default_factory=dict[str, Name])
    by_home: dict[str, Name] = field(default_factory=dict[str, Name])
    listed: dict[str, str] = field(default_factory=dict[str, str])

    def pages(self) -> list[str]:
        """Return the pages in their order: the clients, their sections, the modules, types."""
        found = dict.fromkeys(name.page for name in self.by_written.values())
        return sorted(found, key=lambda page: (page != CLIENT, "/a2e." not in page, page))

    def top_of(self, page: str) -> list[Name]:
        """Return the names of a page that hang on nothing else on it.

        Args:
            page: The page.
        """
        return [
            name
            for name in self.by_written.values()
            if name.page == page and (name.owner is None or name.owner.page != page)
        ]

    def base_of(self, member: Name) -> Name | None:
        """Return the public class whose section shows a member, where that is not its owner's.

        Args:
            member: The member.
        """
        home, _, _ = member.entry.home.rpartition(".")
        base, owner = self.by_home.get(home), member.owner
        if base is None or owner is None or owner.entry.kind != "class" or base.page == CLIENT:
            return None
        is_same = base is owner or owner.entry.home == home
        # A class outside of the page of errors does not inherit from what is on it, or says so.
        return None if is_same or (base.page == ERRORS) != (member.page == ERRORS) else base

    def is_inherited(self, name: Name) -> bool:
        """Tell whether a name, or what it hangs on, is shown where it is inherited from.

        Args:
            name: The name.
        """
        while name.owner is not None:
            if self.base_of(name) is not None:
                return True
            name = name.owner
        return False


@cache
def public_names(root: Path) -> PublicNames:
    """Read the public names of a source tree, once a process.

    Args:
        root: The root of the repository.
    """
    folder = str(root / "spec" / "api_report")
    if folder not in sys.path:
        sys.path.append(folder)
    from public_surface import surface_of
    from python_sources import load_sources

    names = PublicNames(load_sources(root, {"a2e_sdk": Path("a2e_sdk")}))
    surface = surface_of(names.sources)
    shown = {
        name: entry for name, entry in surface.items() if name.rpartition(".")[2] not in _NO_NAMES
    }
    names.listed = {name: written_name(name) for name in shown}
    pages = _Pages(names.listed, {entry.owner for entry in shown.values() if entry.in_module})
    owners = {entry.owner for entry in shown.values()}
    for name, entry in sorted(shown.items()):
        written = names.listed[name]
        known = names.by_written.get(written)
        if known is None:
            source = names.sources.find(entry.home)
            names.by_written[written] = Name(written, pages.of(written), entry, source)
        elif name.startswith("AsyncA2E."):
            known.other = entry
        elif name in owners and known.entry.name not in owners:
            known.entry = entry
    for written, one in names.by_written.items():
        one.owner = names.by_written.get(written.rpartition(".")[0].removesuffix("()"))
        if one.owner is not None:
            one.owner.members.append(one)
        if one.entry.kind == "class" and (
            one.entry.home not in names.by_home or one.entry.name in owners
        ):
            names.by_home[one.entry.home] = one
    for one in names.by_written.values():
        one.members.sort(key=_place)
    return names


def written_name(name: str) -> str:
    """Return what users write for a name of the public surface.

    Args:
        name: The name, such as ``AsyncA2E.wan_25.create`` or ``models.VeoTask``.
    """
    first, _, rest = name.partition(".")
    if first in ("A2E", "AsyncA2E") and rest not in ("", "__init__"):
        return f"a2e.{rest}"
    if first == "a2e_sdk" and rest.startswith("_"):
        # A class that no module exports is known by its own name alone.
        parts = rest.split(".")
        return ".".join(parts[next(i for i, part in enumerate(parts) if part[:1].isupper()) :])
    return name if first in ("a2e_sdk", "errors") else f"a2e_sdk.{name}"


class _Pages:
    """Which page each name is on."""

    def __init__(self, listed: dict[str, str], owners: set[str]) -> None:
        parts = [written.split(".") for written in listed.values()]
        #: What hangs on a client and has members itself.
        self._sections = {
            part[1].removesuffix("()") for part in parts if part[0] == "a2e" and len(part) > 2
        }
        known = {owner if owner.startswith("a2e_sdk") else f"a2e_sdk.{owner}" for owner in owners}
        self._modules = sorted(known - {"a2e_sdk.errors"}, key=len, reverse=True)

    def of(self, written: str) -> str:
        """Return the page of a name."""
        parts = written.split(".")
        if parts[0] == "errors":
            return ERRORS
        if parts[0] == "a2e":
            section = parts[1].removesuffix("()")
            return f"{CLIENT}.{section}" if section in self._sections else CLIENT
        if ".".join(parts[:2]) in _CLIENTS:
            return CLIENT
        for module in self._modules:
            if written.startswith(f"{module}."):
                return f"{FOLDER}/{module}"
        return TYPES


def _place(name: Name) -> tuple[bool, int, str]:
    line = name.source.lineno if name.source is not None else None
    return name.is_heading, line or 0, name.written

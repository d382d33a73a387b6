"""What users can import and call, by the names that they write.

This module owns what is public: what the public modules export, and what is reached from there
(``A2E.face_swap.tasks.create``), inherited members included. Reading Python sources is left to
python_sources.py, comparing two surfaces to public_changes.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import griffe

from python_sources import (
    MAX_DEPTH,
    Sources,
    default_of,
    is_attrs,
    is_field,
    is_type_variable,
    load_sources,
    modules_of,
    mro,
    target,
    type_of,
)

#: Where each package lies below the root of a source tree.
PACKAGES = {"a2e_sdk": Path("a2e_sdk"), "a2e_api": Path("generated/a2e_api")}

#: The modules of the facade that documentation tells users to import; the others are internal.
#: Of the low-level client everything is public that has no underscore.
PUBLIC_MODULES = (
    "a2e_sdk",
    "a2e_sdk.aiohttp_transport",
    "a2e_sdk.transports",
    "a2e_sdk.models",
    "a2e_sdk.webhooks",
    "a2e_sdk.sandbox",
    "a2e_sdk.sandbox.transport",
    "a2e_sdk.sandbox.http_server",
)

#: What these modules define serves the generated code; users write only their classes and values.
_NO_FUNCTIONS = {"a2e_api.types"}

#: Methods that Python itself calls; that they exist is a promise only where users write the syntax.
_SYNTAX = {
    *("__init__", "__call__", "__iter__", "__next__", "__len__", "__getitem__", "__contains__"),
    *("__enter__", "__exit__", "__aiter__", "__anext__", "__aenter__", "__aexit__", "__await__"),
}

#: What users hand on but don't use themselves, and the methods that it is handed on for.
HANDED_ON = {
    "a2e_sdk._sync.api_client.APIClient": {"call"},
    "a2e_sdk._async.api_client.AsyncAPIClient": {"call_async"},
}

#: What users get but never make: their constructors are no promise.
MADE_BY_US = {
    "a2e_sdk._sync.pagination.Paginator",
    "a2e_sdk._async.pagination.AsyncPaginator",
}

Kind = Literal["function", "class", "attribute"]


@dataclass
class Entry:
    """One thing that users can name.

    Attributes:
        name: The name as users write it.
        owner: The name of the entry that it hangs on, or of its module.
        home: Where it is defined, as a path of modules and classes.
        kind: Whether it is called, made instances of, or read.
        parameters: What a function takes, without ``self``.
        types: The alternatives of what a function returns or an attribute holds; None: not known.
        value: What a member of an enum stands for.
        ancestors: The public or foreign classes that a class is one of.
        is_protocol: Whether it is, or belongs to, a class that users write themselves.
        is_given: Whether users fill this attribute rather than read it.
        is_async: Whether a function's result has to be awaited.
        in_module: Whether the owner is a module.
        is_from_fields: Whether a constructor has one parameter for each attribute of its class.
        parameter_types: The alternatives of each parameter's type.
    """

    name: str
    owner: str
    home: str
    kind: Kind
    parameters: tuple[griffe.Parameter, ...] = ()
    types: frozenset[str] | None = None
    value: str | None = None
    ancestors: frozenset[str] = frozenset()
    is_protocol: bool = False
    is_given: bool = False
    is_async: bool = False
    in_module: bool = False
    is_from_fields: bool = False
    parameter_types: dict[str, frozenset[str] | None] = field(
        default_factory=dict[str, "frozenset[str] | None"]
    )


Surface = dict[str, Entry]


def read_surface(root: Path) -> Surface:
    """Return what is public in a source tree.

    Args:
        root: The folder with ``a2e_sdk`` and ``generated/a2e_api``; either may be absent.

    Raises:
        UnreadableSourceError: A file can't be parsed. Left out, it would look like removals.
    """
    return surface_of(load_sources(root, PACKAGES))


def surface_of(sources: Sources) -> Surface:
    """Return what is public in sources that were read, of one package or of both.

    Args:
        sources: The sources.
    """
    return _Walk(sources).surface()


class _Walk:
    """One tour of everything public, from the modules down."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._entries: Surface = {}
        #: The classes that can be imported, by their home: what hangs on them is told there once.
        self._importable: dict[str, str] = {}

    def surface(self) -> Surface:
        roots = list(self._roots())
        for name, _, thing in roots:
            if isinstance(thing, griffe.Class):
                self._importable.setdefault(thing.path, name)
        for name, owner, thing in roots:
            if isinstance(thing, griffe.Class) and self._importable[thing.path] == name:
                self._add_class(name, owner, thing, importable=True, chain=())
            elif isinstance(thing, griffe.Class):
                self._entries[name] = Entry(name, owner, thing.path, "class")
            else:
                self._add_member(name, owner, thing, chain=())
            self._entries[name].in_module = True
        return self._entries

    def _roots(self) -> Iterator[tuple[str, str, griffe.Object]]:
        for path in PUBLIC_MODULES:
            module = self._sources.find(path)
            if isinstance(module, griffe.Module):
                yield from self._exported(module, "" if path == "a2e_sdk" else f"{path}.")
        low_level = self._sources.find("a2e_api")
        if isinstance(low_level, griffe.Module):
            for module in modules_of(low_level):
                if not module.path.startswith("a2e_api.models."):
                    yield from self._exported(module, f"{module.path}.")

    def _exported(
        self, module: griffe.Module, prefix: str
    ) -> Iterator[tuple[str, str, griffe.Object]]:
        owner = prefix.rstrip(".") or module.path
        for name, member in sorted(module.members.items()):
            # A submodule is public where it is exported, or listed on its own.
            listed = module.exports is not None and name in module.exports
            is_submodule = not member.is_alias and member.is_module
            if not (listed if module.exports is not None or is_submodule else member.is_public):
                continue
            thing = target(member)
            if isinstance(thing, griffe.Module):
                yield from self._exported(thing, f"{prefix}{name}.")
            elif thing is not None and not (
                (thing.is_function and module.path in _NO_FUNCTIONS)
                or is_type_variable(thing)
                or name == "__version__"
            ):
                yield f"{prefix}{name}", owner, thing

    def _add_class(
        self,
        name: str,
        owner: str,
        cls: griffe.Class,
        *,
        importable: bool,
        chain: tuple[str, ...],
    ) -> None:
        """Add a class that can be imported, or the members of one that hangs on an attribute."""
        ancestors = frozenset(self._ancestors(cls))
        if importable:
            self._entries[name] = Entry(
                *(name, owner, cls.path, "class"),
                ancestors=ancestors,
                is_protocol="Protocol" in ancestors,
            )
        if cls.path in chain or len(chain) > MAX_DEPTH:
            return
        chain = (*chain, cls.path)
        is_enum = any(ancestor.endswith("Enum") for ancestor in ancestors)
        for label, member in sorted(cls.all_members.items()):
            if label.startswith("_") and label not in _SYNTAX:
                continue
            if cls.path in HANDED_ON and label not in HANDED_ON[cls.path]:
                continue
            thing = target(member)
            is_made = importable and cls.path not in MADE_BY_US
            if thing is None or (label == "__init__" and not is_made):
                continue
            inner = f"{name}.{label}"
            if isinstance(thing, griffe.Class):
                self._add_class(inner, name, thing, importable=True, chain=chain)
                continue
            self._add_member(inner, name, thing, chain=chain)
            entry = self._entries[inner]
            entry.is_protocol = "Protocol" in ancestors
            if is_enum and isinstance(thing, griffe.Attribute) and thing.value is not None:
                entry.value = str(thing.value)
            # A request's fields are filled by users, all others are read by them.
            entry.is_given = entry.kind == "attribute" and cls.name.endswith("Request")
        if importable and is_attrs(cls) and f"{name}.__init__" not in self._entries:
            self._add_constructor(name, cls)

    def _ancestors(self, cls: griffe.Class) -> Iterator[str]:
        for one in [cls, *mro(cls)]:
            if one is not cls and one.path in self._importable:
                yield self._importable[one.path]
            for base in one.bases:
                path = base.canonical_path if isinstance(base, griffe.Expr) else base
                # A foreign class; one of ours is in the list of ancestors itself.
                if path.split(".")[0] not in PACKAGES:
                    yield path.rsplit(".", 1)[-1]

    def _add_member(
        self, name: str, owner: str, thing: griffe.Object, *, chain: tuple[str, ...]
    ) -> None:
        if isinstance(thing, griffe.Function):
            parameters = tuple(self._sources.parameters(thing))
            types = {one.name: self._sources.alternatives(one.annotation) for one in parameters}
            self._entries[name] = Entry(
                *(name, owner, thing.path, "function"),
                parameters=parameters,
                types=self._sources.alternatives(thing.returns),
                is_async="async" in thing.labels,
                parameter_types=types,
            )
            in_protocol = owner in self._entries and self._entries[owner].is_protocol
            for one in parameters:
                for cls in self._sources.classes_in(one.annotation):
                    # Users write classes to hand over where a protocol is asked for, and read what
                    # such a class is given. Others they can't make: no public module has them.
                    if in_protocol or "Protocol" in self._ancestors(cls):
                        self._add_taken(cls)
            self._follow(f"{name}()", thing.returns, chain)
        elif isinstance(thing, griffe.Attribute):
            self._entries[name] = Entry(
                *(name, owner, thing.path, "attribute"),
                types=self._sources.alternatives(thing.annotation),
            )
            self._follow(name, type_of(thing), chain)

    def _add_taken(self, cls: griffe.Class) -> None:
        """Add a class that users hand over, though no public module exports it."""
        if cls.path not in self._importable:
            self._importable[cls.path] = cls.path
            owner = cls.path.rpartition(".")[0]
            self._add_class(cls.path, owner, cls, importable=True, chain=())

    def _follow(self, name: str, type_: str | griffe.Expr | None, chain: tuple[str, ...]) -> None:
        for cls in self._sources.classes_in(type_):
            if cls.path not in self._importable:
                self._add_class(name, name, cls, importable=False, chain=chain)

    def _add_constructor(self, name: str, cls: griffe.Class) -> None:
        fields = [
            member
            for one in (*reversed(mro(cls)), cls)
            for member in one.members.values()
            if isinstance(member, griffe.Attribute) and is_field(member)
        ]
        self._entries[f"{name}.__init__"] = Entry(
            *(f"{name}.__init__", name, cls.path, "function"),
            is_from_fields=True,
            parameters=tuple(
                griffe.Parameter(
                    field.name,
                    annotation=field.annotation,
                    kind=griffe.ParameterKind.keyword_only,
                    default=default_of(field.value),
                )
                for field in {field.name: field for field in fields}.values()
                if not field.name.startswith("_")
            ),
        )

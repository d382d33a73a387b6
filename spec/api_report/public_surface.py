"""What users can import and call, by the names that they write; read from sources, never run.

This module owns the answer to "what is public": what the public modules export, and what hangs on
it (``A2E.face_swap.tasks.create``), inherited members included. griffe reads the sources. What two
such surfaces differ in is the business of ``public_changes``.
"""

from __future__ import annotations

import ast
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import griffe

#: Where each package lies below the root of a source tree.
PACKAGES = {"a2e_sdk": Path("a2e_sdk"), "a2e_api": Path("generated/a2e_api")}

#: The modules of the facade that documentation tells users to import; the others are internal.
#: Of the low-level client everything is public that has no underscore.
PUBLIC_MODULES = (
    "a2e_sdk",
    "a2e_sdk.aiohttp_transport",
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
    "a2e_sdk.synchronous.caller.Caller": {"call"},
    "a2e_sdk.asynchronous.caller.AsyncCaller": {"call_async"},
}

#: What users get but never make: their constructors are no promise.
MADE_BY_US = {
    "a2e_sdk.synchronous.paginator.Paginator",
    "a2e_sdk.asynchronous.paginator.AsyncPaginator",
}

_MAX_DEPTH = 8

Kind = Literal["function", "class", "attribute"]


class UnreadableSourceError(Exception):
    """A file of a source tree is not Python."""


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
    logging.getLogger("griffe").setLevel(logging.CRITICAL)
    loader = griffe.GriffeLoader(
        search_paths=[(root / path).parent for path in PACKAGES.values()], allow_inspection=False
    )
    for name, path in PACKAGES.items():
        if (root / path / "__init__.py").is_file():
            for source in sorted((root / path).rglob("*.py")):
                _require_python(source, root)
            loader.load(name, try_relative_path=False)
    return _Walk(loader.modules_collection).surface()


def _require_python(path: Path, root: Path) -> None:
    try:
        ast.parse(path.read_bytes())
    except (SyntaxError, ValueError) as error:
        where = path.relative_to(root).as_posix()
        raise UnreadableSourceError(f"{where} is not Python: {error}") from None


class _Walk:
    """One tour of everything public, from the modules down."""

    def __init__(self, modules: griffe.ModulesCollection) -> None:
        self._modules = modules
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
            module = self._find(path)
            if isinstance(module, griffe.Module):
                yield from self._exported(module, "" if path == "a2e_sdk" else f"{path}.")
        low_level = self._find("a2e_api")
        if isinstance(low_level, griffe.Module):
            for module in _modules_of(low_level):
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
            thing = _target(member)
            if isinstance(thing, griffe.Module):
                yield from self._exported(thing, f"{prefix}{name}.")
            elif thing is not None and not (
                (thing.is_function and module.path in _NO_FUNCTIONS)
                or _is_type_variable(thing)
                or name == "__version__"
            ):
                yield f"{prefix}{name}", owner, thing

    def _find(self, path: str) -> griffe.Object | None:
        try:
            return _target(self._modules[path])
        except (KeyError, ValueError):
            return None

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
        if cls.path in chain or len(chain) > _MAX_DEPTH:
            return
        chain = (*chain, cls.path)
        is_enum = any(ancestor.endswith("Enum") for ancestor in ancestors)
        for label, member in sorted(cls.all_members.items()):
            if label.startswith("_") and label not in _SYNTAX:
                continue
            if cls.path in HANDED_ON and label not in HANDED_ON[cls.path]:
                continue
            thing = _target(member)
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
        if importable and _is_attrs(cls) and f"{name}.__init__" not in self._entries:
            self._add_constructor(name, cls)

    def _ancestors(self, cls: griffe.Class) -> Iterator[str]:
        for one in [cls, *_mro(cls)]:
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
            parameters = tuple(self._parameters(thing))
            types = {one.name: self._alternatives(one.annotation) for one in parameters}
            self._entries[name] = Entry(
                *(name, owner, thing.path, "function"),
                parameters=parameters,
                types=self._alternatives(thing.returns),
                is_async="async" in thing.labels,
                parameter_types=types,
            )
            in_protocol = owner in self._entries and self._entries[owner].is_protocol
            for one in parameters:
                for cls in self._classes_in(one.annotation):
                    # Users write classes to hand over where a protocol is asked for, and read what
                    # such a class is given. Others they can't make: no public module has them.
                    if in_protocol or "Protocol" in self._ancestors(cls):
                        self._add_taken(cls)
            self._follow(f"{name}()", thing.returns, chain)
        elif isinstance(thing, griffe.Attribute):
            self._entries[name] = Entry(
                *(name, owner, thing.path, "attribute"), types=self._alternatives(thing.annotation)
            )
            self._follow(name, _type_of(thing), chain)

    def _add_taken(self, cls: griffe.Class) -> None:
        """Add a class that users hand over, though no public module exports it."""
        if cls.path not in self._importable:
            self._importable[cls.path] = cls.path
            owner = cls.path.rpartition(".")[0]
            self._add_class(cls.path, owner, cls, importable=True, chain=())

    def _follow(self, name: str, type_: str | griffe.Expr | None, chain: tuple[str, ...]) -> None:
        for cls in self._classes_in(type_):
            if cls.path not in self._importable:
                self._add_class(name, name, cls, importable=False, chain=chain)

    def _classes_in(self, type_: str | griffe.Expr | None, depth: int = 0) -> list[griffe.Class]:
        """Return the classes of our packages that an annotation names, aliases seen through."""
        found: list[griffe.Class] = []
        if isinstance(type_, griffe.Expr) and depth < _MAX_DEPTH:
            for part in type_.iterate(flat=True):
                thing = self._named(part)
                if isinstance(thing, griffe.Class):
                    found.append(thing)
                elif isinstance(thing, griffe.Attribute):
                    found += self._classes_in(thing.value, depth + 1)
        return [cls for cls in found if not cls.name.startswith("_") and not _is_typed_dict(cls)]

    def _named(self, part: object) -> griffe.Object | None:
        if not isinstance(part, griffe.ExprName):
            return None
        return self._find(part.canonical_path)

    def _parameters(self, function: griffe.Function) -> Iterator[griffe.Parameter]:
        parameters = list(function.parameters)
        is_method = function.parent is not None and function.parent.is_class
        if is_method and "staticmethod" not in function.labels:
            parameters = parameters[1:]
        for one in parameters:
            if one.name.startswith("_"):
                continue
            unpacked = self._unpacked(one.annotation)
            if unpacked is None:
                default = None if one.default is None else str(one.default)
                yield griffe.Parameter(
                    one.name, annotation=one.annotation, kind=one.kind, default=default
                )
            else:
                yield from _keywords(unpacked)

    def _unpacked(self, type_: str | griffe.Expr | None) -> griffe.Class | None:
        """Return the TypedDict whose keys a ``**name: Unpack[...]`` stands for."""
        if isinstance(type_, griffe.ExprSubscript) and str(type_.left) == "Unpack":
            thing = self._named(type_.slice)
            return thing if isinstance(thing, griffe.Class) else None
        return None

    def _add_constructor(self, name: str, cls: griffe.Class) -> None:
        fields = [
            member
            for one in (*reversed(_mro(cls)), cls)
            for member in one.members.values()
            if isinstance(member, griffe.Attribute) and _is_field(member)
        ]
        self._entries[f"{name}.__init__"] = Entry(
            *(f"{name}.__init__", name, cls.path, "function"),
            is_from_fields=True,
            parameters=tuple(
                griffe.Parameter(
                    field.name,
                    annotation=field.annotation,
                    kind=griffe.ParameterKind.keyword_only,
                    default=_default(field.value),
                )
                for field in {field.name: field for field in fields}.values()
                if not field.name.startswith("_")
            ),
        )

    def _alternatives(
        self, type_: str | griffe.Expr | None, depth: int = 0
    ) -> frozenset[str] | None:
        """Return the alternatives of an annotation, each as text: ``int | None`` has two."""
        if type_ is None or type_ == "":
            return None
        if isinstance(type_, griffe.ExprBinOp) and type_.operator == "|":
            parts: list[str | griffe.Expr] = [type_.left, type_.right]
        elif isinstance(type_, griffe.ExprSubscript) and str(type_.left) == "Literal":
            return frozenset(f"Literal[{word}]" for word in _elements(type_.slice))
        elif isinstance(type_, griffe.ExprSubscript) and str(type_.left) in ("Union", "Optional"):
            none = ["None"] if str(type_.left) == "Optional" else []
            parts = [*_elements(type_.slice), *none]
        elif isinstance(type_, griffe.ExprSubscript) and str(type_.left) in _WRAPPERS:
            parts = [type_.slice]
        else:
            thing = self._named(type_)
            if not isinstance(thing, griffe.Attribute) or depth >= _MAX_DEPTH:
                return frozenset({str(type_)})
            # A TypeVar and the like is known by its name, an alias by what it stands for.
            if thing.value is None or isinstance(thing.value, griffe.ExprCall):
                return frozenset({str(type_)})
            parts = [thing.value]
        found: set[str] = set()
        for part in parts:
            found |= self._alternatives(part, depth + 1) or set()
        return frozenset(found)


_WRAPPERS = {"Required", "NotRequired", "ReadOnly", "ClassVar", "Final", "Annotated"}


def _target(member: griffe.Object | griffe.Alias) -> griffe.Object | None:
    """Return what a name stands for; None for what is defined outside of our packages."""
    try:
        return member.final_target if isinstance(member, griffe.Alias) else member
    except (griffe.AliasResolutionError, griffe.CyclicAliasError):
        return None


def _is_type_variable(thing: griffe.Object) -> bool:
    value = thing.value if isinstance(thing, griffe.Attribute) else None
    return isinstance(value, griffe.ExprCall) and str(value.function).endswith("TypeVar")


def _modules_of(module: griffe.Module) -> Iterator[griffe.Module]:
    yield module
    for name, member in sorted(module.members.items()):
        if isinstance(member, griffe.Module) and not name.startswith("_"):
            yield from _modules_of(member)


def _mro(cls: griffe.Class) -> list[griffe.Class]:
    try:
        return cls.mro()
    except ValueError:
        return []


def _elements(slice_: str | griffe.Expr) -> list[str | griffe.Expr]:
    return list(slice_.elements) if isinstance(slice_, griffe.ExprTuple) else [slice_]


def _type_of(attribute: griffe.Attribute) -> str | griffe.Expr | None:
    """Return an attribute's annotation, or the class that is called to make its value."""
    if attribute.annotation is None and isinstance(attribute.value, griffe.ExprCall):
        return attribute.value.function
    return attribute.annotation


def _is_typed_dict(cls: griffe.Class) -> bool:
    return any(str(base).endswith("TypedDict") for base in cls.bases)


def _keywords(cls: griffe.Class) -> Iterator[griffe.Parameter]:
    """Yield the keys of a TypedDict as keyword parameters."""
    total = not re.search(r"total\s*=\s*False", cls.source.split(":\n", 1)[0])
    for member in cls.members.values():
        if isinstance(member, griffe.Attribute):
            wrapper = re.match(r"(Not)?Required\[", str(member.annotation))
            required = total if wrapper is None else wrapper[1] is None
            yield griffe.Parameter(
                member.name,
                annotation=member.annotation,
                kind=griffe.ParameterKind.keyword_only,
                default=None if required else "...",
            )


def _is_attrs(cls: griffe.Class) -> bool:
    calls = [decorator.value for decorator in cls.decorators]
    paths = [
        (call.function if isinstance(call, griffe.ExprCall) else call).canonical_path
        for call in calls
        if isinstance(call, griffe.Expr)
    ]
    return any(path.split(".")[0] in ("attr", "attrs") for path in paths)


def _is_field(attribute: griffe.Attribute) -> bool:
    return (
        attribute.annotation is not None
        and "property" not in attribute.labels
        # griffe takes ClassVar out of the annotation, and labels the attribute so.
        and "instance-attribute" in attribute.labels
    )


def _default(value: str | griffe.Expr | None) -> str | None:
    """Return the default of an attrs field as text; None where the field is required."""
    if value is None:
        return None
    if isinstance(value, griffe.ExprCall) and str(value.function).endswith("field"):
        return "..." if re.search(r"\b(default|factory)\s*=", str(value)) else None
    return str(value)

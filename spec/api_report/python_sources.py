"""Python sources as griffe reads them: objects, types and parameters. Nothing is imported.

This module owns how annotations, aliases, ``Unpack``ed dictionaries and attrs classes are read.
Which objects are public is left to public_surface.py.
"""

from __future__ import annotations

import ast
import logging
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import griffe

MAX_DEPTH = 8

_WRAPPERS = {"Required", "NotRequired", "ReadOnly", "ClassVar", "Final", "Annotated"}


class UnreadableSourceError(Exception):
    """A file of a source tree is not Python."""


def load_sources(root: Path, packages: Mapping[str, Path]) -> Sources:
    """Read the packages of a source tree.

    Args:
        root: The folder of the tree.
        packages: Where each package is below it; a package may be absent.

    Raises:
        UnreadableSourceError: A file can't be parsed. Left out, it would look like removals.
    """
    logging.getLogger("griffe").setLevel(logging.CRITICAL)
    root = root.resolve()  # As griffe writes the paths of files.
    loader = griffe.GriffeLoader(
        search_paths=[(root / path).parent for path in packages.values()], allow_inspection=False
    )
    for name, path in packages.items():
        if (root / path / "__init__.py").is_file():
            sources = sorted((root / path).rglob("*.py"))
            try:
                package = loader.load(name, try_relative_path=False)
            except Exception:
                for source in sources:
                    _require_python(source, root)
                raise
            # griffe leaves out what it can't parse, and says so in its log only.
            read = set(_files_of(package))
            for source in sources:
                if source not in read:
                    _require_python(source, root)
    return Sources(loader.modules_collection)


def _files_of(module: griffe.Object | griffe.Alias) -> Iterator[Path]:
    if isinstance(module.filepath, Path):
        yield module.filepath
    for inner in module.modules.values():
        if not inner.is_alias:
            yield from _files_of(inner)


def _require_python(path: Path, root: Path) -> None:
    try:
        ast.parse(path.read_bytes())
    except (SyntaxError, ValueError) as error:
        where = path.relative_to(root).as_posix()
        raise UnreadableSourceError(f"{where} is not Python: {error}") from None


class Sources:
    """The objects of some packages, and what their annotations mean."""

    def __init__(self, modules: griffe.ModulesCollection) -> None:
        self._modules = modules

    def find(self, path: str) -> griffe.Object | None:
        """Return the object at a path of modules and names; None if there is none."""
        try:
            return target(self._modules[path])
        except (KeyError, ValueError):
            return None

    def classes_in(self, type_: str | griffe.Expr | None, depth: int = 0) -> list[griffe.Class]:
        """Return the classes of our packages that an annotation names, aliases seen through."""
        found: list[griffe.Class] = []
        if isinstance(type_, griffe.Expr) and depth < MAX_DEPTH:
            for part in type_.iterate(flat=True):
                thing = self._named(part)
                if isinstance(thing, griffe.Class):
                    found.append(thing)
                elif isinstance(thing, griffe.Attribute):
                    found += self.classes_in(thing.value, depth + 1)
        return [cls for cls in found if not cls.name.startswith("_") and not _is_typed_dict(cls)]

    def _named(self, part: object) -> griffe.Object | None:
        if not isinstance(part, griffe.ExprName):
            return None
        return self.find(part.canonical_path)

    def parameters(self, function: griffe.Function) -> Iterator[griffe.Parameter]:
        """Yield what a caller of a function can pass, unpacked dictionaries key by key."""
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

    def alternatives(
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
            if not isinstance(thing, griffe.Attribute) or depth >= MAX_DEPTH:
                return frozenset({str(type_)})
            # A TypeVar and the like is known by its name, an alias by what it stands for.
            if thing.value is None or isinstance(thing.value, griffe.ExprCall):
                return frozenset({str(type_)})
            parts = [thing.value]
        found: set[str] = set()
        for part in parts:
            found |= self.alternatives(part, depth + 1) or set()
        return frozenset(found)


def target(member: griffe.Object | griffe.Alias) -> griffe.Object | None:
    """Return what a name stands for; None for what is defined outside of our packages."""
    try:
        return member.final_target if isinstance(member, griffe.Alias) else member
    except (griffe.AliasResolutionError, griffe.CyclicAliasError):
        return None


def is_type_variable(thing: griffe.Object) -> bool:
    """Tell whether an object is a TypeVar."""
    value = thing.value if isinstance(thing, griffe.Attribute) else None
    return isinstance(value, griffe.ExprCall) and str(value.function).endswith("TypeVar")


def modules_of(module: griffe.Module) -> Iterator[griffe.Module]:
    """Yield a module and all public modules below it."""
    yield module
    for name, member in sorted(module.members.items()):
        if isinstance(member, griffe.Module) and not name.startswith("_"):
            yield from modules_of(member)


def mro(cls: griffe.Class) -> list[griffe.Class]:
    """Return the classes that a class inherits from, as far as they are known."""
    try:
        return cls.mro()
    except ValueError:
        return []


def _elements(slice_: str | griffe.Expr) -> list[str | griffe.Expr]:
    return list(slice_.elements) if isinstance(slice_, griffe.ExprTuple) else [slice_]


def type_of(attribute: griffe.Attribute) -> str | griffe.Expr | None:
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


def is_attrs(cls: griffe.Class) -> bool:
    """Tell whether a class is made by attrs."""
    calls = [decorator.value for decorator in cls.decorators]
    paths = [
        (call.function if isinstance(call, griffe.ExprCall) else call).canonical_path
        for call in calls
        if isinstance(call, griffe.Expr)
    ]
    return any(path.split(".")[0] in ("attr", "attrs") for path in paths)


def is_field(attribute: griffe.Attribute) -> bool:
    """Tell whether an attribute is a field of an attrs class."""
    return (
        attribute.annotation is not None
        and "property" not in attribute.labels
        # griffe takes ClassVar out of the annotation, and labels the attribute so.
        and "instance-attribute" in attribute.labels
    )


def default_of(value: str | griffe.Expr | None) -> str | None:
    """Return the default of an attrs field as text; None where the field is required."""
    if value is None:
        return None
    if isinstance(value, griffe.ExprCall) and str(value.function).endswith("field"):
        return "..." if re.search(r"\b(default|factory)\s*=", str(value)) else None
    return str(value)

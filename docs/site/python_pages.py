"""The pages of the Python reference, one for each section of the client and each public module.

This module owns how a name is shown: its heading, signature, and what its docstring says. Which
names there are is left to python_names.py, the pages around them to python_index.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import griffe

from .docstrings import Documented, documented
from .pages import relative
from .python_names import TYPES, Name, PublicNames
from .signatures import names_in, signature, type_text

if TYPE_CHECKING:
    from public_surface import Entry

_DEEPEST = 6


class PythonPages:
    """Makes the text of each page.

    Args:
        names: All public names.
    """

    def __init__(self, names: PublicNames) -> None:
        self._names = names
        self._by_last = _unambiguous(names)
        #: Types that are names for others, such as ``FileInput``; the page of types lists them.
        self.aliases: dict[str, griffe.Attribute] = {}

    def members(self, page: str) -> Iterator[str]:
        """Yield the lines of a page below its title.

        Args:
            page: The page.
        """
        for name in self._names.top_of(page):
            yield from self.shown(name, page, 2)

    def section(self, page: str) -> str:
        """Return the page of a section of the client, whose title is its name.

        Args:
            page: The page.
        """
        (name,) = self._names.top_of(page)
        return joined(self.shown(name, page, 1))

    def shown(self, name: Name, page: str, level: int) -> Iterator[str]:
        """Yield the lines of a name and of what hangs on it.

        Args:
            name: The name.
            page: The page that shows it.
            level: The level of its heading.
        """
        yield from ("", f"{'#' * min(level, _DEEPEST)} `{name.written}`", "")
        yield from self.body(name, page, level)

    def body(self, name: Name, page: str, level: int) -> Iterator[str]:
        """Yield the lines of a name below its heading.

        Args:
            name: The name.
            page: The page that shows it.
            level: The level of its heading.
        """
        if name.entry.kind == "function":
            yield from self._function(name, page)
        elif name.entry.kind == "class":
            yield from self._class(name, page)
        else:
            yield from self._attribute_heading(name, page)
        for member in name.members:
            if member.is_heading and not self._names.base_of(member):
                yield from self.shown(member, page, level + 1)

    def _linked(self, page: str, code: str) -> str:
        name = self._names.by_written.get(code) or self._by_last.get(code)
        if name is None:
            return f"`{code}`"
        target = "" if name.page == page else relative(page, f"{name.page}.md")
        return f"[`{code}`]({target}#{name.anchor})"

    def _documented(self, name: Name, page: str) -> Documented:
        return documented(name.source, lambda code: self._linked(page, code))

    def _function(self, name: Name, page: str) -> Iterator[str]:
        said = self._documented(name, page)
        yield from self._about(name, said.text)
        yield from self._signatures(name)
        parameters = self._opened(name, name.entry)
        yield from self._parameters(name, parameters, said, page)
        returns = self._returns(name, name.entry)
        if said.returns:
            yield from ("", f"**Returns** (`{returns}`): {said.returns}")
        if said.raises:
            yield from ("", "**Raises**", "")
            yield from (f"- {self._linked(page, cls)}: {when}" for cls, when in said.raises)
        types = [parameter.annotation for parameter in parameters]
        yield from self._see(name, page, [*types, self._result(name.entry)])
        # What hangs on the result, where no page has its class for itself.
        yield from self._attributes(name, Documented(), page)

    def _about(self, name: Name, text: str) -> Iterator[str]:
        if name.only:
            yield from (f"*Only of `{name.only}`.*", "")
        if text:
            yield from (text, "")

    def _signatures(self, name: Name) -> Iterator[str]:
        yield "```python"
        first = self._called(name, name.entry)
        if name.other is None:
            yield first
        else:
            yield from ("# A2E", first)
            second = self._called(name, name.other)
            if "\n" in first and _arguments_of(first) == _arguments_of(second):
                call, _, returns = second.partition("(\n")
                yield "# AsyncA2E, with the same arguments"
                yield f"{call}(...){returns.rpartition(chr(10) + ')')[2]}"
            else:
                yield from ("# AsyncA2E", second)
        yield "```"

    def _called(self, name: Name, entry: Entry) -> str:
        awaited = "await " if entry.is_async else ""
        return awaited + signature(
            name.written, self._opened(name, entry), self._returns(name, entry)
        )

    def _opened(self, name: Name, entry: Entry) -> list[griffe.Parameter]:
        """Return the parameters, with the defaults that ``create`` has for what it is passed on."""
        created = self._creating(name)
        known = {one.name: one for one in created.entry.parameters} if created else {}
        found: list[griffe.Parameter] = []
        for one in entry.parameters:
            default = one.default
            if default == "..." and one.name in known:
                default = known[one.name].default
            type_ = self._concrete(type_text(one.annotation), name)
            annotation = one.annotation if type_ == type_text(one.annotation) else type_
            found.append(
                griffe.Parameter(one.name, annotation=annotation, kind=one.kind, default=default)
            )
        return found

    def _concrete(self, text: str, name: Name) -> str:
        """Return a type with the model of the section in place of what stands for any."""
        if name.owner is None or not re.search(r"\bTaskT\b", text):
            return text
        for cls in self._classes(name.owner.source):
            for base in cls.bases:
                if isinstance(base, griffe.ExprSubscript):
                    return re.sub(r"\bTaskT\b", str(base.slice), text)
        return text

    def _classes(self, source: griffe.Object | None) -> list[griffe.Class]:
        if isinstance(source, griffe.Attribute):
            from python_sources import type_of

            return self._names.sources.classes_in(type_of(source))
        return [source] if isinstance(source, griffe.Class) else []

    def _creating(self, name: Name) -> Name | None:
        beside = name.owner.members if name.owner is not None else []
        return next((one for one in beside if one.last == "create" and one is not name), None)

    def _parameters(
        self, name: Name, parameters: Sequence[griffe.Parameter], said: Documented, page: str
    ) -> Iterator[str]:
        if not parameters:
            return
        created = self._creating(name)
        beside = self._documented(created, page).parameters if created else {}
        yield from ("", "**Arguments**", "")
        for one in parameters:
            text = said.parameters.get(one.name) or beside.get(one.name, "")
            yield self._item(one.name, type_text(one.annotation), one.default, text)

    def _item(self, name: str, type_: str, default: str | None, text: str) -> str:
        facts = f"`{type_}`" if type_ else ""
        if default not in (None, "None", "..."):
            facts += f"{', ' if facts else ''}default `{default}`"
        return f"- `{name}`" + (f" ({facts})" if facts else "") + (f": {text}" if text else "")

    def _result(self, entry: Entry) -> str | griffe.Expr | None:
        source = self._names.sources.find(entry.home)
        return source.returns if isinstance(source, griffe.Function) else None

    def _returns(self, name: Name, entry: Entry) -> str:
        return self._concrete(type_text(self._result(entry)), name)

    def types_of(self, label: str, types: Iterable[str | griffe.Expr | None]) -> Iterator[str]:
        """Yield the line that links the types that a type on the page of types consists of.

        Args:
            label: The name of the type.
            types: What it consists of.
        """
        links = {
            name: self._type_link(name, path, TYPES)
            for name, path in names_in(types).items()
            if name != label
        }
        if any(links.values()):
            yield from ("", "Types: " + ", ".join(link for link in links.values() if link))

    def _see(
        self, name: Name, page: str, types: Iterable[str | griffe.Expr | None]
    ) -> Iterator[str]:
        links: dict[str, str] = {}
        for label, path in names_in(types).items():
            link = self._type_link(label, path, page)
            if link and label != name.last:
                links[label] = link
        if links:
            yield from ("", "Types: " + ", ".join(links.values()))

    def _type_link(self, label: str, path: str, page: str) -> str:
        thing = self._names.sources.find(path)
        if isinstance(thing, griffe.Class) and thing.path in self._names.by_home:
            name = self._names.by_home[thing.path]
            target = "" if name.page == page else relative(page, f"{name.page}.md")
            return f"[`{label}`]({target}#{name.anchor})"
        if (
            isinstance(thing, griffe.Attribute)
            and isinstance(thing.value, griffe.Expr)
            and not isinstance(thing.value, griffe.ExprCall)
        ):
            self.aliases[label] = thing
            target = "" if page == TYPES else relative(page, f"{TYPES}.md")
            return f"[`{label}`]({target}#{label.lower()})"
        return ""

    def _class(self, name: Name, page: str) -> Iterator[str]:
        original = self._names.by_home[name.entry.home]
        if original is not name:
            yield f"The same as {self._linked(page, original.written)}."
            return
        said = self._documented(name, page)
        yield said.text
        bases = sorted(name.entry.ancestors - {"object", "Generic"})
        if bases:
            listed = (self._linked(page, self._names.listed.get(base, base)) for base in bases)
            yield from ("", "A kind of: " + ", ".join(listed))
        made = next((one for one in name.members if one.last == "__init__"), None)
        if made is not None:
            yield from self._constructor(name, made, said, page)
        yield from self._attributes(name, said, page)

    def _constructor(self, name: Name, made: Name, said: Documented, page: str) -> Iterator[str]:
        if made.entry.is_from_fields:
            if made.entry.parameters:
                yield from (
                    "",
                    f"`{name.written}(...)` takes each attribute as a keyword argument; those "
                    "with a default may be left out.",
                )
            return
        yield from ("", "```python", signature(name.written, made.entry.parameters), "```")
        own = self._documented(made, page)
        merged = Documented(parameters=said.parameters | own.parameters)
        yield from self._parameters(made, made.entry.parameters, merged, page)
        raises = said.raises + own.raises
        if raises:
            yield from ("", "**Raises**", "")
            yield from (f"- {self._linked(page, cls)}: {when}" for cls, when in raises)
        yield from self._see(name, page, [one.annotation for one in made.entry.parameters])

    def _attributes(self, name: Name, said: Documented, page: str) -> Iterator[str]:
        made = next((one for one in name.members if one.last == "__init__"), None)
        fields = made.entry.parameters if made is not None and made.entry.is_from_fields else ()
        defaults = {one.name: one.default for one in fields}
        own: list[str] = []
        inherited: dict[str, list[Name]] = {}
        types: list[str | griffe.Expr | None] = []
        for member in name.members:
            base = self._names.base_of(member)
            if base is not None and member is not made:
                inherited.setdefault(base.written, []).append(member)
            elif member.entry.kind == "attribute" and not member.members:
                own.append(self._attribute(member, said, defaults.get(member.last), page))
                types.append(_annotation(member.source))
        if own:
            yield from ("", "**Attributes**", "")
            yield from own
            yield from self._see(name, page, types)
        for base_name, members in inherited.items():
            listed = ", ".join(f"`{member.last}`" for member in members)
            yield from ("", f"From {self._linked(page, base_name)}: {listed}")

    def _attribute(self, member: Name, said: Documented, default: str | None, page: str) -> str:
        text = self._documented(member, page).text or said.attributes.get(member.last, "")
        if not text and member.source is not None:
            # A class that no page has for itself says it where the attribute is defined.
            home = documented(member.source.parent, lambda code: self._linked(page, code))
            text = home.attributes.get(member.last) or home.parameters.get(member.last, "")
        value = member.entry.value
        type_ = type_text(_annotation(member.source))
        only = f" *Only of `{member.only}`.*" if member.only else ""
        if value is not None:
            return f"- `{member.last}` = `{value}`" + (f": {text}" if text else "")
        return self._item(member.last, type_, default, re.sub(r"\n+", " ", text)) + only

    def _attribute_heading(self, name: Name, page: str) -> Iterator[str]:
        said = self._documented(name, page)
        classes = self._classes(name.source)
        home = documented(classes[0] if classes else None, lambda code: self._linked(page, code))
        yield from self._about(name, max(said.text, home.text, key=len))
        if name.source is not None and isinstance(name.source, griffe.Attribute):
            shown = type_text(_annotation(name.source))
            if not name.members and shown:
                yield from ("", f"Type: `{shown}`")
            if not name.members and name.source.value is not None and not shown:
                yield from ("", f"Value: `{name.source.value}`")
        yield from self._attributes(name, home, page)


def joined(lines: Iterable[str]) -> str:
    """Return lines as a page, without empty lines one after the other.

    Args:
        lines: The lines.
    """
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _arguments_of(call: str) -> str:
    return call.partition("(")[2].rpartition(")")[0]


def _annotation(source: griffe.Object | None) -> str | griffe.Expr | None:
    if isinstance(source, griffe.Attribute):
        return source.annotation
    return source.returns if isinstance(source, griffe.Function) else None


def _unambiguous(names: PublicNames) -> dict[str, Name]:
    """Return the classes and functions of modules by their last part, where one has it."""
    found: dict[str, list[Name]] = {}
    for name in names.by_written.values():
        is_member = name.written.startswith("a2e.") or name.owner is not None
        if not is_member and name.entry.kind != "attribute":
            original = names.by_home.get(name.entry.home, name)
            if original not in found.setdefault(name.last, []):
                found[name.last].append(original)
    return {last: those[0] for last, those in found.items() if len(those) == 1}

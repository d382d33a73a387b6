"""Docstrings as Markdown: their text, and what they say of parameters, attributes and errors.

This module owns the Google style of docstrings. It is pure.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import griffe

#: What a piece of code in a docstring becomes: a link where it names something public.
Linker = Callable[[str], str]

_CODE = re.compile(r"(```.*?```|``[^`]+``|`[^`\n]+`)", re.DOTALL)


@dataclass
class Documented:
    """What a docstring says.

    Attributes:
        text: What it says in general, as Markdown.
        parameters: What it says of each parameter, on one line.
        attributes: What it says of each attribute, on one line.
        returns: What it says of the result; empty where it says nothing.
        raises: Each class of errors, and when it is raised.
    """

    text: str = ""
    parameters: dict[str, str] = field(default_factory=dict[str, str])
    attributes: dict[str, str] = field(default_factory=dict[str, str])
    returns: str = ""
    raises: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


def documented(source: griffe.Object | None, linked: Linker) -> Documented:
    """Read the docstring of an object.

    Args:
        source: The object; without one, or without a docstring, nothing is said.
        linked: Makes a link of a piece of code that names something public.
    """
    found = Documented()
    if source is None or source.docstring is None:
        return found
    logging.getLogger("griffe").setLevel(logging.CRITICAL)
    texts: list[str] = []
    for section in source.docstring.parse("google"):
        value = section.value
        if isinstance(section, griffe.DocstringSectionText):
            texts.append(markdown(value, linked))
        elif isinstance(section, griffe.DocstringSectionParameters):
            found.parameters |= {one.name: line(one.description, linked) for one in value}
        elif isinstance(section, griffe.DocstringSectionAttributes):
            found.attributes |= {one.name: line(one.description, linked) for one in value}
        elif isinstance(section, (griffe.DocstringSectionReturns, griffe.DocstringSectionYields)):
            # griffe takes a name before a colon for the name of the result.
            found.returns = " ".join(
                line(f"{one.name}: {one.description}" if one.name else one.description, linked)
                for one in value
            )
        elif isinstance(section, griffe.DocstringSectionRaises):
            found.raises += [(str(one.annotation), line(one.description, linked)) for one in value]
        elif isinstance(section, griffe.DocstringSectionWarns):
            found.raises += [
                (str(one.annotation), f"as a warning: {line(one.description, linked)}")
                for one in value
            ]
        else:
            title = section.title or section.kind.value
            raise ValueError(f"{source.path}: the docs do not show a section {title!r}")
    found.text = "\n\n".join(texts)
    return found


def markdown(text: str, linked: Linker) -> str:
    """Return the text of a docstring as Markdown.

    Args:
        text: The text.
        linked: Makes a link of a piece of code that names something public.
    """
    blocks = re.split(r"\n\n+", text)
    made: list[str] = []
    for block in blocks:
        if block.startswith("    "):
            made.append(f"```python\n{_dedented(block)}\n```")
        else:
            made.append(_inline(block, linked))
    # One example with empty lines in it is one block.
    return "\n\n".join(made).replace("\n```\n\n```python\n", "\n\n")


def line(text: str, linked: Linker) -> str:
    """Return a description on one line.

    Args:
        text: The description.
        linked: Makes a link of a piece of code that names something public.
    """
    return _inline(" ".join(text.split()), linked)


def _dedented(block: str) -> str:
    return "\n".join(one.removeprefix("    ") for one in block.splitlines())


def _inline(text: str, linked: Linker) -> str:
    parts = _CODE.split(text)
    for place, part in enumerate(parts):
        if place % 2:
            parts[place] = linked(part.strip("`"))
        else:
            parts[place] = re.sub(r"(<|(?<!\*)\*(?!\*))", r"\\\1", part)
    return "".join(parts)

"""Our openapi.yaml from text and back, with its comments, line breaks and blank lines.

This module owns the layout of the file. ruamel.yaml keeps comments and styles, but takes a blank
line for a part of what stands before it; here additions get the blank lines that the rest of the
file has. What is added is left to additions.py.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import RoundTripRepresenter

from plain_data import parse

#: A path, or a component: what a blank line stands around.
_SEPARATED = re.compile(r"  /\S*:|    [A-Z]\w*:")


class _Representer(RoundTripRepresenter):
    """Writes null as the word."""

    def represent_none(self, data: None) -> ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:null", "null")


_Representer.add_representer(type(None), _Representer.represent_none)


def _yaml() -> YAML:
    yaml = YAML()
    yaml.Representer = _Representer
    yaml.preserve_quotes = True
    yaml.width = 100_000  # lines are as long as their author made them
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def load(text: str) -> CommentedMap:
    """Parse our document with its comments and styles."""
    document = _yaml().load(text)
    assert isinstance(document, CommentedMap)
    return document


def dump(document: CommentedMap, before: str) -> str:
    """Write our document.

    Args:
        document: The document that `load` gave, with additions.
        before: The text that it was loaded from.

    Returns:
        The text, with blank lines around additions as around the rest.
    """
    # A list over several lines comes out on one: what was not changed is taken from the old text.
    old, plain, new = before.splitlines(), _plain(load(before)), _plain(document)
    text = _joined(_laid_out(_kept(old, plain), plain, new))
    if parse(text.encode()) == parse(_joined(new).encode()):
        return text
    # An addition within lines that ruamel.yaml writes otherwise: their style is given up.
    return _joined(_laid_out([[line] for line in plain], plain, new))


def _joined(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _plain(document: CommentedMap) -> list[str]:
    stream = io.StringIO()
    _yaml().dump(document, stream)
    return stream.getvalue().splitlines()


def _kept(old: list[str], plain: list[str]) -> list[list[str]]:
    """Return for each line as ruamel.yaml writes it the lines that stood there before."""
    kept: list[list[str]] = [[] for _ in plain]
    for tag, first, last, start, end in _differences(old, plain):
        if tag == "equal":
            kept[start:end] = [[line] for line in old[first:last]]
        elif end > start:
            kept[start] = old[first:last]
        elif start:
            kept[start - 1] += old[first:last]
    return kept


def _differences(one: list[str], two: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, one, two, autojunk=False).get_opcodes()


def _laid_out(kept: list[list[str]], plain: list[str], new: list[str]) -> list[str]:
    out: list[str] = []
    for tag, first, last, start, end in _differences(plain, new):
        lines = [line for line in new[start:end] if line or tag != "insert"]
        following = new[end] if end < len(new) else ""
        if tag == "equal":
            out += [line for lines in kept[first:last] for line in lines]
        elif tag == "insert" and lines and _SEPARATED.fullmatch(lines[0]):
            for line in lines:
                if _SEPARATED.fullmatch(line) and out[-1]:
                    out.append("")
                out.append(line)
            out += [""] if following else []
        elif tag == "insert" and lines and not out[-1] and _indent(following) < _indent(lines[0]):
            # The blank line stands behind the part that the addition belongs to.
            out[-1:] = [*lines, ""]
        else:
            out += lines
    return out


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())

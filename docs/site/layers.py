"""The picture of the four layers, as SVG.

This module owns the layers' names and the drawing. It is pure. The picture follows the light or
dark scheme of the reader's system, and has a background of its own, as a page may have the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import attrs


@attrs.frozen
class Part:
    """One box.

    Attributes:
        name: What people call it.
        place: Where it is in the repository.
        about: What it is, in a few words.
    """

    name: str
    place: str
    about: str


#: From what the others rest on to what people use; parts of one layer stand side by side.
LAYERS: tuple[tuple[Part, ...], ...] = (
    (Part("Spec", "spec/openapi.yaml", "what the server speaks, operation by operation"),),
    (Part("Generated client", "generated/a2e_api", "one module per operation, typed models"),),
    (Part("Facade", "a2e_sdk", "A2E and AsyncA2E: retries, waits, journal, batch, files"),),
    (
        Part("Terminal", "a2e_sdk/cli", "the command a2e"),
        Part("Sandbox", "a2e_sdk/sandbox", "a server for tests"),
    ),
)
#: What an arrow from a layer to the next one says.
ARROWS = ("generates", "requests and responses", "methods and models")

_WIDTH, _BOX, _GAP, _MARGIN = 560, 64, 40, 20
_STYLE = """\
.page { fill: #ffffff; stroke: #d0d7de }
.box { fill: #f0f5ff; stroke: #0b57d0 }
.name { font: 600 16px system-ui, sans-serif; fill: #14181d }
.place { font: 13px ui-monospace, Menlo, Consolas, monospace; fill: #0b4bb3 }
.about { font: 13px system-ui, sans-serif; fill: #47525e }
.line { stroke: #5a6672; stroke-width: 1.5; fill: none }
@media (prefers-color-scheme: dark) {
.page { fill: #161b22; stroke: #3d444d }
.box { fill: #1b2a41; stroke: #6ea8fe }
.name { fill: #f0f3f6 }
.place { fill: #8fbcff }
.about { fill: #b4bec9 }
.line { stroke: #9aa6b2 }
}"""


def layers_picture() -> str:
    """Return the picture."""
    return "\n".join(_elements()) + "\n"


def _elements() -> Iterator[str]:
    height = 2 * _MARGIN + len(LAYERS) * _BOX + len(ARROWS) * _GAP
    size = f'width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    yield "<title>" + escape(" -> ".join(_title(parts) for parts in LAYERS)) + "</title>"
    yield f"<style>\n{_STYLE}\n</style>"
    yield f'<rect class="page" x=".5" y=".5" width="{_WIDTH - 1}" height="{height - 1}" rx="8"/>'
    top = _MARGIN
    for number, parts in enumerate(LAYERS):
        if number:
            yield from _arrow(top - _GAP, ARROWS[number - 1])
        width = (_WIDTH - _MARGIN * (len(parts) + 1)) // len(parts)
        for column, part in enumerate(parts):
            yield from _box(part, _MARGIN + column * (width + _MARGIN), top, width)
        top += _BOX + _GAP
    yield "</svg>"


def _title(parts: tuple[Part, ...]) -> str:
    return " and ".join(part.name.lower() for part in parts)


def _box(part: Part, left: int, top: int, width: int) -> Iterator[str]:
    yield f'<rect class="box" x="{left}" y="{top}" width="{width}" height="{_BOX}" rx="6"/>'
    yield f'<text class="name" x="{left + 14}" y="{top + 27}">{escape(part.name)}</text>'
    yield (
        f'<text class="place" x="{left + width - 14}" y="{top + 27}" text-anchor="end">'
        f"{escape(part.place)}</text>"
    )
    yield f'<text class="about" x="{left + 14}" y="{top + 49}">{escape(part.about)}</text>'


def _arrow(top: int, words: str) -> Iterator[str]:
    middle, end = _WIDTH // 2, top + _GAP - 4
    yield (
        f'<path class="line" d="M{middle} {top + 4}V{end}M{middle - 5} {end - 6}L{middle} {end}'
        f'L{middle + 5} {end - 6}"/>'
    )
    yield f'<text class="about" x="{middle + 14}" y="{top + _GAP // 2 + 4}">{escape(words)}</text>'

"""Links of a page: from where they lead in the repository to where they lead on the site.

This module is pure but for asking whether a file exists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from .pages import relative

#: A block of code, a piece of code, or a link; the first two are left alone.
_TOKEN = re.compile(
    r"(?P<block>^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)`*$)"
    r"|(?P<code>(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<image>!?)\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<target>[^)\s]+)\)",
    re.DOTALL | re.MULTILINE,
)
_HEADING = re.compile(r"^(#{1,6}) +(.*?) *$", re.MULTILINE)
_BLOCK = re.compile(r"^(`{3,}|~{3,}).*?^\1`*$", re.DOTALL | re.MULTILINE)


class BrokenLinkError(Exception):
    """A link leads nowhere."""


def slug_of(heading: str) -> str:
    """Return the anchor of a heading, as GitHub makes it.

    Args:
        heading: The heading's text, without its marks.
    """
    return re.sub(r"[^\w -]", "", heading.strip().lower()).replace(" ", "-")


def anchors_of(text: str) -> set[str]:
    """Return the anchors of a page, each of a heading.

    Args:
        text: The page.
    """
    found: set[str] = set()
    for _, heading in _HEADING.findall(_BLOCK.sub("", text)):
        slug = slug_of(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", ""))
        count = 1
        unique = slug
        while unique in found:
            unique = f"{slug}-{count}"
            count += 1
        found.add(unique)
    return found


def links_of(text: str) -> list[str]:
    """Return where the links and pictures of a page lead, in their order.

    Args:
        text: The page.
    """
    return [match["target"] for match in _TOKEN.finditer(text) if match["target"]]


def rewrite_links(text: str, change: Callable[[str, str, str], str]) -> str:
    """Return a page with every link changed; code is left as it is.

    Args:
        text: The page.
        change: Takes ``!`` or nothing, the text and the target of a link, and returns the link.
    """

    def one(match: re.Match[str]) -> str:
        if match["target"] is None:
            return match[0]
        return change(match["image"], rewrite_links(match["text"], change), match["target"])

    return _TOKEN.sub(one, text)


def site_links(
    text: str,
    *,
    source: str,
    name: str,
    published: Mapping[str, str],
    root: Path,
    repository: str | None,
) -> str:
    """Return a page whose links fit the site.

    A link to a page leads to that page; one to another file leads to the repository, or stands as
    plain text where the repository's address is not known.

    Args:
        text: The page.
        source: Its file, from the root.
        name: Its address on the site.
        published: The address of each file that is a page.
        root: The root of the repository.
        repository: Where a browser finds the files of the repository; None if that is not known.

    Raises:
        BrokenLinkError: A link leads to a file that does not exist.
    """

    def change(image: str, words: str, target: str) -> str:
        if re.match(r"[a-z]+:", target) or target.startswith("#"):
            return f"{image}[{words}]({target})"
        path, _, anchor = target.partition("#")
        place = _normal(PurePosixPath(source).parent / path)
        after = f"#{anchor}" if anchor else ""
        if place in published:
            return f"{image}[{words}]({relative(name, published[place] + '.md')}{after})"
        if not (root / place).exists():
            raise BrokenLinkError(f"{source}: {target} leads to {place}, which does not exist")
        if image or place.endswith((".png", ".svg", ".ipynb")):
            return f"{image}[{words}]({relative(name, place.removeprefix('docs/'))})"
        return f"[{words}]({repository}/{place}{after})" if repository else words

    return rewrite_links(text, change)


def _normal(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)

"""Which files are pages of the site, where each is published, and its place in the navigation.

This module owns the table of pages. A new file in docs/tutorial, docs/how-to or docs appears in the
navigation without a line here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]

#: The parts of the navigation, in their order.
TUTORIAL, HOW_TO, IN_DEPTH, REFERENCE = "Tutorial", "How-to", "In depth", "Reference"
PARTS = (TUTORIAL, HOW_TO, IN_DEPTH, REFERENCE)

#: Pages outside docs/, and where they are published.
ELSEWHERE = {
    "CHANGELOG.md": "project/changelog",
    "CONTRIBUTING.md": "project/contributing",
    "spec/README.md": "project/spec",
    "spec/guides/generate.md": "project/generate",
    "spec/guides/release.md": "project/release",
    "spec/guides/vendor-update.md": "project/vendor-update",
}

#: The pages of docs/ that explain, in the order of reading; any other follows them.
_EXPLANATION = (
    "architecture",
    "at-most-once",
    "exact-lists",
    "polling",
    "reliability",
    "journal",
    "budget",
    "batch",
    "engines",
    "many-machines",
    "cloud-files",
    "webhooks",
    "notebooks",
    "sandbox",
    "sandbox-page",
    "transports",
)

#: The pages of docs/ that belong to the reference: what a reader looks up.
_LOOKED_UP = ("terminal", "doctor", "verify", "coverage", "configuration", "sections")


@dataclass(frozen=True)
class Page:
    """One page.

    Attributes:
        name: Its address on the site, without ending.
        text: Its Markdown, with links as they are in the repository.
        part: The part of the navigation that lists it; empty for the front page.
        source: The file it was written in, from the root; None for a generated page.
        below: The page whose list of pages it is in; empty for one that the navigation lists.
        is_bulk: Whether the text of all pages leaves it out, because there are many like it.
    """

    name: str
    text: str
    part: str
    source: str | None = None
    below: str = ""
    is_bulk: bool = False

    @property
    def title(self) -> str:
        """The first heading."""
        first = next(line for line in self.text.splitlines() if line.startswith("# "))
        return first[2:].strip()


def written_pages(root: Path = ROOT) -> list[Page]:
    """Return the pages that people write, in the order of the navigation.

    Args:
        root: The root of the repository.
    """
    docs = root / "docs"
    pages = [_page(root, "docs/index.md", "index", "")] if (docs / "index.md").exists() else []
    for part, folder in ((TUTORIAL, "tutorial"), (HOW_TO, "how-to")):
        files = sorted((docs / folder).glob("*.md"), key=lambda file: (file.stem != "index", file))
        names = [f"{folder}/{file.stem}" for file in files]
        below = names[0] if names and names[0].endswith("/index") else ""
        pages += [
            _page(root, f"docs/{name}.md", name, part, below if name != below else "")
            for name in names
        ]
    rest = {file.stem for file in docs.glob("*.md")} - {"index"}
    explaining = [name for name in _EXPLANATION if name in rest]
    unlisted = sorted(rest - set(_EXPLANATION) - set(_LOOKED_UP))
    pages += [_page(root, f"docs/{name}.md", name, IN_DEPTH) for name in explaining + unlisted]
    pages += [
        _page(root, f"docs/{name}.md", name, REFERENCE) for name in _LOOKED_UP if name in rest
    ]
    for source, name in ELSEWHERE.items():
        below = "" if source == "CONTRIBUTING.md" else ELSEWHERE["CONTRIBUTING.md"]
        pages.append(_page(root, source, name, IN_DEPTH, below))
    return pages


def _page(root: Path, source: str, name: str, part: str, below: str = "") -> Page:
    return Page(name, (root / source).read_text("utf-8"), part, source, below)


def relative(name: str, other: str) -> str:
    """Return the path from one page to another file of the site.

    Args:
        name: The page that has the link.
        other: The file, such as ``reference/errors.md``.
    """
    here, there = PurePosixPath(name).parent.parts, PurePosixPath(other).parts
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    return "/".join([".."] * (len(here) - common) + list(there[common:]))

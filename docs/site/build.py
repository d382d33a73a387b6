"""Build the documentation site.

    python -m docs.site.build build/site           write the site there
    python -m docs.site.build build/site --fast    without the reference, while you write a page

Warnings are errors: a link or an anchor that leads nowhere fails the build.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path

from .links import BrokenLinkError, anchors_of, links_of, site_links
from .llms import index_text, whole_text
from .navigation import with_navigation
from .pages import ROOT, Page, written_pages

HERE = Path(__file__).parent


def repository_address(root: Path = ROOT) -> str | None:
    """Return where a browser finds the repository's files; None as long as nobody has said it.

    It is ``Source`` of ``project.urls`` in pyproject.toml, such as
    ``https://example.com/a2e-sdk/blob/main``: the one setting for edit links and for links to files
    that are no pages.

    Args:
        root: The root of the repository.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    address = project.get("urls", {}).get("Source")
    return address.rstrip("/") if address else None


def site_pages(root: Path = ROOT, *, reference: bool = True) -> list[Page]:
    """Return all pages as the site has them, their links included.

    Args:
        root: The root of the repository.
        reference: Whether to generate the reference.

    Raises:
        BrokenLinkError: A link leads to a file or an anchor that does not exist.
    """
    written = written_pages(root)
    published = {page.source: page.name for page in written if page.source}
    repository = repository_address(root)
    pages = [
        Page(
            page.name,
            site_links(
                page.text,
                source=page.source or "",
                name=page.name,
                published=published,
                root=root,
                repository=repository,
            ),
            page.part,
            page.source,
            page.below,
        )
        for page in written
    ]
    if reference:
        from .reference import reference_pages

        pages += reference_pages(root)
        check_links(pages)
    return pages


def check_links(pages: Sequence[Page]) -> None:
    """Require that every link between pages leads to a page and to one of its headings.

    Sphinx checks the HTML; this is what the Markdown twins rely on.

    Args:
        pages: All pages.

    Raises:
        BrokenLinkError: One or more lead nowhere; all are named.
    """
    anchors = {f"{page.name}.md": anchors_of(page.text) for page in pages}
    broken: list[str] = []
    for page in pages:
        for target in links_of(page.text):
            path, _, anchor = target.partition("#")
            if ":" in path or (path and not path.endswith(".md")):
                continue
            place = _joined(page.name, path) if path else f"{page.name}.md"
            if place not in anchors or (anchor and anchor not in anchors[place]):
                broken.append(f"{page.source or page.name}: {target}")
    if broken:
        raise BrokenLinkError("\n".join(broken))


def _joined(name: str, path: str) -> str:
    parts = name.split("/")[:-1]
    for part in path.split("/"):
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def build(output: Path, *, reference: bool = True, root: Path = ROOT) -> list[Page]:
    """Write the site into a folder, which is emptied first, and return its pages.

    Args:
        output: The folder.
        reference: Whether to generate the reference.
        root: The root of the repository.

    Raises:
        subprocess.CalledProcessError: Sphinx found something wrong; it has printed what.
    """
    from a2e_sdk.version import __version__

    pages = site_pages(root, reference=reference)
    facts = {
        "version": __version__,
        "repository": repository_address(root),
        "sources": {page.name: page.source for page in pages},
    }
    if output.exists():
        shutil.rmtree(output)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for page in pages:
            file = folder / f"{page.name}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(with_navigation(page, pages), "utf-8")
        for name in ("pictures", "example.ipynb"):
            _copy(root / "docs" / name, folder / name)
        noted = folder / "site.json"
        noted.write_text(json.dumps(facts), "utf-8")
        sphinx = (sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html")
        options = ("-c", str(HERE), "-d", str(folder / ".doctrees"), "-j", "auto")
        environment = {**os.environ, "A2E_SITE_FACTS": str(noted)}
        command = [*sphinx, *options, str(folder), str(output.resolve())]
        subprocess.run(command, env=environment, check=True)
        for name in ("pictures", "example.ipynb"):
            _copy(folder / name, output / name)
    # Sphinx makes the folder whatever html_copy_source says, and leaves it empty.
    (output / "_sources").rmdir()
    for page in pages:
        (output / f"{page.name}.md").write_text(page.text, "utf-8")
    (output / "llms.txt").write_text(index_text(pages), "utf-8")
    (output / "llms-full.txt").write_text(whole_text(pages), "utf-8")
    return pages


def _copy(source: Path, place: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, place, dirs_exist_ok=True)
    else:
        shutil.copy2(source, place)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build it, and say where it is."""
    parser = argparse.ArgumentParser(description="Build the documentation site.")
    parser.add_argument("output", type=Path, help="the folder, which is emptied first")
    parser.add_argument("--fast", action="store_true", help="leave the reference out")
    options = parser.parse_args(arguments)
    try:
        pages = build(options.output, reference=not options.fast)
    except BrokenLinkError as error:
        print(f"Links that lead nowhere:\n{error}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError:
        return 1
    print(f"{len(pages)} pages: {options.output / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

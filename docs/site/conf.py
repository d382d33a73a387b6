"""Settings of Sphinx. The pages come from build.py, which knows what Markdown leaves out."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from docutils import nodes
from pygments.lexers import get_lexer_by_name
from sphinx.addnodes import toctree

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

# Written by build.py beside the pages: the version, and where the source of each page is.
FACTS: dict[str, Any] = json.loads(Path(os.environ["A2E_SITE_FACTS"]).read_text("utf-8"))

project = "a2e-sdk"
author = "the a2e-sdk contributors"
release = version = FACTS["version"]
language = "en"
extensions = ["myst_parser"]
html_theme = "furo"
html_favicon = str(HERE / "static" / "favicon.svg")
html_title = f"a2e-sdk {version}"
html_static_path = [str(HERE / "static")]
templates_path = [str(HERE / "templates")]
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_use_index = False
html_domain_indices = False
html_theme_options = {"top_of_page_buttons": ["edit"]}
myst_heading_anchors = 6
myst_heading_slug_func = "docs.site.links.slug_of"
myst_enable_extensions = ["strikethrough"]
# Quotes and dots, but no dashes: the name of an option, such as --http, keeps both of its own.
smartquotes_action = "qe"
myst_all_links_external = False
# Sphinx guesses a language where a page names none.
highlight_language = "text"
nitpicky = True
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"


def _page_context(
    app: Any, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    # Sphinx gives its captions the role of headings, without the level that belongs to it.
    tree = context.get("furo_navigation_tree", "")
    context["furo_navigation_tree"] = tree.replace(
        'role="heading"', 'role="heading" aria-level="2"'
    )
    if pagename in _CONTENTS:
        # The theme asks what the navigation has, which is titles alone.
        headings = sum(1 for _ in _CONTENTS[pagename].findall(nodes.list_item))
        context["furo_hide_toc"] = headings < 2
    if pagename in FACTS["sources"]:
        source = FACTS["sources"][pagename]
        if FACTS["repository"] and source:
            # GitHub and GitLab show a file at /blob/ and change it at /edit/. The theme's option
            # is one for all pages, but not every page is where its address says.
            editor = FACTS["repository"].replace("/blob/", "/edit/", 1)
            context["theme_source_edit_link"] = f"{editor}/{source}"
        twin = f"{pagename.rpartition('/')[2]}.md"
        context["metatags"] = (
            context.get("metatags", "")
            + f'<link rel="alternate" type="text/markdown" href="{twin}" title="Markdown">'
        )
        context["twin"] = twin


def _dotted_anchors(app: Any, doctree: Any) -> None:
    """Give a heading that is a name, such as ``a2e.wan_25.create``, that name as an anchor.

    What is listed directly below it has one, too: ``a2e.wan_25.create.prompt``. The package is no
    part that one must write: ``#Task`` leads to ``a2e_sdk.Task``.
    """
    known = {one for node in doctree.findall(nodes.Element) for one in node["ids"]}

    def add(node: Any, *anchors: str) -> None:
        new = [anchor for anchor in anchors if anchor not in known]
        node["ids"] += new
        known.update(new)

    for section in doctree.findall(nodes.section):
        name = section[0].astext()
        if not re.fullmatch(r"\w+((\(\))?\.\w+)+", name):
            continue
        short = name.removeprefix("a2e_sdk.")
        add(section, name, *([short] if short != name else []))
        if name.startswith("errors."):
            add(section, f"a2e_sdk.{name}", name.removeprefix("errors."))
        for listed in section.children:
            for item in listed.children if isinstance(listed, nodes.bullet_list) else ():
                first = next(iter(item[0].children), None) if item.children else None
                if isinstance(first, nodes.literal):
                    add(item, f"{name}.{first.astext()}")


#: The headings of each page, which its own list of contents shows.
_CONTENTS: dict[str, Any] = {}


def _titles_alone(app: Any, env: Any) -> None:
    """Leave the titles in what the navigation is made of, which copies all of it for each page.

    It shows no more than titles. This halves the time that the site takes.
    """
    for name, contents in env.tocs.items():
        if next(contents.findall(toctree), None) is None:
            _CONTENTS[name] = contents.deepcopy()
            for below in list(contents.findall(nodes.bullet_list))[1:]:
                if below.parent is not None:
                    below.parent.remove(below)


def _own_contents(
    app: Any, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    if pagename in _CONTENTS:
        contents = _CONTENTS[pagename]
        for reference in contents.findall(nodes.reference):
            reference["refuri"] = reference["anchorname"] or "#"
        context["toc"] = app.builder.render_partial(contents)["fragment"]


def setup(app: Any) -> None:
    """Connect what a page gets beside its text."""
    # Pygments has no lexer for tables, and none of the name of JSON Lines.
    app.add_lexer("csv", type(get_lexer_by_name("text")))
    app.add_lexer("jsonl", type(get_lexer_by_name("json")))
    app.connect("doctree-read", _dotted_anchors)
    app.connect("env-updated", _titles_alone)
    # Before the theme, which looks at the contents.
    app.connect("html-page-context", _own_contents, priority=100)
    # After the theme, which makes the navigation.
    app.connect("html-page-context", _page_context, priority=900)

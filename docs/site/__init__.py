"""The build of the documentation site: ``python -m docs.site.build`` of the repository's root.

Sphinx with MyST and furo was chosen over Zensical after both had built the pages of docs/. The
newest Zensical could not be installed, as a package that it needs was on no index, and an older one
built the pages in two seconds but let a link to a file outside of docs/ pass under ``--strict`` and
fetched its fonts from another server. Sphinx reports every link and anchor that leads nowhere,
fetches nothing, and has kept its settings working for many years.

This package owns what is a page, where it is in the navigation, and what is generated for the
reference; the words of the pages are in docs/. Every page is Markdown, also a generated one, so
that its twin for programs (PAGE.md beside PAGE.html) is the page itself. Only nox and the tests in
tests/site import it.
"""

"""Models as notebooks show them: cards and tables of HTML.

This package owns the HTML, and which links of a server it may contain. It knows no model: it shows
the fields that a ``repr`` shows, without hidden ones, and asks no server. ``models`` and both
clients may import it; beyond its base class it is loaded when a notebook shows something.
"""

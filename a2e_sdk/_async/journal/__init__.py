"""The journal as users see it: what was started, what it cost, and what is still to be decided.

This package owns the section ``journal`` of a client. How starts are kept is in ``_journal``; how
one is written down before it is sent is in ``tasks.journalled``.
"""

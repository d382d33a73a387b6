"""The requests that arrived at a sandbox: what each was, and what became of it.

This package owns the request log, what of a body is kept, and which request repeats an earlier one.
It decides nothing about a response. ``request_handling``, the sandbox and ``control`` import it.
"""

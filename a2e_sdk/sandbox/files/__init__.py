"""Files of the sandbox: results, signed links, and how a CDN serves them.

This package owns the bytes and links of results. Which task has which results is left to ``tasks``,
uploaded files to ``sections``. ``state``, ``tasks``, ``sections`` and ``services``
import it.
"""

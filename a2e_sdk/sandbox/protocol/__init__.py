"""The wire format of the sandbox: requests and replies, routing, tokens, input checks, responses.

This package owns how a request is understood and how a response is written. What an operation does
is left to ``tasks`` and ``sections``, sockets to ``http``. Every other package of the sandbox may
import it; it imports none of them.
"""

"""Send the sandbox's webhooks: to whom, how, and when.

This package owns which receivers may be called, one HTTP exchange with a receiver, and the thread
that sends in the background while the sandbox is served. When a webhook is due, what it says and
the log of all deliveries are left to ``state``. ``sandbox``, ``control`` and ``http_server`` import
it.
"""

"""One HTTP call: its request, its response, its retries, and the transports that carry it.

This package owns the way from a generated request to bytes and from a response to a payload or a
typed error, and the decision whether to retry. It leaves the loop of attempts to the API client of
``_async`` and ``_sync``. `request`, `response`, `retry`, `error_codes` and `failures` are pure. It
imports `_config`, `_checks`, `_runtime` and `errors`.
"""

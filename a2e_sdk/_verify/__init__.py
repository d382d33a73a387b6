"""Verification of the API's contract on a live service, by somebody who has a key.

This package owns which operations are called with which inputs (``plan``, ``inputs``), what of a
response differs from the spec (``contract``), and the report of it, which holds no personal data
(``results``); these are pure. The calls are in ``run``. It leaves the connections, retries and the
key to the client, and what is printed to the command ``a2e verify``, which alone imports it.
"""

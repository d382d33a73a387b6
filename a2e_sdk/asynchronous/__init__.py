"""The client with ``await``, written by hand; ``a2e_sdk.synchronous`` is written from it."""

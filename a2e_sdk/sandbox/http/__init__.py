"""The sandbox over HTTP: the connections that the server accepts, and what arrives on them.

This package owns deadlines, sizes and the reading of HTTP/1.1. What a request means is left to the
sandbox itself. ``http_server`` imports it.
"""

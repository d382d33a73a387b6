"""Transports: what carries requests over a network, and how a client gets one.

This package owns connections, TLS, proxies and the decoding of bodies. It is the only one that
imports an HTTP library, and each library is imported by one module. It knows no operation and
retries nothing. Users import from ``a2e_sdk.transports``.
"""

"""The sections of the API as attributes of the client, and the generated engines.

This package owns the arguments and docstrings of each section's methods. Engines are generated from
the spec; do not edit them.
"""

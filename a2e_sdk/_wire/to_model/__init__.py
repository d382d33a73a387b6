"""From a record of the server to a model of ours, one module for each section.

This package owns which field of a record becomes which attribute. The models themselves are plain
values in ``a2e_sdk.models``.
"""

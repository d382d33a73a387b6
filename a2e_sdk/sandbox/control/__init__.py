"""The sandbox's own endpoints below ``/__sandbox__/``, for tests in any language.

This package owns who may call them and what they take and return; what they change is the
business of the sandbox itself.
"""

"""The sandbox's own endpoints below ``/__sandbox__/``, for tests in any language.

This package owns who may call them, what they take and what they return; what they change is left
to `Sandbox`. ``http`` and ``http_server`` import it.
"""

"""The sections of the API that follow rules of their own in the sandbox.

This package owns face swaps, avatars and their videos, backgrounds, voices, speech, streaming,
uploads, files that are made at once, and the account. Engines, whose records are all alike, are in
``tasks``. ``services`` puts the sections together.
"""

"""The sections of the API that follow rules of their own in the sandbox.

This package owns face swaps, avatars, voices, speech, streaming, uploads and the account. Engines,
whose records are all alike, are in ``tasks``. ``services`` puts the sections together.
"""

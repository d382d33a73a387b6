"""The friendly values that the SDK returns: frozen attrs classes with names spelt right.

This package owns what users see of an answer. Every model can be compared, hashed and pickled, has
no link to a client, and keeps the server's own object in ``raw``.
"""

from __future__ import annotations

from .face_swap import FaceSwapImage, FaceSwapPreview, FaceSwapTask
from .page import Page
from .task import Task

__all__ = ["FaceSwapImage", "FaceSwapPreview", "FaceSwapTask", "Page", "Task"]

"""The addresses of an object in the store of a cloud: its own, and a signed link to it.

This module owns the values only: what reads, writes and signs is in ``_files``.
"""

from __future__ import annotations


class CloudPath(str):
    """The address of an object in a store, such as ``s3://bucket/night/sea.mp4``.

    It is a ``str`` with the last parts of a path; it opens and asks nothing.
    """

    __slots__ = ()

    @property
    def name(self) -> str:
        """The last part of it."""
        return self.rpartition("/")[2]

    @property
    def stem(self) -> str:
        """The last part without its suffix."""
        name = self.name
        stem, dot, _ = name.rpartition(".")
        return stem if dot and stem else name

    @property
    def suffix(self) -> str:
        """The suffix of the last part, with its dot; empty where it has none."""
        return self.name[len(self.stem) :]


#: What stands behind the path of a link that was signed, in the place of the signature.
SIGNED = "?***"


class SignedLink(str):
    """A link that carries access to an object."""

    __slots__ = ()

    @property
    def plain(self) -> str:
        """The link as it may be kept: without its signature, which differs each time."""
        return self.partition("?")[0] + SIGNED

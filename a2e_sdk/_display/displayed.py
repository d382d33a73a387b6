"""The method by which a notebook asks a value for its HTML.

This module owns the protocol of IPython. The HTML is made by a method of the class.
"""

from __future__ import annotations

# Type checkers take this name for true; importing typing would take longer than all the rest.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Container


class Displayed:
    """Something that notebooks show as HTML; its ``repr`` stays as it is."""

    __slots__ = ()

    def _html(self) -> str:
        raise NotImplementedError

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> dict[str, str]:
        """Return what a notebook may show, by media type; nothing is read from a server.

        Args:
            include: The types that are wanted. Default: all.
            exclude: Types that are not.
        """
        forms = {"text/plain": self.__repr__, "text/html": self._html}
        return {
            name: form()
            for name, form in forms.items()
            if (not include or name in include) and (not exclude or name not in exclude)
        }

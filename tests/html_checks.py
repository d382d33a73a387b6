"""What holds for every piece of HTML that the SDK makes."""

from __future__ import annotations

from html.parser import HTMLParser

#: Everything that our HTML is made of; nothing else may be in it.
ELEMENTS = {
    *("div", "span", "table", "caption", "thead", "tbody", "tr", "th", "td", "a", "code"),
    *("video", "audio", "img", "progress"),
}
ATTRIBUTES = {
    *("style", "scope", "href", "target", "rel", "src", "controls", "preload", "loading", "alt"),
    *("referrerpolicy", "aria-label", "aria-hidden", "value", "max"),
}
VOID = {"img"}


class CheckedHTML(HTMLParser):
    """Reads HTML, and fails where it has what it must not have, or is not well nested.

    Attributes:
        words: The text that a reader sees.
        elements: The elements, in their order.
        addresses: What it links to and loads.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.elements: list[str] = []
        self.addresses: list[str] = []
        self._open: list[str] = []
        html.encode("utf-8")  # a lone surrogate breaks the file that a notebook is saved in
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS
        self.elements.append(tag)
        for name, value in attrs:
            assert name in ATTRIBUTES, name
            if name in ("href", "src"):
                assert value is not None
                assert value.startswith(("https://", "http://127.0.0.1", "http://localhost"))
                self.addresses.append(value)
            if name == "style":
                assert value is not None
                assert "url(" not in value
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

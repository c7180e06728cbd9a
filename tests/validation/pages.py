"""Reading our pages as a browser would, so that tests can ask what is in them."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset({"meta", "input", "br", "hr", "img", "link"})


class Page(HTMLParser):
    """The elements of a page, in order, and what was wrong with their nesting."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.misnested: list[str] = []
        self.inside: list[tuple[str, str]] = []
        """(path of element names, words) of every piece of text."""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.misnested += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if len(attrs) != len(dict(attrs)):
            self.misnested.append(f"{tag} has an attribute twice")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.misnested.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.inside.append(("/".join(self._open), data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of a name."""
        return [attributes for name, attributes in self.elements if name == tag]

    def texts(self, tag: str) -> list[str]:
        """The words that stand directly in elements of a name."""
        return [words for path, words in self.inside if path.split("/")[-1] == tag]

    @property
    def ids(self) -> list[str]:
        return [a["id"] or "" for _, a in self.elements if "id" in a]

    @property
    def requests(self) -> list[str]:
        """What a browser would fetch or run for this page."""
        given = [
            a.get(name) or ""
            for tag, a in self.elements
            for name in ("src", "srcset", "href", "data", "action", "poster", "background")
            if name in a and not (tag == "a" and name == "href")
        ]
        fetching = ("script", "iframe", "object", "embed", "base", "link", "img")
        given += [tag for tag, _ in self.elements if tag in fetching]
        given += [n for _, a in self.elements for n in a if n.startswith("on")]
        return given

"""Which articles a folder holds already, and which ids are free in it."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from newspan.corpus.sources import read_article
from newspan.errors import DocumentError, Fault, NewspanError
from newspan.schema.model import Article
from newspan.text import fingerprint

__all__ = ["Shelf"]


class Shelf:
    """The articles a folder holds, and the ids that are free in it."""

    def __init__(self, folder: Path, prefix: str) -> None:
        self.folder = folder
        self.prefix = prefix
        self._held: dict[str, tuple[Path, Article | None]] = {}
        self._by_text: dict[str, str] = {}
        for path in sorted([*folder.rglob("*.md"), *folder.rglob("*.json")]):
            try:
                article = read_article(path)
            except NewspanError:
                self._held[path.stem] = path, None  # broken, but its id is taken
                continue
            self._held[article.id] = path, article
            self._by_text.setdefault(article.text_sha256, article.id)
        numbers = [
            int(match[1])
            for name in self._held
            if (match := re.fullmatch(rf"{re.escape(prefix)}-(\d+)", name))
        ]
        self._next = max(numbers, default=0) + 1

    def id_for(self, text: str) -> str:
        """The id of the article with this text, or the next free one."""
        held = self._by_text.get(fingerprint(text))
        if held is not None:
            return held
        self._next += 1
        return f"{self.prefix}-{self._next - 1:04d}"

    def place(self, article: Article, standoff: bool) -> tuple[Path, bool]:
        """(file, whether it is new) of an article. Raises DocumentError for a conflict."""
        path, held = self._held.get(article.id, (None, None))
        twin = self._by_text.get(article.text_sha256, article.id)
        if twin != article.id:
            raise DocumentError(
                Fault(f"its text is that of {twin}.", "Leave one out.", article_id=article.id)
            )
        if path is None:
            name = f"{article.origin}/{article.id}.json" if standoff else (
                f"{article.story}/{article.id}.md")  # fmt: skip
            self._held[article.id] = self.folder / name, _recorded(article, standoff)
            self._by_text[article.text_sha256] = article.id
            return self.folder / name, True
        if held is None or held.text_sha256 != article.text_sha256:
            raise DocumentError(
                Fault(f"the id is that of another text, {path}.", "Give it another id.",
                      article_id=article.id)
            )  # fmt: skip
        if differing := _differing(held, _recorded(article, standoff)):
            raise DocumentError(
                Fault(f"is in {path} already, with another {', '.join(differing)}.",
                      "Change it there.", article_id=article.id)
            )  # fmt: skip
        return path, False


def _recorded(article: Article, standoff: bool) -> Article:
    return msgspec.structs.replace(article, text=None) if standoff else article


def _differing(held: Article, article: Article) -> list[str]:
    return [f for f in article.__struct_fields__ if getattr(held, f) != getattr(article, f)]

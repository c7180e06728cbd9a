"""The file and line of a checkout that a row comes from, for those who mend it there.

Ids are only looked up among the files that are there; no path is made of one.
"""

from __future__ import annotations

import json
import re
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from newspan.corpus.layout import TABLES
from newspan.corpus.sources import source_files
from newspan.errors import NewspanError
from newspan.files import read_text
from newspan.schema.model import region_of
from newspan.validation.places import Place

__all__ = ["Source", "Sources"]

_TABLES = {"span": "spans", "relation": "relations", "article": "articles", "entity": "entities"}
_BODY = re.compile(r"\A---\r?\n.*?^---\r?\n", re.DOTALL | re.MULTILINE)


class Source(NamedTuple):
    """A place in a file."""

    path: Path
    line: int | None
    """Counted from 1; None where the file is no text."""


class Sources:
    """The sources of a folder of tables: those of the checkout it lies in, if it does."""

    def __init__(self, folder: Path) -> None:
        self._folder = whole = folder.absolute()
        lies_in = whole.name == TABLES and whole.parent.name == "corpus"
        self._root = whole.parent.parent if lies_in else None
        self._texts: dict[Path, str] = {}

    def of(self, place: Place) -> Source:
        """The annotation of a span or relation, the text or record of an article, the line of
        an entity; where there is none, the Parquet file."""
        if self._folder.is_file():
            return Source(self._folder, self._document(place))
        found = None
        if place.kind == "span":
            found = self._region(place) or self._article(place.article, place.line)
        elif place.kind == "relation":
            found = self._relation(place)
        elif place.kind == "article":
            found = self._article(place.id, None)
        else:
            found = self._entity(place.id)
        table = self._folder / _TABLES[place.kind]
        if self._folder.is_dir() and not table.is_dir():
            return found or Source(self._folder, None)
        return found or Source(table if place.split is None else table / f"{place.split}.parquet",
                               None)  # fmt: skip

    def _document(self, place: Place) -> int | None:
        """The line of a document in JSON Lines; None in an export, which may be one line."""
        if self._folder.suffix == ".json":
            return None
        text = self._text(self._folder)
        match = re.search(_member("id", place.article or place.id), text)
        return text.count("\n", 0, match.start()) + 1 if match else None

    def _region(self, place: Place) -> Source | None:
        # A fragment that is not the first is a region of its own, but beside the first.
        return self._annotated(place.article, [_member("id", region_of(place.id))])

    def _relation(self, place: Place) -> Source | None:
        """The line where it begins, which names its head; else that of the head itself."""
        article, _, rest = place.id.partition("/")
        head, _, tail = (rest.rpartition("/")[2]).partition(f".{place.layer}.")
        joined = _member("from_id", head) + r",\s*" + _member("to_id", tail)
        return self._annotated(article, [joined, _member("id", head)])

    def _annotated(self, article: str | None, patterns: list[str]) -> Source | None:
        path = self._annotations.get(article or "")
        text = self._text(path)
        for pattern in patterns:
            match = re.search(pattern, text) if text else None
            if path is not None and text and match:
                return Source(path, text.count("\n", 0, match.start()) + 1)
        return None

    def _article(self, key: str | None, line: int | None) -> Source | None:
        """The file of an article, at a line of its text or at its beginning."""
        path = self._articles.get(key or "")
        if path is None:
            return None
        head = _BODY.match(self._text(path)) if line is not None and path.suffix == ".md" else None
        return Source(path, 1 if head is None or line is None else head[0].count("\n") + line + 1)

    def _entity(self, key: str) -> Source | None:
        path = self._root / "annotations" / "entities.yaml" if self._root else None
        text = self._text(path)
        match = re.search(rf"""^(["']?){re.escape(key)}\1\s*:""", text, re.MULTILINE)
        if path is None or match is None:
            return None
        return Source(path, text.count("\n", 0, match.start()) + 1)

    def _text(self, path: Path | None) -> str:
        """The text of a file; "" where it cannot be read."""
        if path is None or not path.is_file():
            return ""
        if path not in self._texts:
            try:
                self._texts[path] = read_text(path)
            except NewspanError:
                self._texts[path] = ""
        return self._texts[path]

    @cached_property
    def _annotations(self) -> dict[str, Path]:
        folder = self._root / "annotations" / "adjudicated" if self._root else None
        return {p.stem: p for p in folder.glob("*.json")} if folder else {}

    @cached_property
    def _articles(self) -> dict[str, Path]:
        return {p.stem: p for p in source_files(self._root / "corpus")} if self._root else {}


def _member(name: str, value: str) -> str:
    """A pattern for a member of a JSON object, its value in ASCII or not."""
    spelt = {json.dumps(value), json.dumps(value, ensure_ascii=False)}
    return rf'"{name}"\s*:\s*(?:{"|".join(map(re.escape, sorted(spelt)))})'

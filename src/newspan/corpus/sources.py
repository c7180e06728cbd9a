"""The sources of a corpus: texts with front matter, stand-off records, entities, splits."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Iterator, Mapping
from datetime import UTC
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from newspan.errors import DocumentError, Fault, TextError
from newspan.files import read_json, read_text
from newspan.plain_yaml import parse_yaml
from newspan.schema.model import SPLITS, Article, Entity
from newspan.text import (
    NORMALIZATION,
    fingerprint,
    normalize,
    paragraph_fingerprints,
)

__all__ = ["read_article", "read_entities", "read_splits", "source_files", "text_source"]

R = TypeVar("R", Article, Entity)

STANDOFF_ORIGINS = ("wikinews", "press")
"""Origins whose texts belong to others and are held as records without words."""

CANARY = "newspan-canary-8f3c1d52-6a0e-4c8b-9f57-2f1b7e0a94d3"
"""Marks every invented text. Data that hold this string hold newspan."""

_FRONT_MATTER = re.compile(r"\A---\n(.*?)^---\n(.*)\Z", re.DOTALL | re.MULTILINE)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_MARKUP = re.compile(r"</?[A-Za-z!][^<>]*>|&(?:[a-z]+|#\d+);")
_DERIVED = ("text", "text_sha256", "paragraph_sha256", "n_chars", "normalization", "canary")


def source_files(root: Path) -> Iterator[Path]:
    """Every article source of a corpus folder, texts first, in a fixed order."""
    yield from sorted((root / "texts").glob("**/*.md"))
    yield from sorted((root / "standoff").glob("**/*.json"))


def read_article(path: Path) -> Article:
    """The article of a source file: a text with front matter (.md) or a stand-off record."""
    return _read_standoff(path) if path.suffix == ".json" else _read_text_source(path)


def _read_text_source(path: Path) -> Article:
    content = read_text(path).replace("\r\n", "\n")
    match = _FRONT_MATTER.match(content)
    if match is None:
        raise DocumentError(
            Fault(
                "has no front matter.",
                "Begin the file with a line `---`, then `key: value` lines, then `---`.",
                path,
                line=1,
            )
        )
    meta = parse_yaml(match[1], path, first_line=2)
    if not isinstance(meta, dict):
        raise DocumentError(Fault("front matter is no mapping.", "Use `key: value`.", path, line=2))
    if given := [name for name in _DERIVED if name in meta]:
        raise DocumentError(
            Fault(f"front matter states {', '.join(given)}.", "Leave out what is derived.", path)
        )
    if meta.get("origin") in STANDOFF_ORIGINS:
        raise DocumentError(
            Fault(
                f"holds the words of a text of origin {meta['origin']}, which are their owner's.",
                "Make a record without words of it: `newspan ingest --standoff`.",
                path,
                str(meta.get("id")),
            )
        )
    if faults := tuple(heading_faults(meta, path)):
        raise DocumentError(*faults)
    body = match[2].removesuffix("\n")
    try:
        text = normalize(body)
    except TextError as error:
        raise TextError(*(dataclasses.replace(f, path=path) for f in error.faults)) from error
    if text != body:
        at = next(
            (i for i, (a, b) in enumerate(zip(text, body, strict=False)) if a != b), len(text)
        )
        line = match[1].count("\n") + 3 + body.count("\n", 0, at)
        raise DocumentError(
            Fault(
                f"the text is not normalised (first at character {at}: {body[at : at + 12]!r}).",
                "Run it through `newspan ingest`, which normalises it.",
                path,
                line=line,
            )
        )
    return with_text(meta, text, path)


def heading_faults(meta: Mapping[str, Any], path: Path | None = None) -> Iterator[Fault]:
    """HTML and control characters in title, publisher and byline: they are plain text."""
    for name in ("title", "publisher", "byline"):
        given = meta.get(name)
        for value in given if isinstance(given, list | tuple) else [given]:
            if not isinstance(value, str):
                continue
            if match := _MARKUP.search(value):
                message = f"its {name} has HTML ({match[0]!r})."
                yield Fault(message, "Write it as plain text.", path)
            if match := _CONTROL.search(value):
                message = f"its {name} has the control character {match[0]!r}."
                yield Fault(message, "Take it out.", path)


def with_text(meta: dict[str, Any], text: str, path: Path | None = None) -> Article:
    """The article that metadata and a normalised text make; what is derived is computed."""
    record = {
        **meta,
        "text": text,
        "text_sha256": fingerprint(text),
        "paragraph_sha256": paragraph_fingerprints(text),
        "n_chars": len(text),
        "normalization": NORMALIZATION,
        "canary": CANARY if meta.get("origin") == "invented" else None,
    }
    article = _convert(record, Article, path, str(meta.get("id")))
    try:
        article.published.astimezone(UTC)
    except OverflowError as error:
        raise DocumentError(
            Fault(
                f"published is {article.published}, which is no time in UTC.",
                "Correct it.",
                path,
                article.id,
            )
        ) from error
    return article


def _read_standoff(path: Path) -> Article:
    article = _convert(read_json(path), Article, path, None)
    if article.text is not None or article.title is not None:
        raise DocumentError(
            Fault(
                "a stand-off record holds a text or title.",
                "Run `newspan dehydrate`.",
                path,
                article.id,
            )
        )
    return article


def read_entities(path: Path) -> dict[str, Entity]:
    """Key to entity, in the order of the keys. A key written twice is an error."""
    found = parse_unique(read_text(path), path)
    faults = [
        Fault(f"entity {key!r} is no mapping.", "Use key: {kind: …}.", path)
        for key, record in found.items()
        if not isinstance(record, dict)
    ]
    if faults:
        raise DocumentError(*faults)
    return {key: _entity(key, found[key], path) for key in sorted(found)}


def _entity(key: str, record: dict[str, Any], path: Path) -> Entity:
    try:
        return msgspec.convert({"id": key, **record}, Entity)
    except msgspec.ValidationError as error:
        raise DocumentError(
            Fault(f"entity {key!r}: {error}.", "See the data dictionary in DATASHEET.md.", path)
        ) from error


def parse_unique(text: str, path: Path) -> dict[str, Any]:
    """A YAML mapping; keys that repeat are refused by the parser."""
    value = parse_yaml(text, path)
    if not isinstance(value, dict):
        raise DocumentError(Fault("is no mapping.", "Use `key: {…}` lines.", path))
    return value


def read_splits(path: Path) -> dict[str, str]:
    """Story to split, from the append-only table of splits."""
    rows = list(csv.DictReader(io.StringIO(read_text(path))))
    found: dict[str, str] = {}
    for number, row in enumerate(rows, start=2):
        story, split = row.get("story"), row.get("split")
        sound = story and re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", story)
        if not story or not sound or split not in SPLITS:
            raise DocumentError(
                Fault(f"row {row} is no story,split.", "Splits: train, validation, test.", path,
                      line=number)
            )  # fmt: skip
        if story in found:
            raise DocumentError(
                Fault(f"story {story!r} is there twice.", "A story never moves.", path, line=number)
            )
        found[story] = split
    return found


def text_source(article: Article) -> str:
    """The source file of a written article: front matter and text."""
    meta = {
        key: value
        for key, value in msgspec.to_builtins(article, builtin_types=(bytes,)).items()
        if key not in _DERIVED and key != "split" and value not in (None, [], ())
    }
    front = yaml.safe_dump(meta, sort_keys=False, allow_unicode=True, width=1000)
    return f"---\n{front}---\n{article.text}\n"


def _convert(value: Any, record: type[R], path: Path | None, article_id: str | None) -> R:
    try:
        return msgspec.convert(value, record)
    except msgspec.ValidationError as error:
        raise DocumentError(
            Fault(f"{error}.", "See the data dictionary in DATASHEET.md.", path, article_id)
        ) from error

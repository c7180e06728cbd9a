"""What both of GUM's formats give: the text of a report and its metadata.

The text is that which `newspan hydrate --carrier gum` proves: the paragraphs as GUM parts
them, without the headline and the line of the date, each sentence a space after the one
before. So offsets of either format hold in it, and in the corpus's own stand-off documents
of GUM's texts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec

from newspan.errors import DocumentError, Fault
from newspan.formats.bare import bare_article
from newspan.formats.slugs import slug
from newspan.schema.model import Article, Carrier

__all__ = ["Layout", "Sentence", "article_of", "laid_out", "refuse_clash"]

COLLECTION = "GUM"

WIKINEWS = "en.wikinews.org"
FREE_SINCE = date(2005, 9, 25)
"""From this day on reports of English Wikinews are under CC BY 2.5 (NOTICE)."""

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DATE_LINE = re.compile(rf"(?:[A-Z][a-z]+day, )?{_MONTH} \d{{1,2}}, \d{{4}}")
"""A paragraph that is nothing but the day of the report; metadata, as a headline is."""

Place = tuple[int, int]
"""Half-open, in code points."""


class Sentence(NamedTuple):
    """A sentence as it is written."""

    text: str
    places: Sequence[Place]
    """Where each of its words stands in `text`."""
    block: str | None
    """What begins with it: "head", "p", "figure …"; None where the paragraph goes on."""


class Layout(NamedTuple):
    """The text of a report, and where its words are."""

    text: str
    places: Sequence[Place | None]
    """Of each word of all sentences, in order; None of the headline and the line of the date."""


def laid_out(sentences: Sequence[Sentence]) -> Layout:
    """The text of the report's sentences, and the place of each word in it."""
    blocks: list[list[Sentence]] = []
    for sentence in sentences:
        if sentence.block is not None or not blocks:
            blocks.append([])
        blocks[-1].append(sentence)
    left_out = 0
    if blocks and (blocks[0][0].block or "").startswith("head"):
        left_out = 1
    if len(blocks) > left_out:
        left_out += bool(DATE_LINE.fullmatch(" ".join(s.text for s in blocks[left_out])))
    parts: list[str] = []
    places: list[Place | None] = []
    at = 0
    for number, block in enumerate(blocks):
        for sentence in block:
            if number < left_out:
                places += [None] * len(sentence.places)
                continue
            joint = "" if not parts else " " if sentence is not block[0] else "\n\n"
            at += len(joint)
            places += [(at + start, at + end) for start, end in sentence.places]
            parts += [joint, sentence.text]
            at += len(sentence.text)
    return Layout("".join(parts), places)


def article_of(record: str, meta: Mapping[str, str], text: str) -> Article:
    """The article of GUM's document `record`, with what its metadata say.

    `meta` is in GUM's terms: title, dateCreated, sourceURL, license. The id is the record's in
    lower case, all but letters and digits as hyphens. Raises DocumentError where that is no id.
    """
    name = slug(record)
    article = bare_article(name, text)
    day = _day(meta.get("dateCreated", ""))
    known: dict[str, Any] = {
        "title": meta.get("title", "").strip() or None,
        "carrier": Carrier(collection=COLLECTION, record=record),
    }
    if day is not None:
        known["published"] = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if _host(meta.get("sourceURL", "")) == WIKINEWS:
        known |= {"origin": "wikinews", "publisher": "Wikinews"}
        if day is not None and day >= FREE_SINCE:
            known["license"] = "CC-BY-2.5"
    if stated := meta.get("license", "").strip():
        known["license"] = stated
    return msgspec.structs.replace(article, **known)


def _day(stated: str) -> date | None:
    """The day of an ISO date; None for a month or a year alone, which is no day."""
    try:
        return date.fromisoformat(stated.strip())
    except ValueError:
        return None


def _host(address: str) -> str | None:
    try:
        return urlsplit(address.strip()).hostname
    except ValueError:
        return None


def refuse_clash(record: str, article: Article, seen: dict[str, str]) -> None:
    """Add article and record to those `seen`. Raises DocumentError where the id is taken."""
    if article.id in seen:
        raise DocumentError(
            Fault(f"documents {seen[article.id]!r} and {record!r} have the same id here.",
                  "Convert them one by one.", article_id=article.id)
        )  # fmt: skip
    seen[article.id] = record

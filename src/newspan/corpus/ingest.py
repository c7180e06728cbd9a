"""Texts that people have, made articles: normalised, with metadata, under an id of their own.

Nothing is written unless every text is faultless; a text that is there already, word for
word and with the same metadata, is left alone, so that running it again does nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from newspan.corpus.bylines import strip_surroundings
from newspan.corpus.carriers import COLLECTIONS
from newspan.corpus.drafts import Draft, carried_drafts, read_drafts
from newspan.corpus.hydrate import refuse_published
from newspan.corpus.shelf import Shelf
from newspan.corpus.sources import (
    STANDOFF_ORIGINS,
    heading_faults,
    read_article,
    text_source,
    with_text,
)
from newspan.corpus.standoff import record_json
from newspan.errors import DocumentError, Fault, NewspanError
from newspan.files import write_atomically
from newspan.schema.model import Article, Carrier
from newspan.text import fingerprint, normalize

__all__ = ["Carriage", "ingest"]

PREFIXES = {"invented": "inv", "retold": "ret", "wikinews": "wn", "press": "press"}
"""Origin to what ids begin with, where nothing else is asked for."""

_KEY = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
_TEXT_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|em|strong|b|i|h[1-6]|ul|li|img|script)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_SPELLS_OUT = re.compile(r"(?:[A-Za-z]{2,}[\W_]+){2,}[A-Za-z]{2,}")


class Carriage(NamedTuple):
    """That texts are stand-off: where the owner's words are, and where ours may read them."""

    hydrated: Path
    """Private folder for the words: `<id>.txt`."""
    carrier: str = "text"
    """A key of `carriers.COLLECTIONS`."""
    version: str | None = None
    """Version of the carrier's collection."""
    records: tuple[str, ...] = ()
    """Which records to take of a carrier other than "text"."""


def ingest(
    paths: Sequence[Path],
    folder: Path,
    *,
    license: str | None,
    story: str | None,
    publisher: str | None = None,
    origin: str = "press",
    language: str | None = None,
    published: str | None = None,
    author_kind: str = "human",
    prefix: str | None = None,
    standoff: Carriage | None = None,
) -> list[Path]:
    """Write the articles of text, HTML and JSONL files; the file of each, in their order.

    Texts go to `<folder>/<story>/<id>.md`; with `standoff`, records without words go to
    `<folder>/<origin>/<id>.json` and the words to `standoff.hydrated`. What a text's front
    matter or record says goes before these options, and they go before what is read off the
    text: a leading line of date and byline, a closing credit, a page's metadata. `published`
    is a day or a time with its zone. Ids are those of the records, or `prefix` and the next
    number. Raises DocumentError with the faults of all texts; then nothing is written.
    """
    if standoff is not None:
        _refuse_public(paths, folder, standoff.hydrated)
    options = {
        "license": license, "story": story, "publisher": publisher, "origin": origin,
        "language": language or None, "published": published, "author_kind": author_kind,
    }  # fmt: skip
    shelf = Shelf(folder, prefix or PREFIXES.get(origin, "text"))
    files: dict[Path, bytes] = {}
    targets: list[Path] = []
    faults: list[Fault] = []
    for draft in _drafts(paths, standoff, faults):
        try:
            article = _article(draft, options, shelf, standoff)
            if article.origin in STANDOFF_ORIGINS and standoff is None:
                raise DocumentError(
                    Fault(
                        f"texts of origin {article.origin} belong to their owners.",
                        "Add --standoff for a record without words, or say another --origin.",
                    )
                )
            target, new = shelf.place(article, standoff is not None)
        except NewspanError as error:
            faults += [_placed(f, draft) for f in error.faults]
            continue
        targets.append(target)
        if new:
            files |= _files(article, target, standoff)
    if faults:
        raise DocumentError(*faults)
    _write(files)
    return targets


def _drafts(
    paths: Sequence[Path], standoff: Carriage | None, faults: list[Fault]
) -> Iterator[Draft]:
    for path in paths:
        try:
            if standoff is not None and standoff.carrier != "text":
                yield from carried_drafts(standoff.carrier, path, standoff.records)
            else:
                yield from read_drafts(path, faults)
        except NewspanError as error:
            faults += error.faults


def _article(
    draft: Draft, options: Mapping[str, Any], shelf: Shelf, standoff: Carriage | None
) -> Article:
    """The article a draft makes, with its id; the derived fields are computed."""
    text, around = strip_surroundings(normalize(draft.text))
    if not text:
        raise DocumentError(Fault("has no text.", "Put the text in, or remove it."))
    read_off = {
        "language": "en",
        "published": around.published,
        "publisher": around.publisher,
        "byline": around.byline or None,
        **draft.found,
    }
    meta: dict[str, Any] = {}
    for source in (read_off, options, draft.own):
        meta |= {key: value for key, value in source.items() if value is not None}
    if "byline" in meta and around.byline:
        meta["byline"] = tuple(dict.fromkeys([*meta["byline"], *around.byline]))
    meta |= _published(meta.get("published"), meta.get("published_precision"))
    faults = [*_missing(meta), *_malformed(meta), *_marked_up(meta, text)]
    if faults:
        raise DocumentError(*faults)
    if isinstance(meta.get("title"), str):
        meta["title"] = " ".join(normalize(meta["title"]).split())
    if standoff is not None:
        meta |= {"title": None, "carrier": _carrier(draft, standoff, text)}
    if "id" not in meta:
        meta["id"] = shelf.id_for(text)
    return with_text(meta, text)


def _published(value: Any, precision: Any) -> dict[str, Any]:
    """`published` and `published_precision` of a day, a time, or either in ISO form."""
    if value is None:
        return {}
    moment = value
    if isinstance(value, str):
        try:
            moment = (date if len(value) == 10 else datetime).fromisoformat(value)
        except ValueError as error:
            raise DocumentError(
                Fault(f"published is {value!r}.", "Write 2025-04-24 or 2025-04-24T10:00Z.")
            ) from error
    if isinstance(moment, datetime):
        if moment.tzinfo is None:
            raise DocumentError(
                Fault(f"published, {value}, has no time zone.", "Add Z or an offset: +02:00.")
            )
        return {"published": moment.astimezone(UTC), "published_precision": precision or "minute"}
    if not isinstance(moment, date):
        raise DocumentError(Fault(f"published is {value!r}.", "Write a day: 2025-04-24."))
    midnight = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    return {"published": midnight, "published_precision": "day"}


def _missing(meta: Mapping[str, Any]) -> Iterator[Fault]:
    for name in ("license", "story", "published"):
        if name not in meta:
            yield Fault(f"has no {name}.", f"Give --{name}, or put it into the text's metadata.")


def _malformed(meta: Mapping[str, Any]) -> Iterator[Fault]:
    """Faults of the keys that become names of files."""
    for name, longest in (("id", 64), ("story", 80)):
        value = meta.get(name)
        if value is None:
            continue
        if not isinstance(value, str) or len(value) > longest or not _KEY.fullmatch(value):
            yield Fault(
                f"its {name} is {value!r}.",
                f"Use lower-case letters, digits and single hyphens, at most {longest}"
                + (", or leave it out to be numbered." if name == "id" else "."),
            )


def _marked_up(meta: Mapping[str, Any], text: str) -> Iterator[Fault]:
    yield from heading_faults(meta)
    if match := _TEXT_MARKUP.search(text):
        yield Fault(
            f"the text has HTML ({match[0]!r} at character {match.start()}).",
            "Give the page as .html, or take the tags out.",
        )


def _carrier(draft: Draft, standoff: Carriage, text: str) -> Carrier:
    record = draft.record
    if standoff.carrier == "text" and _SPELLS_OUT.search(record):
        # A file name often spells the headline, and that is the owner's.
        record = fingerprint(text)[:16]
    return Carrier(
        collection=COLLECTIONS[standoff.carrier], version=standoff.version, record=record
    )


def _files(article: Article, target: Path, standoff: Carriage | None) -> dict[Path, bytes]:
    if standoff is None:
        return {target: text_source(article).encode()}
    words = standoff.hydrated / f"{article.id}.txt"
    return {words: (article.text or "").encode(), target: record_json(article)}


def _write(files: Mapping[Path, bytes]) -> None:
    """Write all files or none: what was written before a failure is taken back."""
    written: list[Path] = []
    try:
        for path, data in files.items():
            if path.exists():
                if path.read_bytes() == data:
                    continue
                raise NewspanError(Fault("is there already.", "Move it away first.", path))
            write_atomically(path, data)
            written.append(path)
        for path in written:
            if path.suffix in (".md", ".json"):
                read_article(path)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def _refuse_public(paths: Sequence[Path], folder: Path, hydrated: Path) -> None:
    """Words of owners stay out of the folder's corpus."""
    place = folder.resolve()
    root = next((p.parent for p in [place, *place.parents] if p.name == "corpus"), place)
    for path in paths:
        refuse_published(root, path, hydrated)


def _placed(fault: Fault, draft: Draft) -> Fault:
    """The fault with the file and line of its draft."""
    article_id = fault.article_id if fault.article_id != "None" else None
    return Fault(
        fault.message, fault.remedy, fault.path or draft.path, article_id, fault.span_id,
        fault.line if fault.line is not None and draft.line is None else draft.line,
    )  # fmt: skip

"""Putting owners' texts under stand-off annotation, proving that they fit.

Words go to a folder that is not published, never into the corpus: `<article>.txt` is the
annotated text (its SHA-256 is the recorded one), `<article>.json` the adjudicated annotation
as a Label Studio task that can be read alone. Of a copy that differs, `<article>.near.*`
hold the copy and the spans that could be re-attached.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from newspan.corpus.alignment import Alignment, Difference, align, count_known
from newspan.corpus.carriers import COLLECTIONS, CarriedText, read_carrier
from newspan.corpus.reattach import reattach
from newspan.corpus.sources import read_article, source_files
from newspan.corpus.standoff import hydrate_task
from newspan.errors import DocumentError, Fault, NewspanError
from newspan.files import read_bytes, read_json, read_text, write_atomically
from newspan.formats.label_studio import decode, encode, tasks_of
from newspan.schema.invariants import check
from newspan.schema.model import Article, Document
from newspan.text import fingerprint, normalize

__all__ = ["HydrationReport", "Outcome", "hydrate", "hydrated_article"]

PRIVATE = ("hydrated",)
"""Folders of a data root that git ignores and that no artefact is made from."""

Status = Literal["exact", "restored", "near", "differs", "missing"]


class Outcome(NamedTuple):
    """What became of one stand-off article."""

    article_id: str
    status: Status
    """exact, restored, near, differs: as `Alignment.status`; missing: no text of it there."""
    source: Path | None
    """The owner's file the text was found in."""
    written: tuple[Path, ...]
    """Text, then task, as far as they were written."""
    spans: int
    """Spans attached and proved."""
    differences: tuple[Difference, ...]
    """Where the owner's copy departs from the annotated text."""
    left_out: tuple[int, ...]
    """Paragraphs of the copy, from 1, that are no part of the report (byline, credit)."""
    faults: tuple[Fault, ...]
    """What could not be attached, by article and span, and what to do."""

    def __str__(self) -> str:
        lines = [f"{self.article_id}: {_MEANING[self.status]}"]
        if self.written:
            places = ", ".join(str(p) for p in self.written)
            lines[0] += f"; {self.spans} spans attached; {places}"
        lines += [f"  {d}" for d in self.differences]
        lines += [f"  {f}" for f in self.faults]
        return "\n".join(lines)


class HydrationReport(NamedTuple):
    """What became of every stand-off article of a carrier, by article id."""

    outcomes: tuple[Outcome, ...]

    @property
    def ok(self) -> bool:
        """Whether every article has its annotated text, and every span is attached."""
        return all(o.status in ("exact", "restored") and not o.faults for o in self.outcomes)

    def __str__(self) -> str:
        return "\n".join(map(str, self.outcomes))


_MEANING: dict[Status, str] = {
    "exact": "the annotated text",
    "restored": "the copy differs a little; the annotated text was recovered from it",
    "near": "the copy differs; spans of its matching paragraphs are re-attached",
    "differs": "the copy is another text",
    "missing": "no text of it there",
}


def hydrate(
    root: Path, carrier: str, source: Path, out: Path, *, overwrite: bool = False
) -> HydrationReport:
    """Find the owner's text of every stand-off article of `carrier` and attach its spans.

    `root` is the data root (with `corpus/` and `annotations/`), `carrier` a key of
    COLLECTIONS, `source` the owner's file or folder, `out` a private folder. An article
    that fails keeps no other from being written. Raises NewspanError where `out` is in a
    published place, `source` cannot be read, or a file in `out` differs from what would be
    written and `overwrite` is not set.
    """
    refuse_published(root, source, out)
    carried = read_carrier(carrier, source)
    articles = _records(root, COLLECTIONS[carrier])
    if not articles:
        raise NewspanError(
            Fault(f"has no stand-off record of carrier {carrier}.", "Try another.", root / "corpus")
        )
    planned = [_plan(root, article, carried, out) for article in articles]
    if not overwrite:
        _refuse_edited([pair for _, files in planned for pair in files])
    for _, files in planned:
        for path, data in files:
            write_atomically(path, data)
    return HydrationReport(tuple(outcome for outcome, _ in planned))


def hydrated_article(article: Article, folder: Path) -> Article:
    """The article with its text, if `folder` has it and it is the annotated one.

    Otherwise, and if the article has a text already, the article as it is.
    """
    path = folder / f"{article.id}.txt"
    if article.text is not None or not path.is_file():
        return article
    text = normalize(read_text(path))
    if fingerprint(text) != article.text_sha256:
        return article
    return msgspec.structs.replace(article, text=text)


def refuse_published(root: Path, source: Path, out: Path) -> None:
    """Raise NewspanError where words would land in a published place or on the source."""
    place, base, origin = out.resolve(), root.resolve(), source.resolve()
    inside = place.relative_to(base).parts if place.is_relative_to(base) else None
    if inside is not None and (not inside or inside[0] not in PRIVATE):
        raise NewspanError(
            Fault(
                "is a published place; the texts are their owners'.",
                f"Use {base / PRIVATE[0]}, which git ignores, or a folder elsewhere.",
                out,
            )
        )
    if place == origin or (origin.is_file() and place == origin.parent):
        raise NewspanError(
            Fault("holds the owner's files.", "Name another folder to write to.", out)
        )
    if out.exists() and not out.is_dir():
        raise NewspanError(Fault("is no folder.", "Name a folder to write to.", out))


def _records(root: Path, collection: str) -> list[Article]:
    paths = [p for p in source_files(root / "corpus") if p.suffix == ".json"]
    found = [read_article(path) for path in paths]
    mine = [a for a in found if a.carrier is not None and a.carrier.collection == collection]
    return sorted(mine, key=lambda a: a.id)


def _plan(
    root: Path, article: Article, carried: Sequence[CarriedText], out: Path
) -> tuple[Outcome, list[tuple[Path, bytes]]]:
    """What one article comes to, and the files to write for it."""
    best = _best(article, carried)
    if best is None:
        fault = Fault(
            f"the carrier has no record {article.carrier and article.carrier.record!r} "
            "and no text with its paragraphs.",
            "Check the carrier's version, or name another file.",
            article_id=article.id,
        )
        return Outcome(article.id, "missing", None, (), 0, (), (), (fault,)), []
    source, found = best
    files: list[tuple[Path, bytes]] = []
    spans, faults = 0, []
    if found.text is None:
        faults.append(_other_text(article, found, source))
    else:
        stem = article.id + (".near" if found.status == "near" else "")
        files.append((out / f"{stem}.txt", found.text.encode()))
        annotation = root / "annotations" / "adjudicated" / f"{article.id}.json"
        if annotation.is_file():
            task, spans, more = _task(annotation, article, found)
            faults += more
            if task is not None:
                files.append((out / f"{stem}.json", task))
    outcome = Outcome(
        article.id, found.status, source, tuple(path for path, _ in files), spans,
        found.differences, found.left_out, tuple(faults),
    )  # fmt: skip
    return outcome, files


def _best(article: Article, carried: Sequence[CarriedText]) -> tuple[Path, Alignment] | None:
    """The copy with most of the record's paragraphs; of equals the one with its record id."""
    record = article.carrier.record if article.carrier is not None else None
    ranked = [
        (count_known(article, reading), text.record == record, -number, -way, text, reading)
        for number, text in enumerate(carried)
        for way, reading in enumerate(text.readings)
    ]
    known, named, *_, text, reading = max(ranked, key=lambda r: r[:4])
    return (text.path, align(article, reading)) if known or named else None


def _other_text(article: Article, found: Alignment, source: Path) -> Fault:
    return Fault(
        f"{found.known} of its {len(article.paragraph_sha256)} paragraphs are in the copy.",
        "Get the version that the record names; nothing was written.",
        source,
        article.id,
    )


def _task(
    path: Path, article: Article, found: Alignment
) -> tuple[bytes | None, int, tuple[Fault, ...]]:
    """The annotation with its words as a task, the spans proved, and what was not attached."""
    tasks = tasks_of(read_json(path), path)
    try:
        if found.status == "near":
            return _near_task(list(decode(tasks, {article.id: article}, path)), found)
        whole = msgspec.structs.replace(article, text=found.text)
        made = [hydrate_task(task, whole) for task in tasks]
        spans = sum(len(check(d, path).spans) for d in decode(made, {article.id: whole}, path))
    except DocumentError as error:
        return None, 0, error.faults
    return task_bytes(made[0] if len(made) == 1 else made), spans, ()


def _near_task(
    documents: Sequence[Document], found: Alignment
) -> tuple[bytes, int, tuple[Fault, ...]]:
    placed = [reattach(document, found) for document in documents]
    made = list(encode(check(document) for document, _ in placed))
    spans = sum(len(document.spans) for document, _ in placed)
    faults = tuple(fault for _, some in placed for fault in some)
    return task_bytes(made[0] if len(made) == 1 else made), spans, faults


def task_bytes(task: Any) -> bytes:
    """Label Studio JSON laid out as in `annotations/`."""
    return msgspec.json.format(msgspec.json.encode(task), indent=1) + b"\n"


def _refuse_edited(files: Sequence[tuple[Path, bytes]]) -> None:
    faults = [
        Fault(
            "is there already and differs from what would be written.",
            "It may hold work: run `newspan dehydrate` on it first, or overwrite it.",
            path,
        )
        for path, data in files
        if path.is_file() and read_bytes(path) != data
    ]
    if faults:
        raise NewspanError(*faults)

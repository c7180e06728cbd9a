"""From a marks file to the Label Studio JSON that is kept in `annotations/`."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

import msgspec

from newspan.corpus.sources import read_article, read_entities
from newspan.errors import DocumentError, Fault
from newspan.files import read_text, write_atomically
from newspan.formats.label_studio import encode
from newspan.formats.marks import Annotator, decode
from newspan.schema.model import Article, Document, Entity
from newspan.text import fingerprint, normalize

__all__ = ["compile_marks", "entity_faults", "task_json"]


def compile_marks(
    text: Path,
    marks: Path,
    out: Path,
    entities: Path | None,
    record: Path | None,
    annotator: tuple[str, str, str],
) -> Document:
    """Read a text and its marks, check them, and write one Label Studio task.

    Raises DocumentError with every fault of the marks, unknown entity keys included.
    """
    article = _article(text, record)
    document = decode(read_text(marks), article, Annotator(*annotator), marks)  # type: ignore[arg-type]
    if entities is not None:
        faults = entity_faults(document, read_entities(entities), marks)
        if faults:
            raise DocumentError(*faults)
    write_atomically(out, task_json(document))
    return document


def task_json(document: Document) -> bytes:
    """The document as one Label Studio task, laid out for reading and for diffs."""
    (task,) = encode([document], metadata=False)
    return msgspec.json.format(msgspec.json.encode(task), indent=1) + b"\n"


def entity_faults(
    document: Document, entities: Mapping[str, Entity], path: Path | None = None
) -> list[Fault]:
    """Entity keys that the table lacks, each with the nearest ones it has."""
    faults = []
    for span in document.spans:
        key = getattr(span, "entity", None)
        if key is not None and key not in entities:
            near = get_close_matches(key, entities, n=2, cutoff=0.6)
            remedy = f"Did you mean {' or '.join(near)}?" if near else "Add it to the table."
            faults.append(
                Fault(f"unknown entity {key!r}.", remedy, path, document.article.id, span.id)
            )
    return faults


def _article(text: Path, record: Path | None) -> Article:
    if text.suffix == ".md":
        return read_article(text)
    if record is None:
        raise DocumentError(
            Fault("is a bare text.", "Name its stand-off record with --record.", text)
        )
    article = read_article(record)
    words = normalize(read_text(text))
    if fingerprint(words) != article.text_sha256:
        raise DocumentError(
            Fault("is not the text of the record.", "Run `newspan hydrate`.", text, article.id)
        )
    return msgspec.structs.replace(article, text=words)

"""From a marks file to the Label Studio JSON that is kept in `annotations/`."""

from __future__ import annotations

from pathlib import Path

import msgspec

from newspan.corpus.collect import entity_faults
from newspan.corpus.sources import read_article, read_entities
from newspan.errors import DocumentError, Fault
from newspan.files import read_text, write_atomically
from newspan.formats.label_studio import encode
from newspan.formats.marks import Annotator, decode
from newspan.schema.model import Article, Document
from newspan.text import fingerprint, normalize

__all__ = ["compile_marks", "task_json"]


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
        faults = tuple(entity_faults(document, read_entities(entities), marks))
        if faults:
            raise DocumentError(*faults)
    write_atomically(out, task_json(document))
    return document


def task_json(document: Document) -> bytes:
    """The document as one Label Studio task, laid out for reading and for diffs."""
    (task,) = encode([document], metadata=False)
    return msgspec.json.format(msgspec.json.encode(task), indent=1) + b"\n"


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

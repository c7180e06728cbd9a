"""Where mentions and the table of entities are read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from newspan.corpus.find import with_words
from newspan.corpus.load import load
from newspan.corpus.sources import read_entities
from newspan.errors import Fault, NewspanError
from newspan.formats import read
from newspan.paths import data_root
from newspan.schema.model import Document, Entity

__all__ = ["annotated", "table_of"]


def annotated(source: Path | None, hydrated: Path | None) -> Iterator[Document]:
    """The annotated documents of a checkout, of tables or of a file; with words if hydrated."""
    tables = source is None or (source / "corpus").is_dir() or (source / "articles").is_dir()
    for document in load(source).documents() if tables else read(source or Path()):
        yield document if hydrated is None else with_words(document, hydrated)


def table_of(
    source: Path | None, entities: Path | None, *, needed: bool
) -> tuple[Mapping[str, Entity], Path]:
    """The table named, or that of the checkout, and where it is; an empty one where there is
    none and none is needed. Raises NewspanError otherwise."""
    root = data_root() if source is None else source
    path = entities or root / "annotations" / "entities.yaml"
    if not path.is_file():
        if entities is None and not needed:
            return {}, path
        raise NewspanError(
            Fault("there is no table of entities here.", "Name one with --entities.", path)
        )
    return read_entities(path), path

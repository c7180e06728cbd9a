"""The small corpus as a checkout: the sources that a build makes its tables of."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from newspan.corpus.sources import text_source
from newspan.corpus.standoff import record_json
from newspan.files import write_atomically
from newspan.formats.label_studio import encode
from newspan.schema.model import Document
from validation.small_documents import ENTITIES, small_documents


def write_checkout(root: Path) -> None:
    """Write texts, stand-off records, annotation, entities, splits and version."""
    documents = small_documents()
    for document in documents:
        write_atomically(root / "corpus" / _source_file(document), _source(document))
        (task,) = encode([document], metadata=False)
        path = root / "annotations" / "adjudicated" / f"{document.article.id}.json"
        write_atomically(path, json.dumps(task))
    write_atomically(root / "annotations" / "entities.yaml", yaml.safe_dump(ENTITIES))
    splits = {d.article.story: d.article.split for d in documents}
    rows = "".join(f"{story},{split}\n" for story, split in splits.items())
    write_atomically(root / "annotations" / "splits.csv", f"story,split\n{rows}")
    write_atomically(root / "corpus" / "VERSION", "0.0.1\n")


def _source_file(document: Document) -> str:
    article = document.article
    if article.text is None:
        return f"standoff/{article.origin}/{article.id}.json"
    return f"texts/{article.origin}/{article.story}/{article.id}.md"


def _source(document: Document) -> str | bytes:
    article = document.article
    return record_json(article) if article.text is None else text_source(article)

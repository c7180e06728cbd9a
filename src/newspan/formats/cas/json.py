"""UIMA CAS JSON 0.4: one file a document, which holds its type system.

A corpus is a zip archive of a `<article>.json` for each document; read are such archives,
folders of such files, and one file alone. Lossless but for articles without their text, which
have no offsets to convert. How a document is written: `formats.cas`. Format:
https://github.com/apache/uima-uimaj-io-jsoncas, version 0.4, as dkpro-cassis writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newspan.formats.cas.gate import cas_of_json
from newspan.formats.cas.read import Reader
from newspan.formats.cas.types import type_system
from newspan.formats.cas.write import cases
from newspan.formats.loss import LOSABLE
from newspan.formats.members import Member, article_name
from newspan.schema.model import Document

__all__ = ["HOLDS", "decode", "encode"]

HOLDS = frozenset(LOSABLE) - {"standoff"}


def encode(documents: Iterable[Document]) -> Iterator[Member]:
    """A .json for each document. Raises MissingExtra without dkpro-cassis."""
    for name, cas in cases(documents):
        yield f"{name}.json", (cas.to_json(pretty_print=False) or "").encode()


def decode(members: Iterable[Member]) -> Iterator[Document]:
    """The document of each file. Offsets become code points.

    Raises DocumentError with all faults of a document, MissingExtra without dkpro-cassis.
    """
    type_system()  # says at once what is missing
    reader = Reader()
    for path, data in members:
        name = article_name(path, (".json", ".cas", ".xmi", ".txt"))
        yield reader.document(cas_of_json(data, name), name)

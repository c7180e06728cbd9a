"""UIMA CAS XMI: one XMI file a document, and the type system, as INCEpTION exchanges them.

INCEpTION exports a zip archive of a document's XMI file and its TypeSystem.xml; it imports the
files out of such an archive. So a corpus is one archive of a `<article>.xmi` for each document
and one TypeSystem.xml for all. Read are such archives, folders of such files, and one .xmi
alone, with the usual types. XML 1.0 only: INCEpTION also has an XML 1.1 flavour, which no
common parser reads. Lossless but for articles without their text, which have no offsets to
convert. How a document is written: `formats.cas`. Format:
https://uima.apache.org/d/uimaj-current/references.html#ugr.ref.xmi
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from newspan.formats.cas.gate import cas_of_xmi, types_of_xml
from newspan.formats.cas.read import Reader
from newspan.formats.cas.types import type_system, type_system_xml, usual_types
from newspan.formats.cas.write import cases
from newspan.formats.loss import LOSABLE
from newspan.formats.members import Member, article_name
from newspan.schema.model import Document

if TYPE_CHECKING:
    from cassis import TypeSystem

__all__ = ["HOLDS", "decode", "encode"]

HOLDS = frozenset(LOSABLE) - {"standoff"}


def encode(documents: Iterable[Document]) -> Iterator[Member]:
    """TypeSystem.xml and an .xmi for each document. Raises MissingExtra without cassis."""
    yield "TypeSystem.xml", type_system_xml()
    for name, cas in cases(documents):
        yield f"{name}.xmi", (cas.to_xmi() or "").encode()


def decode(members: Iterable[Member]) -> Iterator[Document]:
    """The document of each .xmi, read with the last type system of its folder or above.

    A type system, which ends in .xml, comes before the documents that it is for. Offsets become
    code points. Raises DocumentError with all faults of a document, and MissingExtra without
    dkpro-cassis or defusedxml.
    """
    type_system()  # says at once what is missing
    types: dict[str, TypeSystem] = {}
    reader = Reader()
    for path, data in members:
        name, folder = article_name(path, (".xmi", ".txt")), PurePosixPath(path).parent
        if path.lower().endswith(".xml"):
            types[str(folder)] = types_of_xml(data, name)
            continue
        near = next((str(f) for f in (folder, *folder.parents) if str(f) in types), None)
        known = usual_types() if near is None else types[near]
        yield reader.document(cas_of_xmi(data, known, name), name)

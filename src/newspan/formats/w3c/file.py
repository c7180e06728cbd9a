"""The file of Web Annotations: a collection, and what else may hold some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from newspan.errors import DocumentError, Fault
from newspan.files import read_json, write_chunks
from newspan.formats.w3c.parts import types_of
from newspan.formats.w3c.terms import CONTEXT

__all__ = ["annotations_of", "collection", "read_annotations", "write_annotations"]

_MOST_PAGES = 1_000_000


def collection(annotations: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """An AnnotationCollection with one page (sections 5.1 and 5.2), an annotation a line."""
    yield (
        b'{"@context":' + msgspec.json.encode(CONTEXT) + b',\n"id":"urn:newspan:collection",'
        b'"type":"AnnotationCollection","label":"newspan",\n"first":{"id":"urn:newspan:page:1",'
        b'"type":"AnnotationPage","startIndex":0,"items":['
    )
    total = 0
    for annotation in annotations:
        yield (b",\n" if total else b"\n") + msgspec.json.encode(annotation)
        total += 1
    yield b'\n]},\n"total":' + str(total).encode() + b"}\n"


def annotations_of(value: Any, path: Path | None = None) -> Iterator[Any]:
    """The annotations of a collection, a page, a list of annotations, or one annotation.

    Raises DocumentError for something else, and where further pages are in other files:
    nothing is fetched.
    """
    if isinstance(value, dict) and isinstance(value.get("@graph"), list):
        value = value["@graph"]
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        for item in value:
            yield from _of_one(item, path)
    else:
        yield from _of_one(value, path)


def _of_one(value: Any, path: Path | None) -> Iterator[Any]:
    types = types_of(value)
    if "Annotation" in types:
        yield value
        return
    if "AnnotationCollection" in types and isinstance(value, dict):
        value = value.get("first", value)
    for _ in range(_MOST_PAGES):
        if not isinstance(value, dict) or not isinstance(value.get("items"), list):
            break
        yield from value["items"]
        if value.get("next") is None:
            return
        value = value["next"]
    raise DocumentError(
        Fault("holds no Web Annotations, or refers to pages elsewhere.",
              "Put an AnnotationCollection with its pages into one file; nothing is fetched.",
              path)
    )  # fmt: skip


def read_annotations(path: Path) -> Iterator[Any]:
    """The Web Annotations of a JSON-LD file."""
    return annotations_of(read_json(path), path)


def write_annotations(annotations: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Web Annotations as one AnnotationCollection, an annotation a line."""
    write_chunks(collection(annotations), path)

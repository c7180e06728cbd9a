"""A corpus as Croissant 1.1 (http://mlcommons.org/croissant/1.1): files, records, fields.

One record set a table, over all its splits; nested columns are fields with sub-fields, taken out
by JSON path. mlcroissant makes the JSON-LD, so that its context is the published one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from functools import partial
from typing import Any

import pyarrow as pa

from newspan.corpus.card import CONFIGS, table_schema
from newspan.corpus.layout import TABLES
from newspan.errors import Fault, MissingExtra
from newspan.release.citation import Author, Citation

__all__ = ["CROISSANT", "croissant", "library"]

CROISSANT = "croissant.json"
_VERSION = "http://mlcommons.org/croissant/1.1"
_PARQUET = "application/x-parquet"
_OF_ARTICLES = ("spans", "relations", "quotations", "claims", "places")
"""Tables whose rows name their article."""


def croissant(
    name: str, about: Citation, index: Mapping[str, Any], fields: Mapping[str, Any]
) -> dict[str, Any]:
    """The JSON-LD of a corpus.

    `about` is its citation, `index` that of its tables, `fields` are those of responsible AI.
    Raises MissingExtra without mlcroissant.
    """
    mlc = library()
    context = mlc.Context(conforms_to=_VERSION)
    made = {name: partial(getattr(mlc, name), ctx=context) for name in _NODES}
    tables = [t for t in CONFIGS if any(name.startswith(f"{t}/") for name in index["files"])]
    metadata = made["Metadata"](
        name=name,
        description=" ".join(about.abstract.split()),
        license=[_LICENSES.get(each, each) for each in about.licenses],
        url=about.url or about.repository_code,
        version=about.version,
        date_published=datetime.combine(about.date_released, time()),
        creators=[_creator(made, author) for author in about.authors],
        keywords=list(about.keywords),
        cite_as=_bibtex(name, about),
        distribution=list(_files(made, index, tables)),
        record_sets=[_records(mlc, made, table) for table in tables],
        **fields,
    )
    found: dict[str, Any] = metadata.to_json()
    return found


_NODES = (
    "Metadata", "Organization", "Person", "FileObject", "FileSet", "RecordSet", "Field", "Source",
    "Extract", "Transform",
)  # fmt: skip
_LICENSES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
}
"""What Croissant wants an address of; another licence stays its SPDX identifier."""


def library() -> Any:
    """mlcroissant. Raises MissingExtra where it is not installed."""
    try:
        import mlcroissant
    except ImportError as error:
        raise MissingExtra(
            Fault("a release needs mlcroissant.", "pip install 'newspan[publish]'")
        ) from error
    return mlcroissant


def _creator(made: Mapping[str, Any], author: Author) -> Any:
    kind = "Organization" if author.name else "Person"
    return made[kind](name=author.full_name)


def _bibtex(name: str, about: Citation) -> str:
    """A BibTeX entry, which is what Croissant asks for."""
    authors = " and ".join(f"{{{author.full_name}}}" for author in about.authors)
    return (
        f"@misc{{{name}, title={{{about.title}}}, author={{{authors}}}, "
        f"year={{{about.date_released.year}}}, version={{{about.version}}}}}"
    )


def _files(made: Mapping[str, Any], index: Mapping[str, Any], tables: list[str]) -> Iterator[Any]:
    """Each file with its digest, and the files of each table as one set."""
    for name, about in index["files"].items():
        yield made["FileObject"](
            id=name, name=name, content_url=f"corpus/{TABLES}/{name}",
            encoding_formats=[_PARQUET], sha256=about["sha256"],
        )  # fmt: skip
    for table in tables:
        yield made["FileSet"](
            id=f"{table}-files", name=f"{table}-files", encoding_formats=[_PARQUET],
            includes=[f"corpus/{TABLES}/{table}/*.parquet"],
            description=f"The table {table}, a file a split.",
        )  # fmt: skip


def _records(mlc: Any, made: Mapping[str, Any], table: str) -> Any:
    maker = _Fields(mlc, made, table)
    keys = {"articles", "spans", "relations", "entities", "documents"}
    return made["RecordSet"](
        id=table, name=table, description=f"Rows of the table {table}.",
        key=f"{table}/id" if table in keys else None,
        fields=[maker.field(column, column.name) for column in table_schema(table)],
    )  # fmt: skip


class _Fields:
    """The fields of one table, columns and what is nested in them."""

    def __init__(self, mlc: Any, made: Mapping[str, Any], table: str) -> None:
        self._types = mlc.DataType
        self._made = made
        self._table = table

    def field(self, column: pa.Field, top: str, path: str = "$", name: str = "") -> Any:
        """A column, or, with a path below it, what is nested there."""
        name = name or column.name
        kind = column.type
        repeated = pa.types.is_list(kind)
        if repeated:
            kind = kind.value_type
            path = f"{path}[*]"
        values: dict[str, Any] = {"id": f"{self._table}/{name}", "name": name}
        if description := (column.metadata or {}).get(b"description"):
            values["description"] = description.decode("utf-8")
        if pa.types.is_struct(kind):
            values["sub_fields"] = [
                self.field(inner, top, f"{path}.{inner.name}", f"{name}/{inner.name}")
                for inner in kind
            ]
            return self._made["Field"](**values)
        if repeated:
            values |= {"is_array": True, "array_shape": "-1"}
        if self._table in _OF_ARTICLES and name == "article_id":
            values["references"] = self._made["Source"](field="articles/id")
        return self._made["Field"](
            **values, data_types=[self._type(kind)], source=self._source(top, path, name)
        )

    def _source(self, top: str, path: str, name: str) -> Any:
        nested = name != top
        return self._made["Source"](
            file_set=f"{self._table}-files",
            extract=self._made["Extract"](column=top),
            transforms=[self._made["Transform"](json_path=path)] if nested else [],
        )

    def _type(self, kind: pa.DataType) -> Any:
        if pa.types.is_boolean(kind):
            return self._types.BOOL
        if pa.types.is_integer(kind):
            return self._types.INTEGER
        if pa.types.is_floating(kind):
            return self._types.FLOAT
        return self._types.DATETIME if pa.types.is_timestamp(kind) else self._types.TEXT

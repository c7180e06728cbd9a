"""The dataset card's front matter: configs, files and typed features, derived."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from newspan.corpus.derived import derived_schema, documents_table
from newspan.corpus.layout import CANONICAL, DERIVED, ENTITY_SPLIT, SPLITS, TABLES
from newspan.errors import Fault, NewspanError
from newspan.files import read_text, write_atomically
from newspan.schema.arrow import article_schema, entity_schema, relation_schema, span_schema
from newspan.schema.derived import DERIVED_ROWS
from newspan.schema.fields import attributes, fields_of
from newspan.schema.model import LAYERS, Article, Entity, Relation, Span
from newspan.schema.tables import tables

__all__ = ["CONFIGS", "features_yaml", "front_matter", "labels_of", "table_schema", "update_card"]

CONFIGS = ("documents", *(t for t in (*CANONICAL, *DERIVED) if t != "documents"))
"""Configs in the order of the card; the first is what `load_dataset` takes by default."""

_FRONT = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)


def update_card(root: Path, index: Mapping[str, Any], *, write: bool = True) -> bool:
    """Bring the front matter of README.md in line with the tables; True if it was not.

    Without a README.md there is no card and nothing to do.
    """
    path = root / "README.md"
    if not path.is_file() or not path.stat().st_size:
        return False
    old = read_text(path)
    body = _FRONT.sub("", old, count=1)
    kept = _own_keys(old, path)
    front = yaml.safe_dump(
        {**kept, **_front_matter(index)}, sort_keys=False, allow_unicode=True, width=100
    )
    new = f"---\n{front}---\n{body}"
    if new != old and write:
        write_atomically(path, new)
    return new != old


def front_matter(text: str, path: Path) -> dict[str, Any]:
    """The front matter of a card's text; empty where it has none. Raises NewspanError."""
    match = _FRONT.match(text)
    if match is None:
        return {}
    try:
        found = yaml.safe_load(match[0].removeprefix("---\n").removesuffix("---\n"))
    except yaml.YAMLError as error:
        raise NewspanError(
            Fault(f"front matter is not YAML: {error}.", "Mend it.", path)
        ) from error
    if not isinstance(found, dict | None):
        raise NewspanError(Fault("front matter is no mapping.", "Write `key: value`.", path))
    return found or {}


def _own_keys(text: str, path: Path) -> dict[str, Any]:
    """What is written by hand in the front matter: everything but the derived keys."""
    derived = ("configs", "dataset_info")
    return {k: v for k, v in front_matter(text, path).items() if k not in derived}


def _front_matter(index: Mapping[str, Any]) -> dict[str, Any]:
    configs, infos = [], []
    for table in CONFIGS:
        splits = (ENTITY_SPLIT,) if table == "entities" else SPLITS
        files = [
            {"split": split, "path": f"corpus/{TABLES}/{table}/{split}.parquet"}
            for split in splits
            if f"{table}/{split}.parquet" in index["files"]
        ]
        if files:
            # `datasets` keys its cache on this text alone: without version and digest it
            # would go on serving the rows of an older build.
            configs.append(
                {
                    "config_name": table,
                    **({"default": True} if table == CONFIGS[0] else {}),
                    "version": index["data_version"],
                    "description": f"sha256:{index['digest']}",
                    "data_files": files,
                }
            )
            infos.append({"config_name": table, "features": features_yaml(table)})
    return {"configs": configs, "dataset_info": infos}


def table_schema(table: str) -> pa.Schema:
    """The Arrow schema of any table of the corpus, by its name."""
    canonical = {
        "articles": article_schema,
        "spans": span_schema,
        "relations": relation_schema,
        "entities": entity_schema,
    }
    if table in canonical:
        return canonical[table]()
    if table == "documents":
        return documents_table(tables([])).schema
    return derived_schema(table)


def features_yaml(table: str) -> list[dict[str, Any]]:
    """The features of a config as the card states them; enumerations as class labels."""
    labels = labels_of(table)
    return [_feature(field, field.name, labels) for field in table_schema(table)]


def labels_of(table: str) -> dict[str, tuple[str, ...]]:
    """Path of a column to the labels it can hold."""
    spans = {**_enumerations(Span), "layer": tuple(LAYERS)}
    for layer in LAYERS:
        spans |= {f"{layer}.{f.name}": f.values for f in attributes(layer) if f.values}
    if table == "documents":
        return {
            **_enumerations(Article),
            **{f"spans.{path}": values for path, values in spans.items()},
            **{f"relations.{path}": v for path, v in _enumerations(Relation).items()},
        }
    if table == "spans":
        return spans
    records = {"articles": Article, "relations": Relation, "entities": Entity, **DERIVED_ROWS}
    return _enumerations(records[table])


def _enumerations(record: Any) -> dict[str, tuple[str, ...]]:
    return {f.name: f.values for f in fields_of(record) if f.values}


def _feature(field: pa.Field, path: str, labels: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    return {"name": field.name, **_dtype(field.type, path, labels)}


def _dtype(kind: pa.DataType, path: str, labels: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    if path in labels:
        names = {str(i): label for i, label in enumerate(labels[path])}
        return {"dtype": {"class_label": {"names": names}}}
    if pa.types.is_struct(kind):
        return {"struct": [_feature(f, f"{path}.{f.name}", labels) for f in kind]}
    if pa.types.is_list(kind):
        inner = _dtype(kind.value_type, path, labels)
        return {"list": inner.get("struct") or inner["dtype"]}
    return {"dtype": str(kind).replace("double", "float64")}

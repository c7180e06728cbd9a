"""Loading: the corpus as Arrow tables, as Documents, and as `datasets`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from newspan.corpus.build import entity_table
from newspan.corpus.card import CONFIGS, features_yaml, labels_of, table_schema
from newspan.corpus.labels import with_labels
from newspan.corpus.layout import CANONICAL, INDEX, table_files, tables_folder
from newspan.errors import DocumentError, Fault, NewspanError
from newspan.formats.parquet_files import read_schema, read_table
from newspan.paths import data_root
from newspan.schema.model import Document, Entity
from newspan.schema.tables import RELATION_ORDER, SPAN_ORDER, Tables, documents, tables
from newspan.schema.versions import refuse_unreadable, stated_version

__all__ = ["Corpus", "load", "load_dataset", "path"]


def path() -> Path:
    """The folder of the data: what `datasets.load_dataset(str(newspan.path()))` takes."""
    return data_root()


@dataclass(frozen=True)
class Corpus:
    """The canonical tables of a corpus, over all its splits.

    `articles`, `spans`, `relations` and `entities` are Arrow tables; the column `split` of
    `articles` says which split an article is of.
    """

    articles: pa.Table
    spans: pa.Table
    relations: pa.Table
    entities: pa.Table

    def documents(self) -> Iterator[Document]:
        """Every article with its spans and relations, in the order of the ids."""
        return documents(Tables(self.articles, self.spans, self.relations))

    @classmethod
    def from_documents(
        cls, found: Iterable[Document], entities: Mapping[str, Entity] | None = None
    ) -> Corpus:
        """The corpus that these documents and entities make; inverse of `documents`."""
        return cls(*tables(found), entity_table(entities or {}))


def load(folder: str | Path | None = None) -> Corpus:
    """The corpus of a checkout or of a folder of tables; without one, the one installed.

    Raises DocumentError for a file that is missing, broken or of another schema.
    """
    place = _folder(folder)
    found = {}
    for name in CANONICAL:
        parts = [_checked(name, file) for _, file in table_files(place, name)]
        found[name] = (
            pa.concat_tables(parts) if parts else table_schema(name).empty_table()
        )  # fmt: skip
    if not found["articles"].num_rows:
        raise DocumentError(
            Fault("holds no articles.", "Name a checkout or a folder of tables.", place)
        )
    return Corpus(
        found["articles"].sort_by("id"),
        found["spans"].sort_by(SPAN_ORDER),
        found["relations"].sort_by(RELATION_ORDER),
        found["entities"],
    )


def load_dataset(
    config: str = "documents", split: str | None = None, *, folder: str | Path | None = None
) -> Any:
    """A config as `datasets.DatasetDict`, or one of its splits as `datasets.Dataset`.

    The rows and features are those of `datasets.load_dataset`, read straight from Parquet:
    nothing is copied to a cache, and what is on disk now is what you get.
    """
    import datasets

    if config not in CONFIGS:
        raise NewspanError(Fault(f"no config {config!r}.", f"There are: {', '.join(CONFIGS)}."))
    place = _folder(folder)
    features = datasets.Features._from_yaml_list(features_yaml(config))
    labels = labels_of(config)
    made = datasets.DatasetDict()
    for name, file in table_files(place, config):
        if split is None or split == name:
            table = with_labels(_checked(config, file, list(labels)), labels)
            made[name] = datasets.Dataset(
                datasets.table.InMemoryTable(table.cast(features.arrow_schema)),
                info=datasets.DatasetInfo(features=features),
                split=datasets.NamedSplit(name),
                fingerprint=_fingerprint(place, config, name, file),
            )
    if split is not None and split not in made:
        have = ", ".join(name for name, _ in table_files(place, config)) or "none"
        raise NewspanError(Fault(f"no split {split!r} in {config}.", f"There are: {have}."))
    return made if split is None else made[split]


def _folder(folder: str | Path | None) -> Path:
    place = data_root() if folder is None else Path(folder)
    if not place.is_dir():
        raise NewspanError(Fault("is not there, or is no folder.", "Check the path.", place))
    return tables_folder(place)


def _checked(name: str, file: Path, dictionaries: Sequence[str] = ()) -> pa.Table:
    found, expected = read_schema(file), table_schema(name)
    refuse_unreadable(stated_version(found), file)
    if not found.equals(expected, check_metadata=False):
        wrong = sorted(
            {f.name for f in expected if f not in list(found)}
            | (set(found.names) - set(expected.names))
        )
        raise DocumentError(
            Fault(
                f"has other columns than schema {stated_version(found)} of this package: "
                f"{', '.join(wrong) or 'their order'}.",
                "Install the newspan that wrote it, or build the tables again.",
                file,
            )
        )
    return read_table(file, dictionaries=dictionaries)


def _fingerprint(place: Path, config: str, split: str, file: Path) -> str:
    """What identifies the rows to `datasets`: the digest in the index, or the file's state."""
    index = place / INDEX
    if index.is_file():
        files = msgspec.json.decode(index.read_bytes()).get("files", {})
        digest = files.get(f"{config}/{split}.parquet", {}).get("content_sha256")
        if digest:
            return f"newspan-{digest[:32]}"
    state = file.stat()
    return f"newspan-{config}-{split}-{state.st_mtime_ns:x}-{state.st_size:x}"

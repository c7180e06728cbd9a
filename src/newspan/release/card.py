"""The front matter of a dataset card, held against what the Hub and `datasets` take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from newspan.corpus.card import front_matter
from newspan.errors import Fault, NewspanError
from newspan.files import read_text

__all__ = ["Card", "checked_card"]

Filled = Annotated[str, Meta(min_length=1)]
Tags = Annotated[list[Filled], Meta(min_length=1)]
Creators = Literal[
    "crowdsourced", "expert-generated", "found", "machine-generated", "no-annotation", "other"
]
SizeCategory = Literal[
    "n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M", "100M<n<1B"
]


class DataFile(msgspec.Struct, forbid_unknown_fields=True):
    """The file of one split of a config."""

    split: Annotated[str, Meta(pattern=r"^\w+$")]
    path: Annotated[str, Meta(pattern=r"^[\w./-]+\.parquet$")]


class Config(msgspec.Struct, forbid_unknown_fields=True):
    """One config; version and description keep caches from serving stale rows."""

    config_name: Annotated[str, Meta(pattern=r"^[\w-]+$")]
    version: Annotated[str, Meta(pattern=r"^\d+\.\d+\.\d+$")]
    description: Annotated[str, Meta(pattern=r"^sha256:[0-9a-f]{64}$")]
    data_files: Annotated[list[DataFile], Meta(min_length=1)]
    default: bool = False


class Info(msgspec.Struct, forbid_unknown_fields=True):
    """The typed features of a config."""

    config_name: Filled
    features: Annotated[list[dict[str, Any]], Meta(min_length=1)]


class Card(msgspec.Struct, forbid_unknown_fields=True):
    """The front matter, field by field (huggingface.co/docs/hub/datasets-cards)."""

    pretty_name: Filled
    language: Tags
    license: Tags
    annotations_creators: Annotated[list[Creators], Meta(min_length=1)]
    language_creators: Annotated[list[Creators], Meta(min_length=1)]
    size_categories: Annotated[list[SizeCategory], Meta(min_length=1, max_length=1)]
    task_categories: Tags
    configs: Annotated[list[Config], Meta(min_length=1)]
    dataset_info: Annotated[list[Info], Meta(min_length=1)]
    multilinguality: list[Filled] = []
    task_ids: list[Filled] = []
    tags: list[Filled] = []
    source_datasets: list[Filled] = []
    paperswithcode_id: str | None = None


def checked_card(path: Path, articles: int) -> Card:
    """The card at the top of a README.md.

    Raises NewspanError where its front matter is missing or breaks the schema, where it says
    another size than it has articles, or where not exactly one config is the default.
    """
    found = front_matter(read_text(path), path)
    if not found:
        raise NewspanError(
            Fault("has no front matter.", "Begin it with the YAML of a dataset card.", path)
        )
    try:
        card = msgspec.convert(found, Card)
    except msgspec.ValidationError as error:
        raise NewspanError(
            Fault(f"its front matter: {error}.",
                  "Mend it by hand; `newspan build` writes configs and dataset_info.", path)
        ) from error  # fmt: skip
    faults = []
    size = _size(articles)
    if card.size_categories != [size]:
        faults.append(f"size_categories says {card.size_categories[0]}, and it is {size}")
    defaults = [c.config_name for c in card.configs if c.default]
    if len(defaults) != 1:
        faults.append(f"{len(defaults)} configs are the default")
    if [c.config_name for c in card.configs] != [i.config_name for i in card.dataset_info]:
        faults.append("configs and dataset_info name different configs")
    if faults:
        raise NewspanError(*(Fault(f"its front matter: {f}.", "Mend it.", path) for f in faults))
    return card


def _size(rows: int) -> str:
    """The Hub's category of a number of rows."""
    bounds = [("n<1K", 10**3), ("1K<n<10K", 10**4), ("10K<n<100K", 10**5), ("100K<n<1M", 10**6),
              ("1M<n<10M", 10**7), ("10M<n<100M", 10**8)]  # fmt: skip
    return next((name for name, bound in bounds if rows < bound), "100M<n<1B")

"""The relations of a split were not written, and the index does not list them."""

from pathlib import Path

from validation.small_corpus import reindex


def damage(folder: Path) -> None:
    (folder / "relations" / "test.parquet").unlink()
    reindex(folder)

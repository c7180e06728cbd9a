"""The files of two splits have each other's names, and the index was written after that."""

from pathlib import Path

from validation.small_corpus import reindex


def damage(folder: Path) -> None:
    for table in folder.iterdir():
        train, test = table / "train.parquet", table / "test.parquet"
        if train.exists():
            train.rename(table / "other")
            test.rename(train)
            (table / "other").rename(test)
    reindex(folder)

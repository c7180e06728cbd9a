"""One file is older than the index and the files beside it."""

from pathlib import Path

from validation.small_corpus import edit_file


def damage(folder: Path) -> None:
    edit_file(folder, "places/train.parquet", lambda table: table[:-1])

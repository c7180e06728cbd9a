"""The last article of a file is gone, and its spans are there."""

from pathlib import Path

from validation.small_corpus import edit_file


def damage(folder: Path) -> None:
    edit_file(folder, "articles/train.parquet", lambda table: table[:-1])

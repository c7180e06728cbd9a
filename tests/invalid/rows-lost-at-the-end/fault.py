"""A file was written short by a few rows."""

from pathlib import Path

from validation.small_corpus import edit_file


def damage(folder: Path) -> None:
    edit_file(folder, "spans/test.parquet", lambda table: table[:-3])

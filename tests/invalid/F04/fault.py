"""The index counts a row that the file does not have."""

from pathlib import Path

from validation.small_corpus import read_index, write_index


def damage(folder: Path) -> None:
    files = read_index(folder)
    files["spans/test.parquet"]["rows"] += 1
    write_index(folder, files)

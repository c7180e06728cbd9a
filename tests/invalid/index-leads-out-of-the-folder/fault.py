"""The index lists a file outside the folder."""

from pathlib import Path

from validation.small_corpus import read_index, write_index


def damage(folder: Path) -> None:
    files = read_index(folder)
    files["../secret.parquet"] = dict(files["spans/test.parquet"])
    write_index(folder, files)

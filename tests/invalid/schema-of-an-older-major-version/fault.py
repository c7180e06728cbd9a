"""The data are of an earlier major version of the schema."""

from pathlib import Path

from validation.small_corpus import read_index, write_index


def damage(folder: Path) -> None:
    write_index(folder, read_index(folder), schema_version="0.9")

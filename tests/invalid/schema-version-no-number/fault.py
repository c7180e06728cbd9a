"""The version of the schema is a word."""

from pathlib import Path

from validation.small_corpus import read_index, write_index


def damage(folder: Path) -> None:
    write_index(folder, read_index(folder), schema_version="latest")

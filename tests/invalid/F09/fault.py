"""The index was written by a later version of the schema."""

from pathlib import Path

from validation.small_corpus import read_index, write_index


def damage(folder: Path) -> None:
    index = read_index(folder)
    index["schema_version"] = "9.0"
    write_index(folder, index)

"""A column has another name."""

from pathlib import Path

from validation.small_corpus import edit_file, reindex


def damage(folder: Path) -> None:
    edit_file(folder, "spans/test.parquet", lambda t: t.rename_columns({"start": "begin"}))
    reindex(folder)

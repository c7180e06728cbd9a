"""A column is gone."""

from pathlib import Path

from validation.small_corpus import edit_file, reindex


def damage(folder: Path) -> None:
    edit_file(folder, "articles/test.parquet", lambda t: t.drop_columns(["text_sha256"]))
    reindex(folder)

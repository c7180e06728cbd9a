"""One file does not say with which version of the schema it was written."""

from pathlib import Path

from validation.small_corpus import edit_file, reindex


def damage(folder: Path) -> None:
    edit_file(folder, "spans/test.parquet", lambda table: table.replace_schema_metadata(None))
    reindex(folder)

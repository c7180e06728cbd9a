"""A table was saved as text under the name of its Parquet file."""

from pathlib import Path


def damage(folder: Path) -> None:
    (folder / "entities" / "full.parquet").write_text("id,kind\nnorwick,location\n")

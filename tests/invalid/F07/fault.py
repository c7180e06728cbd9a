"""A Parquet file was left lying in the corpus."""

from pathlib import Path


def damage(folder: Path) -> None:
    target = folder / "passes" / "train.parquet"
    target.parent.mkdir()
    target.write_bytes((folder / "spans" / "train.parquet").read_bytes())

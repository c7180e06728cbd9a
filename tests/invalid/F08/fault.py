"""A split has a name that no reader knows."""

from pathlib import Path

from validation.small_corpus import reindex


def damage(folder: Path) -> None:
    source = folder / "claims" / "test.parquet"
    source.with_name("dev.parquet").write_bytes(source.read_bytes())
    reindex(folder)

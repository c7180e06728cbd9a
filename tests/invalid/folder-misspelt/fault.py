"""A table lies in a folder of another name."""

from pathlib import Path


def damage(folder: Path) -> None:
    (folder / "claims").rename(folder / "claim")

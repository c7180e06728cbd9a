"""The index is cut off."""

from pathlib import Path


def damage(folder: Path) -> None:
    path = folder / "index.json"
    path.write_bytes(path.read_bytes()[:-10])

"""The index is another program's."""

from pathlib import Path


def damage(folder: Path) -> None:
    (folder / "index.json").write_text("[]", encoding="utf-8")

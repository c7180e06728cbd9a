"""The corpus comes as JSON Lines, and its last line was cut off."""

import shutil
from pathlib import Path

from newspan.formats import read, write


def damage(folder: Path) -> None:
    documents = list(read(folder))
    for child in folder.iterdir():
        shutil.rmtree(child) if child.is_dir() else child.unlink()
    lines = folder / "documents.jsonl"
    write(documents, lines)
    with lines.open("ab") as file:
        file.write(lines.read_bytes()[:100])

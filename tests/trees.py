"""The small invented corpus tree, copied to where a test may change it."""

from __future__ import annotations

import shutil
from pathlib import Path

DATA = Path(__file__).parent / "data"
REPOSITORY = Path(__file__).parents[1]
SHARED = REPOSITORY.parent / "shared" / "data"
OWNER_TEXT = DATA / "owner" / "press-9001.txt"


def copy_tree(target: Path) -> Path:
    """A fresh copy of the corpus tree at `target`."""
    return Path(shutil.copytree(DATA / "tree", target))

"""The file of one split was copied over that of another."""

import shutil
from pathlib import Path

from validation.small_corpus import reindex


def damage(folder: Path) -> None:
    shutil.copy(folder / "spans/test.parquet", folder / "spans/validation.parquet")
    reindex(folder)

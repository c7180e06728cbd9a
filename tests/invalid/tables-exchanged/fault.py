"""A file of spans was copied to the place of one of relations."""

import shutil
from pathlib import Path

from validation.small_corpus import reindex


def damage(folder: Path) -> None:
    shutil.copy(folder / "spans/test.parquet", folder / "relations/test.parquet")
    reindex(folder)

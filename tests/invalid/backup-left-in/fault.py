"""An old file lies beside the one that took its place."""

import shutil
from pathlib import Path


def damage(folder: Path) -> None:
    path = folder / "spans" / "train.parquet"
    shutil.copy(path, path.with_name("train-old.parquet"))

"""Bytes in a data page were changed on disk."""

from pathlib import Path


def damage(folder: Path) -> None:
    path = folder / "spans" / "train.parquet"
    data = bytearray(path.read_bytes())
    data[200:204] = bytes(byte ^ 0xFF for byte in data[200:204])
    path.write_bytes(data)

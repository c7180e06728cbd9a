"""The file of CoNLL-U Plus."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from newspan.errors import Fault, NewspanError
from newspan.files import write_chunks

__all__ = ["write_conllup"]


def write_conllup(lines: Iterable[bytes], path: Path) -> None:
    """The lines of CoNLL-U Plus; raises NewspanError for a file that is named CoNLL-U, which
    has no columns for layers."""
    if path.suffix == ".conllu":
        raise NewspanError(
            Fault("CoNLL-U has no columns for layers.", "Name the file .conllup.", path)
        )
    write_chunks(lines, path)

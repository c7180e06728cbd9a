"""Where the data are: a checkout or the data inside an installed wheel."""

from __future__ import annotations

import os
from pathlib import Path

from newspan.errors import Fault, NewspanError

__all__ = ["data_root"]

VARIABLE = "NEWSPAN_DATA"


def data_root() -> Path:
    """The folder that holds `corpus/`, `schema/`, `annotations/` and `validation/`.

    In order: the folder named by $NEWSPAN_DATA, the data inside the installed package, the
    checkout this module lies in. Never the current directory. Raises NewspanError.
    """
    package = Path(__file__).resolve().parent
    named = os.environ.get(VARIABLE)
    if named:
        root = Path(named)
        if (root / "corpus").is_dir():
            return root
        raise NewspanError(
            Fault(f"${VARIABLE} has no folder corpus/.", "Correct or unset it.", root)
        )
    if (package / "_data" / "corpus").is_dir():
        return package / "_data"
    for parent in package.parents:
        if (parent / "corpus").is_dir() and (parent / "DATASHEET.md").is_file():
            return parent
    raise NewspanError(
        Fault(
            f"no data: ${VARIABLE} is not set, the package holds none, and this is no checkout.",
            "Install the wheel again, or set the variable.",
        )
    )

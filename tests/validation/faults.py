"""The faults of tests/invalid: what each does to the small corpus and which codes it trips."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType

from validation.small_corpus import Corpus

INVALID = Path(__file__).parents[1] / "invalid"


class Fault:
    """A folder of tests/invalid.

    Its fault.py has `corrupt`, which changes the rows of a corpus, or `damage`, which changes
    the files of a folder, or both; expected.json lists the codes that it trips.
    """

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self.path = folder / "fault.py"
        self.expected: list[str] = json.loads(
            (folder / "expected.json").read_text(encoding="utf-8")
        )

    def __str__(self) -> str:
        return self.name

    @property
    def meaning(self) -> str:
        """What is wrong, in one sentence."""
        return (_module(self.path).__doc__ or "").strip()

    @property
    def corrupt(self) -> Callable[[Corpus], None] | None:
        """What it does to the rows."""
        return getattr(_module(self.path), "corrupt", None)

    @property
    def damage(self) -> Callable[[Path], None] | None:
        """What it does to the files."""
        return getattr(_module(self.path), "damage", None)

    def write(self, corpus: Corpus, folder: Path) -> None:
        """Write the corpus with this fault."""
        assert self.corrupt or self.damage, self.path
        if self.corrupt is not None:
            self.corrupt(corpus)
        corpus.write(folder)
        if self.damage is not None:
            self.damage(folder)


@cache
def _module(path: Path) -> ModuleType:
    name = f"fault_{path.parent.name.replace('-', '_')}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FAULTS = [Fault(path.parent) for path in sorted(INVALID.glob("*/fault.py"))]

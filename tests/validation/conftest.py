"""The clean corpus, written and checked once."""

from __future__ import annotations

from pathlib import Path

import pytest

from newspan.validation import gate, run, validate, views
from validation.small_corpus import Corpus
from validation.sparing import CleanFiles, Passed, Rules


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the clean small corpus; not to be changed."""
    folder = tmp_path_factory.mktemp("clean")
    Corpus().write(folder)
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder of the small corpus that a test may damage."""
    Corpus().write(tmp_path)
    return tmp_path


class Sparing:
    """What a run over the clean corpus leaves to be known."""

    def __init__(self, clean: Path) -> None:
        self.files, self.passed, self.rules = CleanFiles(clean), Passed(), Rules()
        with pytest.MonkeyPatch.context() as patch:
            self.set(patch)
            # No rule is left out here: to the first run all views are new.
            assert validate(clean).codes == frozenset()

    def set(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(gate, "read_table", self.files.read_table)
        patch.setattr(gate, "content_digest", self.files.content_digest)
        patch.setattr(views, "_frames", self.rules.frames)
        patch.setattr(run, "run_rules", self.rules.run_rules)
        patch.setattr(run, "run_stock", self.passed.run_stock)


@pytest.fixture(scope="session")
def known(clean: Path) -> Sparing:
    return Sparing(clean)


@pytest.fixture
def sparing(monkeypatch: pytest.MonkeyPatch, known: Sparing) -> None:
    """Only what differs from the clean corpus is computed."""
    known.set(monkeypatch)

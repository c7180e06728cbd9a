"""The clean corpus, written and checked once."""

from __future__ import annotations

from pathlib import Path

import pytest

from validation.small_corpus import Corpus
from validation.sparing import Sparing


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


@pytest.fixture(scope="session")
def known(clean: Path) -> Sparing:
    """What the clean corpus shows of the checks."""
    return Sparing(clean)


@pytest.fixture
def sparing(monkeypatch: pytest.MonkeyPatch, known: Sparing) -> None:
    """Only what differs from the clean corpus is computed."""
    known.set(monkeypatch)

"""Faults written, checked and judged in several processes, since they are many."""

from __future__ import annotations

import multiprocessing
import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from newspan.validation import validate
from validation.faults import Fault
from validation.small_corpus import Corpus
from validation.sparing import Sparing

MOST_PROCESSES = 4
"""Each has libraries to load and a clean corpus to check before it is of use."""


class Verdict(NamedTuple):
    """What the checks say of a corpus with a fault."""

    codes: list[str]
    errors: list[str]
    """Codes of the checks that could not be computed."""
    exit_code: int
    strict_exit_code: int


@contextmanager
def judged(
    faults: Sequence[Fault], clean: Path, folder: Path
) -> Iterator[Mapping[str, Future[Verdict]]]:
    """Name of a fault to its verdict to come; each is written to a folder of its own."""
    with ProcessPoolExecutor(
        min(MOST_PROCESSES, os.cpu_count() or 1, len(faults)),
        multiprocessing.get_context("spawn"),
        _prepare,
        (clean,),
    ) as executor:
        yield {f.name: executor.submit(_judge, f, folder / f.name) for f in faults}


def _prepare(clean: Path) -> None:
    warnings.simplefilter("error")  # as pytest does in its own process
    Sparing(clean).set(pytest.MonkeyPatch())


def _judge(fault: Fault, folder: Path) -> Verdict:
    fault.write(Corpus(), folder)
    report = validate(folder)
    return Verdict(
        sorted(report.codes),
        [o.check.code for o in report.outcomes if o.error],
        report.exit_code(),
        report.exit_code(strict=True),
    )

"""Data-quality checks over any newspan corpus: a gate, views, six suites, a report."""

from __future__ import annotations

from newspan.validation.baseline import Baseline, read_baseline
from newspan.validation.outcome import Outcome, Report
from newspan.validation.report import RENDERERS, render_text, write_data_docs
from newspan.validation.run import Asked, validate
from newspan.validation.selection import parse_skips
from newspan.validation.settings import read_settings
from newspan.validation.suites import checks_markdown

__all__ = [
    "RENDERERS",
    "Asked",
    "Baseline",
    "Outcome",
    "Report",
    "checks_markdown",
    "parse_skips",
    "read_baseline",
    "read_settings",
    "render_text",
    "validate",
    "write_data_docs",
]

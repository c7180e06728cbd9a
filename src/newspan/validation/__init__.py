"""Data-quality checks over any newspan corpus: a gate, views, six suites, a report."""

from __future__ import annotations

from newspan.validation.report import RENDERERS, Outcome, Report
from newspan.validation.run import validate
from newspan.validation.suites import checks_markdown

__all__ = ["RENDERERS", "Outcome", "Report", "checks_markdown", "validate"]

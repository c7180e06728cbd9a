"""The forms of the report: text, JSON, JUnit XML, GitHub annotations, HTML, Markdown."""

from __future__ import annotations

from newspan.validation.report.docs import write_data_docs
from newspan.validation.report.github import render_github
from newspan.validation.report.html import render_html
from newspan.validation.report.json import render_json
from newspan.validation.report.junit import render_junit
from newspan.validation.report.markdown import render_markdown
from newspan.validation.report.text import render_text

__all__ = ["RENDERERS", "render_html", "render_text", "write_data_docs"]

RENDERERS = {
    "text": render_text, "json": render_json, "junit": render_junit, "github": render_github,
    "html": render_html, "markdown": render_markdown,
}  # fmt: skip
"""Name of a form to the function that writes it, called with a report and `strict`."""

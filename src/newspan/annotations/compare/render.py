"""A comparison as text, Markdown or JSON.

Names and words are those of others: in a terminal control characters are shown as escapes, in
Markdown nothing is markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from newspan.annotations.compare.comparison import Block, Comparison, Row
from newspan.annotations.compare.differences import Difference
from newspan.annotations.compare.figures import Estimate
from newspan.annotations.compare.heading import agreement_heading, score_heading
from newspan.annotations.compare.layout import Sheet, difference_sheet, sheets
from newspan.annotations.compare.passes import Pass
from newspan.annotations.compare.spans import SCHEMES
from newspan.errors import printable

__all__ = ["RENDERERS", "plain_markdown", "render_json", "render_markdown", "render_text"]

Differences = Sequence[Difference] | None


def render_text(found: Sequence[Comparison], listed: Sequence[Differences], score: bool) -> str:
    """Comparisons for a terminal: what is compared, then tables in columns."""
    parts = []
    for comparison, own in zip(found, listed, strict=True):
        parts.append("\n".join(map(printable, _heading(comparison, score))))
        parts += [_text(sheet) for sheet in _sheets(comparison, own, score)]
    return "\n\n".join(parts) + "\n"


def _heading(found: Comparison, score: bool) -> list[str]:
    return score_heading(found) if score else agreement_heading(found)


def _sheets(found: Comparison, listed: Differences, score: bool) -> list[Sheet]:
    made = list(sheets(found.blocks, score=score))
    return made if listed is None else [*made, difference_sheet(listed, score=score)]


def _text(sheet: Sheet) -> str:
    rows = [[_line(cell) for cell in row] for row in (sheet.columns, *sheet.rows)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    left = sheet.columns[0] == "article"
    lines = [sheet.title]
    for row in rows:
        cells = [
            cell.ljust(width) if left or not place else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append(f"  {'  '.join(cells)}".rstrip())
    return "\n".join([*lines, *([f"  {sheet.note}"] if sheet.note else [])])


def _line(words: str) -> str:
    return printable(words).replace("\n", " ")


def render_markdown(found: Sequence[Comparison], listed: Sequence[Differences], score: bool) -> str:
    """Comparisons as Markdown tables, such as for a README or the summary of a job."""
    lines: list[str] = []
    for comparison, own in zip(found, listed, strict=True):
        title, *rest = _heading(comparison, score)
        lines += [
            f"### {plain_markdown(title)}",
            "",
            *(f"- {plain_markdown(line)}" for line in rest),
            "",
        ]
        for sheet in _sheets(comparison, own, score):
            dashes = ["---" if n == 0 else "---:" for n in range(len(sheet.columns))]
            lines += [
                f"#### {plain_markdown(sheet.title)}",
                "",
                _row(sheet.columns),
                f"|{'|'.join(dashes)}|",
            ]
            lines += [*map(_row, sheet.rows), ""]
            lines += [plain_markdown(sheet.note), ""] if sheet.note else []
    return "\n".join(lines).rstrip() + "\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(plain_markdown, cells))} |"


def plain_markdown(text: str) -> str:
    """Text of others as Markdown: one line in which no character means anything but itself."""
    escaped = "".join(
        f"&#{ord(c)};" if c.isascii() and not (c.isalnum() or c in _HARMLESS) else c
        for c in _line(text)
    )
    # What GitHub would make a link of without any markup.
    return _LINK.sub(lambda found: f"&#{ord(found[0])};", escaped)


_HARMLESS = " ,.:;-()/%"
_LINK = re.compile(r"(?<=www)\.|:(?=//)", re.IGNORECASE)


def render_json(found: Sequence[Comparison], listed: Sequence[Differences], score: bool) -> str:
    """Comparisons as JSON: figures, counts and intervals unrounded."""
    made = [_comparison(c, own, score) for c, own in zip(found, listed, strict=True)]
    value = {"newspan": "score" if score else "agreement", "comparisons": made}
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"


def _comparison(found: Comparison, listed: Differences, score: bool) -> dict[str, Any]:
    title, *notes = _heading(found, score)
    asked = found.asked
    made: dict[str, Any] = {
        "title": title,
        "notes": notes,
        "a": _pass(found.a),
        "b": _pass(found.b),
        "articles": len(found.articles),
        "missing": found.missing,
        "extra": found.extra,
        "attributes_on": asked.matched,
        "intervals": {
            "level": 0.95,
            "times": asked.resampling.times,
            "seed": asked.resampling.seed,
        },
        "origins": {block.origin: _block(block) for block in found.blocks},
    }
    if listed is not None:
        made["differences"] = [d._asdict() | {n: _mark(m) for n, m in (("a", d.a), ("b", d.b))}
                               for d in listed]  # fmt: skip
    return made


def _mark(mark: Any) -> Any:
    return None if mark is None else mark._asdict()


def _pass(one: Pass) -> dict[str, Any]:
    return {
        "path": str(one.path), "annotators": one.names, "passes": one.passes,
        "kinds": sorted(one.kinds), "statuses": sorted(one.statuses),
        "left_out": {what: n for what, n in one.left.items() if n},
    }  # fmt: skip


def _block(block: Block) -> dict[str, Any]:
    characters = {row.key: row.figures["characters kappa"] for row in block.characters}
    gamma = {row.key: row.figures["gamma"] for row in block.gamma}
    attributes: dict[str, Any] = {}
    for row in block.attributes:
        own = {"n": row.counts[0], "agreeing": row.counts[1], **_figures(row)}
        attributes.setdefault(row.key[0], {})[row.key[1]] = own
    return {
        "articles": block.articles,
        "spans": {
            row.key[0]: {
                **dict(zip(("a", "b"), row.counts, strict=False)),
                **_schemes(row),
                "characters": {"kappa": _estimate(characters[row.key])},
                **({"gamma": _estimate(gamma[row.key])} if gamma else {}),
            }
            for row in block.spans
        },
        "attributes": attributes,
        "relations": {
            row.key[0]: {**dict(zip(_ARCS, row.counts, strict=True)), **_figures(row)}
            for row in block.relations
        },
        "referents": {
            row.key[0]: {"n": row.counts[0], "agreeing": row.counts[1], **_figures(row)}
            for row in block.referents
        },
    }


_ARCS = ("a", "b", "a_with_paired_ends", "b_with_paired_ends", "both", "both_exact")


def _schemes(row: Row) -> dict[str, Any]:
    made = {}
    for scheme in SCHEMES:
        own = {k.removeprefix(f"{scheme} "): v for k, v in row.figures.items()
               if k.startswith(f"{scheme} ")}  # fmt: skip
        made[scheme] = {k: _estimate(v) for k, v in own.items()} or None
    pairs = dict(zip(("exact", "overlap", "strict", "type"), row.counts[2:], strict=True))
    return {**made, "pairs": {k: n for k, n in pairs.items() if made[k] is not None}}


def _figures(row: Row) -> dict[str, Any]:
    return {name.replace(" ", "_"): _estimate(e) for name, e in row.figures.items()}


def _estimate(estimate: Estimate) -> dict[str, Any] | None:
    return None if estimate.value is None else estimate._asdict()


RENDERERS = {"text": render_text, "markdown": render_markdown, "json": render_json}

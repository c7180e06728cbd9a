"""The corpus as one HTML page that needs nothing but itself, or as a folder of files.

Data stand in the page as JSON and as packed chunks, and reach the screen as text nodes
only. The page's content security policy allows its own script, by digest, and no request but
for the files of texts beside it, where there are such.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

import msgspec

from newspan.browse.plots import charts
from newspan.browse.plots_chart import Chart
from newspan.browse.records import chunks, overview
from newspan.browse.shelf import Shelf
from newspan.corpus.load import Corpus
from newspan.errors import printable
from newspan.files import write_atomically

__all__ = ["ONE_PAGE", "write_page"]

ONE_PAGE = 2_000
"""Articles up to which all stand in one file."""

SCRIPTS = (
    "base", "store", "index", "list", "text", "arcs", "compare", "article", "plot", "story",
    "more", "main",
)  # fmt: skip
"""The parts of the script, in the order they are joined."""

_ASSETS = Path(__file__).with_name("assets")


def write_page(
    shelf: Shelf, target: Path, title: str, agreement: Sequence[Chart] = ()
) -> list[Path]:
    """Write the page, with charts of the corpus and of agreement; the files written.

    Up to ONE_PAGE articles `target` is the file; of more it is the page beside which a
    folder of the same name holds the texts. Raises OSError where it cannot be written.
    """
    corpus = Corpus.from_documents(shelf.documents(), shelf.entities)
    packed = list(chunks(shelf))
    data = overview(shelf) | {"title": title}
    apart = len(shelf.versions) > ONE_PAGE
    written = []
    if apart:
        folder = target.with_name(f"{target.stem}-data")
        data["folder"] = folder.name
        for number, chunk in enumerate(packed):
            script = f'newspanChunk({number},"{chunk}")\n'
            file = folder / f"{number:05d}.js"
            file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(file, script)
            written.append(file)
        packed = []
    target.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(
        target, "".join(_page(data, packed, title, [*charts(corpus), *agreement], apart))
    )
    return [target, *written]


def _page(
    data: dict[str, Any], packed: Sequence[str], title: str, figures: Sequence[Chart],
    apart: bool,
) -> Iterator[str]:  # fmt: skip
    script = "\n".join(_asset(f"{name}.js") for name in SCRIPTS)
    script = f'"use strict";\n(() => {{\n{script}}})();\n'
    style = _asset("page.css")
    # A file opened from the disk has no digest that a browser would check.
    allowed = f"'{_digest(script)}'" + (" 'self' file:" if apart else "")
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(printable(title))}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
    )
    yield _asset("body.html").replace("{title}", escape(printable(title)))
    for figure in figures:
        yield _figure(figure)
    yield f'<script type="application/json" id="overview">{_json(data)}</script>\n'
    for number, chunk in enumerate(packed):
        yield f'<script type="text/plain" id="chunk-{number}">{chunk}</script>\n'
    yield f"<script>{script}</script>\n</body>\n</html>\n"


def _figure(figure: Chart) -> str:
    """A chart as a template, which the script takes up when the charts are asked for."""
    head, *rows = figure.rows
    table = "".join(
        "<tr>" + "".join(f"<td>{escape(printable(str(cell)))}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    heads = "".join(f'<th scope="col">{escape(printable(str(cell)))}</th>' for cell in head)
    return (
        f'<template class="figure" data-title="{escape(printable(figure.title))}">'
        f'<figure><div class="light" aria-hidden="true">{figure.svg()}</div>'
        f'<div class="dark" aria-hidden="true">{figure.svg(dark=True)}</div>'
        f"<figcaption>{escape(printable(figure.description))}</figcaption>"
        f"<details><summary>The figures</summary><table><thead><tr>{heads}</tr></thead>"
        f"<tbody>{table}</tbody></table></details></figure></template>\n"
    )


def _json(data: Any) -> str:
    """JSON that ends no script and opens no comment, whatever it holds."""
    return msgspec.json.encode(data).decode("utf-8").replace("<", "\\u003c")


def _digest(script: str) -> str:
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return "sha256-" + base64.b64encode(digest).decode("ascii")


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")

"""The tour: build, check, load with datasets, show what is there, and make the page of it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from newspan.browse.page import write_page
from newspan.browse.shelf import fill
from newspan.browse.terminal import claim_lines, count_lines, document_lines, printer
from newspan.corpus.build import build, stale
from newspan.corpus.claims import claims_table, questions
from newspan.corpus.counts import count
from newspan.corpus.find import find_document
from newspan.corpus.load import Corpus, load
from newspan.validation import render_text, validate

__all__ = ["PAGE", "run"]

PAGE = Path("build", "demo", "index.html")
"""Where the tour leaves the page, in the folder it was started in."""

_NEXT = """Where to go next
  newspan show inv-0201              a document with every attribute and relation
  newspan claims --conflicts         every question that has two answers
  newspan validate --format github   the same checks, for CI
  newspan convert corpus/tables corpus.jsonl
  newspan stats --plots charts       tables, and charts for a paper
  newspan hydrate --help             put the owners' words under the real reports
README.md has the three sections load, annotate, check."""


def run(root: Path) -> int:
    """Run the tour over the corpus at `root` and print it. Returns the exit code."""
    console = printer()
    console.rule("1  Build")
    if stale(root):
        build(root)
        console.print("The tables were out of date and have been built.")
    else:
        console.print("The tables are what the sources make: nothing to build.")
    console.rule("2  Check")
    report = validate(root)
    console.print(render_text(report, width=console.width), markup=False, end="")
    console.rule("3  Load with datasets")
    console.print(_loaded(root), markup=False)
    console.rule("4  What is in it")
    corpus = load(root)
    for line in count_lines(count(corpus)):
        console.print(line)
    asked = questions(claims_table(root))
    shown = max(asked, key=lambda q: (len(q.contradictions), len(q.claims)), default=None)
    example = _example(corpus, None if shown is None else shown.claims[0]["article_id"])
    console.rule(f"5  One document: {example}")
    for text in document_lines(find_document(example, root, root / "hydrated"), details=False):
        console.print(text)
    if shown is not None:
        console.rule(f"6  Who says how many: the story {shown.story}")
        own = [q for q in asked if q.story == shown.story and q.differs]
        for block in claim_lines(own):
            console.print(block)
    console.rule("7  The page")
    write_page(fill(root, [], root / "hydrated"), PAGE, "newspan")
    console.print(f"All of it, in one file that needs nothing else. Open {PAGE.resolve()}")
    if shown is not None:
        console.print(f"and begin with the story: {PAGE.name}#/story/{shown.story}", markup=False)
    console.rule()
    console.print(_NEXT, markup=False)
    return report.exit_code()


def _example(corpus: Corpus, preferred: str | None) -> str:
    """An article with its text: the preferred one, or else the first of the corpus."""
    articles = corpus.articles.select(["id", "text"]).to_pylist()
    with_text = [a["id"] for a in articles if a["text"] is not None] or [articles[0]["id"]]
    return str(preferred if preferred in with_text else with_text[0])


def _loaded(root: Path) -> str:
    """Load every split with the real `load_dataset`, in a cache of its own; say what came."""
    import datasets

    datasets.disable_progress_bars()
    with tempfile.TemporaryDirectory() as cache:
        lines = ["datasets.load_dataset(path)"]
        for split, rows in datasets.load_dataset(str(root), cache_dir=cache).items():
            spans = sum(len(spans) for spans in rows["spans"])
            lines.append(f"  {split}: {len(rows)} documents, {spans} spans")
            first = rows[0]
            lines.append(f"    first: {first['id']}, {first['published']:%Y-%m-%d}")
    return "\n".join(lines)

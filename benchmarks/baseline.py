"""`python -m benchmarks.baseline`: score the proposals, write BASELINE.md and the README's table.

The report set is twenty Wikinews reports that were annotated before the rules were finished, and
that nobody looked at while the rules were made. Their words are their owners': run
`newspan hydrate` first.
"""

from __future__ import annotations

import argparse
import platform
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import chdir
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

import newspan
from benchmarks.proposals import words_a_second
from newspan.annotations.compare import Report, score
from newspan.annotations.compare.comparison import Asked, Row
from newspan.annotations.linking.sources import table_of
from newspan.annotations.propose.bare import bare_names
from newspan.annotations.propose.language import DEFAULT_MODEL, language_model
from newspan.annotations.propose.pipeline import annotator_name, propose
from newspan.corpus.find import with_words
from newspan.errors import Fault, NewspanError
from newspan.formats import write
from newspan.schema.model import Actor, Document, Location, Quote

HERE = Path(__file__).parent
ROOT = HERE.resolve().parent
BEGIN, END = "<!-- baseline -->", "<!-- /baseline -->"
WANTED = {
    "numbers, exact F1": 0.90,
    "numbers, value right on matched": 0.95,
    "direct quotes, exact F1": 0.95,
    "direct quotes, speaker right on matched": 0.85,
    "cues, exact F1": 0.80,
}
"""What the proposer was built to reach."""
_NAMES_GAIN = 0.03


def main() -> None:
    """Propose for the report set, score, and write the tables."""
    parser = argparse.ArgumentParser(prog="benchmarks.baseline")
    parser.add_argument("--hydrated", type=Path, default=Path("hydrated"))
    parser.add_argument("--out", type=Path, default=HERE / "BASELINE.md")
    parser.add_argument("--readme", type=Path, default=ROOT / "README.md")
    parser.add_argument("--model", default=DEFAULT_MODEL)
    options = parser.parse_args()
    gold = list(report_set(options.hydrated))
    entities, _ = table_of(ROOT, None, needed=True)
    predicted = list(propose(gold, options.model, entities=entities))
    with tempfile.TemporaryDirectory() as place:
        table, report = figures(gold, predicted, options.model, Path(place))
        speed = words_a_second([str(d.article.text) for d in gold], options.model)
    options.out.write_text(
        "\n".join([*_heading(gold, options.model, speed), *table, *_by_kind(report), "",
                   "## All figures", "", report.rendered("markdown").rstrip(), ""]),
        encoding="utf-8",
    )  # fmt: skip
    _put_into(options.readme, table)
    print("\n".join(table))


def report_set(hydrated: Path) -> Iterator[Document]:
    """The documents of the report set, with their words."""
    wanted = (HERE / "report_set.txt").read_text().split()
    found = {d.article.id: d for d in newspan.load(ROOT).documents()}
    for name in wanted:
        document = with_words(found[name], hydrated)
        if document.article.text is None:
            raise NewspanError(
                Fault("the report set's words are not here.", "Run `newspan hydrate`.", hydrated)
            )
        yield document


def figures(
    gold: list[Document], predicted: list[Document], model: str, place: Path
) -> tuple[list[str], Report]:
    """The table of what was to be reached, and the report with everything else."""
    whole = _scored(gold, predicted, place)
    direct = _scored(*(map(_direct, side) for side in (gold, predicted)), place)
    bare = list(bare_names([d.article for d in gold], language_model(model)))
    ours, theirs = (
        _scored(map(_named, gold), map(_named, side), place) for side in (predicted, bare)
    )
    reached = {
        "numbers, exact F1": _row(whole, "spans", "number").figures["exact f1"],
        "numbers, value right on matched": _row(
            whole, "attributes", "number", "value"
        ).figures["accuracy"],
        "direct quotes, exact F1": _row(direct, "spans", "quote").figures["exact f1"],
        "direct quotes, speaker right on matched": _row(
            direct, "referents", "speaker, as a mention"
        ).figures["accuracy"],
        "cues, exact F1": _row(whole, "spans", "cue").figures["exact f1"],
    }  # fmt: skip
    lines = ["| | wanted | reached | 95 % interval |", "|---|---|---|---|"]
    for name, wanted in WANTED.items():
        value, low, high = reached[name]
        mark = "" if value is not None and value >= wanted else " **not reached**"
        lines.append(f"| {name} | {wanted:.2f} | {value:.3f}{mark} | {low:.2f}–{high:.2f} |")
    gain, own, other = _pooled(ours) - _pooled(theirs), _pooled(ours), _pooled(theirs)
    mark = "" if gain >= _NAMES_GAIN else " **not reached**"
    lines.append(
        f"| names of actors and locations, exact F1 with layer | {other + _NAMES_GAIN:.3f} "
        f"| {own:.3f}{mark} | bare spaCy: {other:.3f} |"
    )
    return lines, whole


def _scored(gold: Iterable[Document], predicted: Iterable[Document], place: Path) -> Report:
    with chdir(place):  # the report names its files, and a folder that is gone says nothing
        ours, theirs = Path("gold.jsonl"), Path("predicted.jsonl")
        write(gold, ours)
        write(predicted, theirs)
        return score(ours, theirs, Asked(pool=True), root=ROOT)


def _row(report: Report, section: str, *key: str) -> Row:
    rows: list[Row] = getattr(report.comparisons[0].blocks[0], section)
    return next(row for row in rows if row.key == key)


def _pooled(report: Report) -> float:
    rows = [_row(report, "spans", layer) for layer in ("actor", "location")]
    a, b, same = (sum(row.counts[n] for row in rows) for n in (0, 1, 2))
    return 2 * same / (a + b)


def _kept(document: Document, keep: Any) -> Document:
    spans = tuple(s for s in document.spans if keep(s))
    ids = {s.id for s in spans}
    relations = tuple(r for r in document.relations if r.head in ids and r.tail in ids)
    return msgspec.structs.replace(document, spans=spans, relations=relations)


def _direct(document: Document) -> Document:
    return _kept(document, lambda s: not isinstance(s, Quote) or s.form == "direct")


def _named(document: Document) -> Document:
    return _kept(
        document,
        lambda s: isinstance(s, Location) or (isinstance(s, Actor) and s.mention == "name"),
    )


def _heading(gold: list[Document], model: str, speed: tuple[float, float]) -> list[str]:
    words = sum(len(str(d.article.text).split()) for d in gold)
    spans = sum(len(d.spans) for d in gold)
    libraries = ", ".join(f"{name} {version(name)}" for name in ("spacy", "text2num"))
    return [
        "# Baseline", "",
        "Written by `python -m benchmarks.baseline`. What `newspan preannotate` proposes, scored "
        "on twenty Wikinews reports that were annotated before its rules were finished and that "
        "the rules were not tuned on. The gold annotation was made by a language model and read "
        "a second time by another: a score says how near to it the proposals are, not how right. "
        "The definitions of all figures: annotations/AGREEMENT.md.", "",
        f"{len(gold)} articles, {words:,} words, {spans:,} spans. "
        f"{annotator_name(language_model(model))}; {libraries}; "
        f"Python {platform.python_version()}. Intervals by bootstrap over articles.", "",
        f"Speed: {speed[0]:.2f} of the words a second of the bare spaCy pipeline "
        f"({speed[1]:,.0f} words a second here).", "",
    ]  # fmt: skip


def _by_kind(report: Report) -> list[str]:
    """What went wrong, by layer: missed, proposed for nothing, cut differently."""
    lines = ["", "## Errors by kind", "",
             "| layer | gold | proposed | same words | other extent | missed | for nothing |",
             "|---|---|---|---|---|---|---|"]  # fmt: skip
    for row in report.comparisons[0].blocks[0].spans:
        a, b, same, overlapping = row.counts[:4]
        lines.append(
            f"| {row.key[0]} | {a} | {b} | {same} | {overlapping - same} | {a - overlapping} "
            f"| {b - overlapping} |"
        )
    return lines


def _put_into(readme: Path, table: list[str]) -> None:
    text = readme.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    readme.write_text(
        "\n".join([before + BEGIN, *table, END + after]), encoding="utf-8"
    )  # fmt: skip


if __name__ == "__main__":
    main()

"""The index of phenomena and the comparison of wording, for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from rich.table import Table
from rich.text import Text

from newspan.corpus.phenomena import Entry, meanings
from newspan.corpus.wording import Comparison
from newspan.errors import Fault, NewspanError, printable
from newspan.schema.model import SPLITS, Document

__all__ = ["count_table", "entry_lines", "of_phenomenon", "wording_table"]

_AROUND = 40
"""Characters shown on either side."""
_LONGEST = 120
"""Characters shown of a longer stretch."""


def count_table(entries: Sequence[Entry]) -> Table:
    """How often each phenomenon is met, by split."""
    counts = Counter((e.phenomenon, e.split) for e in entries)
    table = Table("phenomenon", "what it is", box=None, pad_edge=False)
    for name in ("all", *SPLITS):
        table.add_column(name, justify="right")
    for name, meaning in meanings().items():
        own = [counts[name, split] for split in SPLITS]
        total = sum(n for (of, _), n in counts.items() if of == name)
        table.add_row(name, meaning, *(f"{n:,}" for n in (total, *own)))
    return table


def of_phenomenon(entries: Sequence[Entry], name: str, split: str | None = None) -> list[Entry]:
    """The entries of a phenomenon, in a split. Raises NewspanError for an unknown name."""
    for given, known, what in ((name, list(meanings()), "phenomenon"), (split, SPLITS, "split")):
        if given is not None and given not in known:
            near = get_close_matches(given, known, n=3, cutoff=0.4) or known
            raise NewspanError(Fault(f"no {what} {given!r}.", f"Did you mean {', '.join(near)}?"))
    return [e for e in entries if e.phenomenon == name and split in (None, e.split)]


def entry_lines(entries: Sequence[Entry], documents: Mapping[str, Document]) -> Iterator[Text]:
    """Each entry with the words around it; of a text that is not here, the offsets."""
    for entry in entries:
        line = Text(f"{entry.span_id or entry.article_id} [{entry.start}, {entry.end})  ", "dim")
        text = documents[entry.article_id].article.text
        if text is not None:
            words = text[entry.start : entry.end]
            if len(words) > _LONGEST:
                words = f"{words[: _LONGEST // 2]} … {words[-_LONGEST // 2 :]}"
            line.append(_flat(text[max(0, entry.start - _AROUND) : entry.start]), "default")
            line.append(_flat(words), "bold")
            line.append(_flat(text[entry.end : entry.end + _AROUND]), "default")
        yield line


def _flat(words: str) -> str:
    return printable(words.replace("\n", "⏎"))


def wording_table(compared: Sequence[Comparison], real: str) -> Table:
    """Each measure of each group beside the real news, in per cent."""
    table = Table("texts", "measure", box=None, pad_edge=False)
    for name in ("over", "they", real, "19 of 20 draws", ""):
        table.add_column(name, justify="right")
    for c in compared:
        mark = "less varied" if c.worse else ""
        bounds = "–".join(map(_share, c.bounds))
        table.add_row(c.group, c.measure, f"{c.size:,}", _share(c.value), _share(c.real), bounds,
                      mark)  # fmt: skip
    return table


def _share(value: float) -> str:
    return f"{100 * value:.2f}" if value < 0.01 else f"{100 * value:.1f}"

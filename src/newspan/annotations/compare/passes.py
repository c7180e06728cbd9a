"""What is compared: annotations of articles, each by somebody, from any file newspan reads.

A corpus, its tables and JSON Lines hold one annotation of an article, or several passes. A
Label Studio export, or a folder with one task a file, may hold those of several annotators,
and predictions of models. Drafts and skipped tasks are no annotations; they are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from newspan.annotations.compare.gather import NOBODY, Maker, gather, task_files
from newspan.corpus.load import load
from newspan.errors import DocumentError, Fault, NewspanError
from newspan.schema.tables import Tables

__all__ = ["Pass", "merged", "read_passes"]


@dataclass
class Pass:
    """The annotations of one annotator in one pass, or of several joined to one side."""

    path: Path
    names: tuple[str, ...]
    """Annotators, or the pass where the file does not say who."""
    passes: tuple[str, ...]
    kinds: frozenset[str]
    """human, model."""
    statuses: frozenset[str]
    """adjudicated, pass, prediction."""
    tables: Tables
    left: Counter[str] = field(default_factory=Counter)
    """What the file holds besides: drafts, skipped tasks, predictions."""

    def known_as(self, name: str) -> bool:
        """Whether somebody may call it so."""
        return name in self.names or name in self.passes

    def __str__(self) -> str:
        names = ", ".join(self.names[:3]) + (" and others" if len(self.names) > 3 else "")
        return f"{names} ({', '.join(self.passes[:3])})"


def read_passes(
    path: Path,
    root: Path | None = None,
    chosen: Collection[str] = (),
    *,
    skip_faulty: bool = False,
) -> list[Pass]:
    """The passes of a file or folder, by annotator; only those `chosen`, if any are.

    Predictions are taken where they are chosen, or where there is nothing else. `root` is the
    checkout whose articles tasks without metadata speak of. With `skip_faulty`, an annotation
    of a task that has faults is left out, and counted.

    Raises NewspanError where nothing can be read, a name is unknown, or a pass has two
    annotations of one article; DocumentError with all faults of a faulty annotation.
    """
    left: Counter[str] = Counter()
    if path.is_dir() and not any(task_files(path)):
        found = [_from_tables(path)]
    else:
        gathered = gather(path, root, left, skip_faulty=skip_faulty)
        found = [_pass(path, gathered[maker], maker) for maker in sorted(gathered)]
    if chosen:
        for name in chosen:
            if not any(p.known_as(name) for p in found):
                have = ", ".join(sorted({n for p in found for n in (*p.names, *p.passes)}))
                raise NewspanError(
                    Fault(f"nobody is called {name!r}.", f"There are: {have}.", path)
                )
        found = [p for p in found if any(p.known_as(name) for name in chosen)]
    elif others := [p for p in found if p.statuses != {"prediction"}]:
        left["prediction"] += sum(p.tables.articles.num_rows for p in found if p not in others)
        found = others
    for one in found:
        one.left = left
    if not found:
        raise NewspanError(Fault("holds no finished annotations.", "Annotate first.", path))
    return found


def merged(passes: list[Pass]) -> Pass:
    """Passes over different articles as one side.

    Raises NewspanError where two of them annotate the same article.
    """
    joined = Tables(*(pa.concat_tables(parts) for parts in zip(*(p.tables for p in passes),
                                                               strict=True)))  # fmt: skip
    ids = joined.articles["id"]
    if pc.count_distinct(ids).as_py() < len(ids):
        counted = Counter(ids.to_pylist())
        raise NewspanError(
            Fault(
                f"{sum(n > 1 for n in counted.values())} articles are annotated more than once: "
                f"by {', '.join(sorted(str(p) for p in passes))}.",
                "Say whose annotation is meant, with --by, --gold-by or --pred-by.",
                passes[0].path,
                next(name for name, n in counted.items() if n > 1),
            )
        )
    return Pass(
        passes[0].path,
        tuple(sorted({n for p in passes for n in p.names})),
        tuple(sorted({n for p in passes for n in p.passes})),
        frozenset().union(*(p.kinds for p in passes)),
        frozenset().union(*(p.statuses for p in passes)),
        joined,
        passes[0].left,
    )


def _from_tables(path: Path) -> Pass:
    corpus = load(path)
    ids = corpus.articles["id"]
    if pc.count_distinct(ids).as_py() < len(ids):
        raise DocumentError(
            Fault("articles are there twice.", "Run `newspan validate` on it.", path)
        )
    return _pass(path, Tables(corpus.articles, corpus.spans, corpus.relations), NOBODY)


def _pass(path: Path, found: Tables, maker: Maker) -> Pass:
    """The tables as a pass; `maker` is for what the spans do not say, since there are none."""
    spans = found.spans
    if spans.num_rows:
        names, kinds, statuses = (
            sorted(filter(None, spans[name].unique().to_pylist())) for name in _MARKS
        )
        passes = pc.struct_field(pc.extract_regex(spans["id"], _PREFIX), "name").unique()
        passes = sorted(filter(None, passes.to_pylist()))
    else:
        names, passes, kinds, statuses = (
            [maker.annotator], [maker.pass_name], [maker.kind], [maker.status],
        )  # fmt: skip
    return Pass(
        path, tuple(names), tuple(passes), frozenset(filter(None, kinds)), frozenset(statuses),
        found,
    )  # fmt: skip


_MARKS = ("annotator", "annotator_kind", "status")
_PREFIX = "^[^/]*/(?P<name>[^/]*)/"

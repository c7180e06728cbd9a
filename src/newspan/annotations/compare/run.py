"""What `newspan agree` and `newspan score` do: read, compare, and say it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from newspan.annotations.compare.adjudicate import write_adjudication
from newspan.annotations.compare.bio import SUFFIXES, read_labelled
from newspan.annotations.compare.comparison import (
    AGREEMENT,
    SCORE,
    Asked,
    Block,
    Comparison,
    compare,
)
from newspan.annotations.compare.differences import Difference, differences
from newspan.annotations.compare.passes import Pass, merged, read_passes
from newspan.annotations.compare.render import RENDERERS
from newspan.corpus.load import load
from newspan.errors import Fault, NewspanError
from newspan.files import read_text
from newspan.paths import data_root
from newspan.schema.arrow import relation_schema
from newspan.schema.fields import main_attribute
from newspan.schema.tables import Tables
from newspan.text import fingerprint, normalize

__all__ = ["Report", "agree", "score"]


@dataclass(frozen=True)
class Report:
    """Comparisons, each of two annotations, as agreement or as a score."""

    comparisons: tuple[Comparison, ...]
    is_score: bool

    def rendered(
        self, format: str = "text", *, listed: bool = False, hydrated: Path | None = None
    ) -> str:
        """The report as `text`, `markdown` or `json`.

        With `listed`, every difference is listed with its words; those of a stand-off
        article come from the folder `hydrated`, where it has the annotated text.
        """
        lists: list[list[Difference] | None] = [
            list(differences(c, _texts(c, hydrated))) if listed else None for c in self.comparisons
        ]
        return RENDERERS[format](self.comparisons, lists, self.is_score)

    def write_tasks(self, path: Path, hydrated: Path) -> list[str]:
        """Write the articles that differ as Label Studio tasks; lines that say what was done.

        Raises NewspanError where more than two annotations are compared: a task shows two.
        """
        if len(self.comparisons) != 1:
            raise NewspanError(
                Fault(
                    "tasks show two annotations, and there are more.",
                    "Choose two annotators with --by.",
                    path,
                )
            )
        count, left = write_adjudication(self.comparisons[0], path, hydrated)
        lines = [f"{count} tasks to adjudicate → {path}"]
        if left:
            lines.append(f"Without their text, and left out: {', '.join(left)}. Hydrate them.")
        return lines


def agree(
    a: Path, b: Path | None = None, asked: Asked = AGREEMENT, *,
    by: Collection[str] = (), root: Path | None = None, skip_faulty: bool = False,
) -> Report:  # fmt: skip
    """The agreement of two annotations, or of every two annotators within one source.

    `by` names the annotators, passes or models that count. Raises NewspanError where there
    are no two annotations of one article.
    """
    found = read_passes(a, root, by, skip_faulty=skip_faulty)
    if b is not None:
        other = read_passes(b, root, by, skip_faulty=skip_faulty)
        return Report((compare(merged(found), merged(other), asked),), False)
    pairs = [(x, y) for x, y in combinations(found, 2) if _shared(x, y)]
    if not pairs:
        raise NewspanError(
            Fault(
                "holds no article that two have annotated.",
                "Name two sources, or pull the annotation of a second annotator.",
                a,
            )
        )
    return Report(tuple(compare(x, y, asked) for x, y in pairs), False)


def _shared(x: Pass, y: Pass) -> bool:
    ids = [set(one.tables.articles["id"].to_pylist()) for one in (x, y)]
    return not ids[0].isdisjoint(ids[1])


def score(
    gold: Path, predicted: Path, asked: Asked = SCORE, *,
    gold_by: Collection[str] = (), predicted_by: Collection[str] = (), root: Path | None = None,
    skip_faulty: bool = False,
) -> Report:  # fmt: skip
    """How near predictions come to an annotation taken for right.

    Places are compared by the coordinates of the entities in `root`, or in `gold` where that
    is a corpus; `predicted` may be a file of token labels (`compare.bio`). Raises NewspanError
    as `compare` and `read_passes` do.
    """
    asked = asked._replace(places=_places(gold, root))
    right = merged(read_passes(gold, root, gold_by, skip_faulty=skip_faulty))
    if predicted.suffix in SUFFIXES:
        return Report((_labelled(right, predicted, asked),), True)
    other = merged(read_passes(predicted, root, predicted_by, skip_faulty=skip_faulty))
    return Report((compare(right, other, asked),), True)


def _labelled(right: Pass, predicted: Path, asked: Asked) -> Comparison:
    """The comparison with token labels, over the layers that they are of; of attributes they
    hold the type at most, and relations not at all."""
    labels = read_labelled(predicted, right)
    layers = pa.array(sorted(labels.layers), pa.string())
    spans = right.tables.spans.filter(pc.is_in(right.tables.spans["layer"], layers))
    bare = Tables(right.tables.articles, spans, relation_schema().empty_table())
    found = compare(replace(right, tables=bare), labels.side, asked._replace(places={}))
    return replace(found, blocks=[_untyped(block, labels.typed) for block in found.blocks])


def _untyped(block: Block, typed: Collection[str]) -> Block:
    """The figures that can be had where only some layers have types, and none has more."""
    told = {(layer, own.name) for layer in typed if (own := main_attribute(layer))}
    spans = [
        row if row.key[0] in typed
        else row._replace(figures={name: figure for name, figure in row.figures.items()
                                   if not name.startswith(("strict", "type"))})
        for row in block.spans
    ]  # fmt: skip
    attributes = [row for row in block.attributes if row.key in told]
    return block._replace(spans=spans, attributes=attributes, referents=[])


def _places(gold: Path, root: Path | None) -> dict[str, tuple[float, float]]:
    """Coordinates of the entities of the corpus, as far as there is one."""
    for folder in (root, gold if gold.is_dir() else None, data_root()):
        try:
            rows = [] if folder is None else load(folder).entities.to_pylist()
        except NewspanError:
            continue  # no corpus, such as a folder of tasks
        if rows:
            return {
                row["id"]: (row["latitude"], row["longitude"])
                for row in rows
                if row["latitude"] is not None and row["longitude"] is not None
            }
    return {}


def _texts(found: Comparison, hydrated: Path | None) -> Callable[[str], str | None]:
    """Article id to its text, from the sources or from the owner's copy, proven."""
    fingerprints: dict[str, str] = {}
    texts: dict[str, str | None] = {}
    for one in (found.b, found.a):
        columns = [one.tables.articles[n].to_pylist() for n in ("id", "text_sha256", "text")]
        for name, digest, text in zip(*columns, strict=True):
            fingerprints[name] = digest
            texts[name] = text if text is not None else texts.get(name)

    @cache
    def text_of(name: str) -> str | None:
        if texts[name] is not None or hydrated is None:
            return texts[name]
        path = hydrated / f"{name}.txt"
        text = normalize(read_text(path)) if path.is_file() else None
        return text if text is not None and fingerprint(text) == fingerprints[name] else None

    return text_of

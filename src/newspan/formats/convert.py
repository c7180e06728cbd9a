"""Converting a file or folder from one format to another, through Documents."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from newspan.errors import DocumentError, Fault
from newspan.formats import format_of, naming, read, write
from newspan.formats.loss import said
from newspan.formats.passes import Choice, one_each
from newspan.formats.stream import SeveralPasses, stream_label_studio
from newspan.schema.model import Document

__all__ = ["convert"]


def convert(
    source: Path,
    target: Path,
    source_format: str | None = None,
    target_format: str | None = None,
    annotators: Sequence[str] = (),
    allow_loss: bool = False,
) -> str:
    """Read, check and write; returns a line that says what was done.

    Label Studio to Parquet goes as a stream, in little memory. Where `annotators` are named,
    only what they made is taken, of each article that of the first of them who made something.

    Raises DocumentError, and writes nothing, where the source has faults, where tables would
    hold two annotations of an article, for an annotator whom the source does not have, and for
    what the target's format cannot hold, unless `allow_loss`: then the line says what was lost.
    What a file of others says and no Document can hold is left out, and the line says so.
    """
    target_format = target_format or format_of(target)
    source_format = source_format or format_of(source)
    if (source_format, target_format) == ("label-studio", "parquet") and not annotators:
        return _summary(_streamed(source, target), target, target_format)
    counted = [0, 0, 0]
    choice = Choice(annotators)
    unread: Counter[str] = Counter()

    def counting() -> Iterator[Document]:
        found = read(source, source_format, unread)
        found = naming(source, choice.of(found)) if annotators else found
        for document in one_each(found, source) if target_format == "parquet" else found:
            counted[0] += 1
            counted[1] += len(document.spans)
            counted[2] += len(document.relations)
            yield document
        if not counted[0]:
            raise DocumentError(Fault("holds no documents.", "Nothing was written.", source))

    lost: Counter[str] = Counter()
    write(counting(), target, target_format, allow_loss, lost)
    summary = _summary(counted, target, target_format, choice.left_out)
    if lost.total():
        summary += f"\nlost: {said(lost)}"
    if unread:
        rest = "; ".join(f"{n:,} {name}" for name, n in sorted(unread.items()))
        summary += f"\nleft out: {rest}"
    return summary


def _streamed(source: Path, target: Path) -> tuple[int, int, int]:
    try:
        return stream_label_studio(source, target, single=True)
    except SeveralPasses:
        deque(one_each(read(source, "label-studio"), source), 0)  # raises, and names whose
        raise


def _summary(counted: Sequence[int], target: Path, target_format: str, left_out: int = 0) -> str:
    names = ("documents", "spans", "relations")
    held = ", ".join(f"{n:,} {name}" for n, name in zip(counted, names, strict=True))
    articles = "1 article" if left_out == 1 else f"{left_out:,} articles"
    rest = f"; {articles} left out, as nobody named annotated them" if left_out else ""
    return f"{held} → {target} ({target_format}){rest}"

"""Predictions of others as token labels: CoNLL columns with BIO, IOBES or BILOU labels.

How the lines are read is said in `formats.token_labels`. Each article is named above its tokens;
without `# global.columns` the first column is the token and the last its label.

Tokens are found in the article's text one after another, so that the spans have its offsets;
one that is not there is an error, never shifted.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from newspan.annotations.compare.passes import Pass
from newspan.errors import DocumentError, Fault, NewspanError
from newspan.files import read_text
from newspan.formats.bare import bare_attributes, bare_span
from newspan.formats.token_labels import Block, Columns, Stretch, blocks, stretches
from newspan.schema.model import LAYERS, AnySpan, Document
from newspan.schema.tables import bare_tables, documents, tables

__all__ = ["SUFFIXES", "Labelled", "read_labelled"]

SUFFIXES = (".bio", ".conll", ".conllu", ".conllup", ".iob", ".iob2")
"""How files of token labels end."""
_COLUMNS = Columns(form=0, labels=(-1,), layers=("",))
_MARKS = {"``": '“"', "''": '”"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]"}
"""Tokens that some files write for characters of the text."""


class Labelled(NamedTuple):
    """What a file of token labels holds."""

    side: Pass
    layers: frozenset[str]
    """Layers that it labels; others it says nothing of."""
    typed: frozenset[str]
    """Those whose labels say the type."""


def read_labelled(path: Path, gold: Pass) -> Labelled:
    """The labels of a file as spans over the articles of `gold`, which has their texts.

    Raises DocumentError where a token is not in its article, a label is of no layer, or an
    article is unknown or has no text here.
    """
    bare = documents(bare_tables(gold.tables.articles))
    articles = {d.article.id: d.article for d in bare}
    made: list[Document] = []
    layers: set[str] = set()
    typed: set[str] = set()
    for block in blocks(_lines(path), _COLUMNS, path=path):
        name, columns = block.name, block.columns
        if not columns.labels:
            raise DocumentError(
                Fault("no column is of a layer.", f"Layers: {', '.join(LAYERS)}.", path, name)
            )
        if name not in articles or articles[name].text is None:
            why = "is not in the gold annotation." if name not in articles else "has no text here."
            raise DocumentError(Fault(why, "Leave it out, or hydrate it.", path, name))
        text = str(articles[name].text)
        found = list(stretches(block, list(_places(path, block, text)), path))
        layers |= {layer for layer in columns.layers if layer} | {s.layer for s in found}
        typed |= {s.layer for s in found if s.type is not None}
        spans = tuple(_span(name, path.stem, n, s, text) for n, s in enumerate(found, start=1))
        made.append(Document(article=articles[name], spans=spans))
    if not made:
        raise NewspanError(
            Fault("labels no article.", "Begin each with a line `# newdoc id = …`.", path)
        )
    side = Pass(
        path, (path.stem,), ("labels",), frozenset({"model"}), frozenset({"prediction"}),
        tables(made),
    )  # fmt: skip
    return Labelled(side, frozenset(layers), frozenset(typed))


def _lines(path: Path) -> Iterator[str]:
    """The lines of a file. Not `splitlines`: a text may have other line breaks within."""
    return (line.removesuffix("\r") for line in read_text(path).split("\n"))


def _places(path: Path, block: Block, text: str) -> Iterator[tuple[int, int]]:
    """Where each token stands; white space lies between tokens, and nothing else."""
    at = 0
    for token in block.tokens:
        while at < len(text) and text[at].isspace():
            at += 1
        if text.startswith(token.form, at):
            end = at + len(token.form)
        elif text[at : at + 1] and text[at] in _MARKS.get(token.form, ""):
            end = at + 1
        else:
            raise DocumentError(
                Fault(f"the token {token.form!r} does not stand at {at}, where the one before it "
                      "ends.", "Cut the tokens from the article's own text.",
                      path, block.name, line=token.line)
            )  # fmt: skip
        yield at, end
        at = end


def _span(article: str, who: str, number: int, stretch: Stretch, text: str) -> AnySpan:
    given = {"annotator": who, "annotator_kind": "model", "status": "prediction"}
    kind = bare_attributes(stretch.layer, stretch.type)
    place = [(stretch.start, stretch.end)]
    return bare_span(stretch.layer, f"{article}/labels/s{number}", place, text, given | kind)

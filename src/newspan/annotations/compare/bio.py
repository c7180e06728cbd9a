"""Predictions of others as token labels: CoNLL columns with BIO, IOBES or BILOU labels.

A token a line, columns parted by tabs or spaces, a blank line after a sentence. A line
`# newdoc id = inv-0101` says which article follows. Without more the first column is the token
and the last its label; `# global.columns = ID FORM newspan:actor newspan:number` (CoNLL-U Plus)
names a column a layer. Labels are a layer (`B-number`), a layer with its type
(`B-actor:person`) or the usual names of entities (`B-PER`, `B-GPE`).

Tokens are found in the article's text one after another, so that the spans have its offsets;
one that is not there is an error, never shifted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from newspan.annotations.compare.passes import Pass
from newspan.errors import DocumentError, Fault, NewspanError
from newspan.files import read_text
from newspan.formats.bare import bare_attributes
from newspan.formats.labels import layer_of_label
from newspan.schema.fields import main_attribute
from newspan.schema.model import LAYERS, AnySpan, Document, Fragment
from newspan.schema.tables import bare_tables, documents, tables

__all__ = ["SUFFIXES", "Labelled", "read_labelled"]

SUFFIXES = (".bio", ".conll", ".conllu", ".conllup", ".iob", ".iob2")
"""How files of token labels end."""
_NO_LABEL = ("O", "_", "-", "")
_BEGINS, _GOES_ON = "BUS", "ILE"
_MARKS = {"``": '“"', "''": '”"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]"}
"""Tokens that some files write for characters of the text."""


class Labelled(NamedTuple):
    """What a file of token labels holds."""

    side: Pass
    layers: frozenset[str]
    """Layers that it labels; others it says nothing of."""
    typed: frozenset[str]
    """Those whose labels say the type."""


class _Token(NamedTuple):
    line: int
    form: str
    labels: tuple[str, ...]


class _Stretch(NamedTuple):
    layer: str
    type: str | None
    start: int
    end: int


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
    for name, columns, tokens in _blocks(path):
        if name not in articles or articles[name].text is None:
            why = "is not in the gold annotation." if name not in articles else "has no text here."
            raise DocumentError(Fault(why, "Leave it out, or hydrate it.", path, name))
        text = str(articles[name].text)
        stretches = list(_stretches(path, name, text, tokens, columns))
        layers |= {layer for layer in columns if layer} | {s.layer for s in stretches}
        typed |= {s.layer for s in stretches if s.type is not None}
        spans = tuple(_span(name, path.stem, n, s, text) for n, s in enumerate(stretches, start=1))
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


def _blocks(path: Path) -> Iterator[tuple[str, tuple[str, ...], list[_Token]]]:
    """Each article: its id, the layer of each label column (empty where labels say it), tokens."""
    form, label_columns = 0, [-1]
    columns: tuple[str, ...] = ("",)
    fewest = 2
    name: str | None = None
    tokens: list[_Token] = []
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        key, _, value = line.removeprefix("#").strip().partition("=")
        if line.startswith("#") and key.strip() == "global.columns":
            form, label_columns, columns = _columns(value.split(), path, number)
            fewest = 1 + max(form, *label_columns)
        elif line.startswith("#") and key.strip() in ("newdoc id", "newdoc_id"):
            if name is not None:
                yield name, columns, tokens
            name, tokens = value.strip(), []
        elif line.strip() and not line.startswith(("#", "-DOCSTART-")):
            cells = line.split("\t") if "\t" in line else line.split()
            if name is None or len(cells) < fewest:
                why = "no article is named above" if name is None else "a column is missing"
                raise DocumentError(
                    Fault(f"{why}.", "Name it with `# newdoc id = …`, and a label a token.",
                          path, name, line=number)
                )  # fmt: skip
            labels = tuple(cells[at] for at in label_columns)
            tokens.append(_Token(number, cells[form], labels))
    if name is not None:
        yield name, columns, tokens


def _columns(
    names: Sequence[str], path: Path, line: int
) -> tuple[int, list[int], tuple[str, ...]]:  # fmt: skip
    plain = [name.rpartition(":")[2].casefold() for name in names]
    chosen = [at for at, name in enumerate(plain) if name in LAYERS]
    if "form" not in plain or not chosen:
        raise DocumentError(
            Fault("the columns have no FORM or no layer.",
                  f"Layers: {', '.join(LAYERS)}.", path, line=line)
        )  # fmt: skip
    return plain.index("form"), chosen, tuple(plain[at] for at in chosen)


def _stretches(
    path: Path, name: str, text: str, tokens: Sequence[_Token], columns: Sequence[str]
) -> Iterator[_Stretch]:
    """The labelled stretches of an article, column by column."""
    places = list(_places(path, name, text, tokens))
    for number, column in enumerate(columns):
        opened: _Stretch | None = None
        for token, (start, end) in zip(tokens, places, strict=True):
            label = token.labels[number]
            kind = None if label in _NO_LABEL else _kind(label, column, path, name, token.line)
            goes_on = label[:1] not in _BEGINS and opened is not None
            if opened is not None and kind == (opened.layer, opened.type) and goes_on:
                opened = opened._replace(end=end)
                continue
            if opened is not None:
                yield opened
            opened = None if kind is None else _Stretch(*kind, start, end)
        if opened is not None:
            yield opened


def _kind(
    label: str, column: str, path: Path, name: str, line: int
) -> tuple[str, str | None]:  # fmt: skip
    """Layer and type of a label."""
    head, dash, rest = label.partition("-")
    what = rest if dash and head in (*_BEGINS, *_GOES_ON) else label
    if what in (*_BEGINS, *_GOES_ON) and column:
        return column, None
    layer, _, type_ = what.partition(":")
    if column:
        own = main_attribute(column)
        if layer == column:
            return column, type_ or None
        if own is not None and own.values and layer in own.values:
            return column, layer
    if layer in LAYERS:
        return layer, type_ or None
    found = None if column else layer_of_label(layer)
    if found is not None:
        return found
    raise DocumentError(
        Fault(f"the label {label!r} is of no layer.", f"Layers: {', '.join(LAYERS)}.",
              path, name, line=line)
    )  # fmt: skip


def _places(
    path: Path, name: str, text: str, tokens: Sequence[_Token]
) -> Iterator[tuple[int, int]]:  # fmt: skip
    """Where each token stands; white space lies between tokens, and nothing else."""
    at = 0
    for token in tokens:
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
                      path, name, line=token.line)
            )  # fmt: skip
        yield at, end
        at = end


def _span(article: str, who: str, number: int, stretch: _Stretch, text: str) -> AnySpan:
    values: dict[str, object] = {
        "layer": stretch.layer, "id": f"{article}/labels/s{number}",
        "fragments": (Fragment(stretch.start, stretch.end),), "start": stretch.start,
        "end": stretch.end, "text": text[stretch.start : stretch.end], "annotator": who,
        "annotator_kind": "model", "status": "prediction",
        **bare_attributes(stretch.layer, stretch.type),
    }  # fmt: skip
    return msgspec.convert(values, LAYERS[stretch.layer])  # type: ignore[return-value]

"""Lines of CoNLL-U Plus, and of CoNLL-U, to Documents."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterable, Iterator

from newspan.errors import DocumentError, Fault
from newspan.formats.bare import bare_article, bare_attributes, bare_id, bare_span
from newspan.formats.conllup.spaces import unescaped
from newspan.formats.named import Named, article_name
from newspan.formats.token_labels import Block, Columns, blocks, stretches
from newspan.schema.invariants import check, in_order
from newspan.schema.model import Document

__all__ = ["decode"]

_CONLLU = Columns(form=1, labels=(), layers=(), misc=9, id=0, fewest=10)
"""The columns of CoNLL-U, where a file names none."""


def decode(native: Named | Iterable[bytes]) -> Iterator[Document]:
    """The documents of the lines; one without `# newdoc` is named as its file.

    Raises DocumentError, with the line, for what is no UTF-8, a line with too few columns, a
    label of no layer, a sentence that is not what its `# text` says, and two ids that become
    one.
    """
    name, lines = native if isinstance(native, Named) else ("document", native)
    taken: dict[str, str] = {}
    for block in blocks(_decoded(lines), _CONLLU, unnamed=name):
        yield check(_document(block, article_name(block.name, taken)))


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        plain = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        try:
            yield plain.decode("utf-8").removesuffix("\n").removesuffix("\r")
        except UnicodeDecodeError as error:
            raise DocumentError(
                Fault(f"byte {error.start} of the line is not UTF-8.",
                      "CoNLL-U Plus is text in UTF-8; convert it.", line=number)
            ) from error  # fmt: skip


def _document(block: Block, name: str) -> Document:
    text, places = _text(block)
    if faults := tuple(_misquoted(block, name, text, places)):
        raise DocumentError(*faults)
    article = bare_article(name, text)
    taken: Counter[str] = Counter()
    found = sorted(stretches(block._replace(name=name), places), key=lambda s: (s.start, s.end))
    spans = [
        bare_span(s.layer, bare_id(name, s.layer, taken), [(s.start, s.end)], text,
                  bare_attributes(s.layer, s.type))
        for s in found
    ]  # fmt: skip
    return in_order(article, spans)


def _text(block: Block) -> tuple[str, list[tuple[int, int]]]:
    """The text that tokens and white space make, and where each token stands in it."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    at, space, said = 0, "", False
    for sentence in block.sentences:
        begins = any(key.split()[0] == "newpar" for key in sentence.comments if key)
        for number, token in enumerate(sentence.tokens):
            misc = dict(item.partition("=")[::2] for item in token.misc.split("|"))
            if places and begins and number == 0 and not said:
                space = "\n\n"
            space += unescaped(misc.get("SpacesBefore", ""))
            parts += [space, token.form]
            at += len(space) + len(token.form)
            places.append((at - len(token.form), at))
            said = "SpacesAfter" in misc
            space = unescaped(
                misc.get("SpacesAfter", "" if misc.get("SpaceAfter") == "No" else " ")
            )
        if not places and "spaces" in sentence.comments:
            parts = [unescaped(sentence.comments["spaces"][1].strip('"'))]
    return "".join(parts) + (space if said else ""), places


def _misquoted(
    block: Block, name: str, text: str, places: list[tuple[int, int]]
) -> Iterator[Fault]:  # fmt: skip
    """Sentences whose tokens are not their `# text`; how wide a gap is does not matter."""
    at = 0
    for sentence in block.sentences:
        first, at = at, at + len(sentence.tokens)
        line, said = sentence.comments.get("text", (0, ""))
        if not sentence.tokens or not line:
            continue
        found = text[places[first][0] : places[at - 1][1]]
        if found.split() != said.split():
            yield Fault(
                f"`# text` is {_short(said)} but the tokens make {_short(found)}.",
                "Say in MISC where no space follows a token: SpaceAfter=No.",
                article_id=name,
                line=line,
            )


def _short(words: str) -> str:
    return repr(words if len(words) <= 60 else words[:57] + "...")

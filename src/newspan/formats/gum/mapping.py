"""What GUM's entities become: the table, and the extent that the guidelines ask for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from newspan.errors import DocumentError, Fault
from newspan.formats.gum.brackets import Mention
from newspan.formats.gum.rows import Row

__all__ = ["ETYPES", "LEFT_OUT", "Draft", "drafted"]


class Mapped(NamedTuple):
    """What a type of GUM's becomes."""

    layer: str
    """"" for a type that no layer holds."""
    type_: str
    reason: str


ETYPES = {
    "person": Mapped("actor", "person", "A3; in the plural a group (A3c: several unnamed people)"),
    "organization": Mapped(
        "actor", "organization",
        "A3; GUM does not tell a medium, a body of government or an armed force from others",
    ),
    "place": Mapped(
        "location", "other",
        "L1; GUM does not tell country, city or facility apart, nor a place that acts (A4): to "
        "be looked through. Only names: a location is the name of a place",
    ),
    "abstract": Mapped("", "", "ideas, works and rights are no layer of ours"),
    "animal": Mapped("", "", "no layer; one that is counted is a counted noun"),
    "event": Mapped("", "", "events are no layer of ours"),
    "object": Mapped("", "", "no layer; one that is counted is a counted noun"),
    "plant": Mapped("", "", "no layer"),
    "substance": Mapped("", "", "no layer"),
    "time": Mapped("", "", "dates and times are unmarked (N1)"),
}  # fmt: skip
"""GUM's type to layer and type of ours, and why. The codes are those of the guidelines."""

LEFT_OUT = {
    **{etype: f"of type {etype}" for etype, row in ETYPES.items() if not row.layer},
    "unnamed place": "of type place without a name",
    "headline": "in the headline or the line of the date",
    "repeated": "on the words of another, as the whole of “X and Y” is on those of X",
    "crossing": "that cross others of their layer",
}
"""Why a mention becomes no span: the term that is counted, and what it is in plain words."""

ASSOCIATIVE = {"amod", "compound", "nmod:poss"}
"""Relations of a premodifier and a possessor to what they belong to (L2)."""

ARTICLES = {"a", "an", "the"}
OF_PERSONS = {"-", "–"}
OF_OTHERS = {"-", "–", "&", "of", "the", "for"}
"""What goes on a name between two proper nouns: of a person, and of all others."""


class Draft(NamedTuple):
    """A span to be: where, over the words of the document, and what is known of it."""

    layer: str
    runs: tuple[tuple[int, int], ...]
    """First and last word of each fragment."""
    given: dict[str, Any]
    """Attributes and note."""
    title: tuple[int, int] | None = None
    """First and last word of the title before a name."""


def drafted(mention: Mention, words: Sequence[Row]) -> Draft | str:
    """What a mention becomes, or the term of LEFT_OUT that says why nothing.

    `words` are those of the document. A name loses what the guidelines leave outside of it
    (A2): all but the run of proper nouns around its head; a nominal its leading article, both a
    possessive 's (C2). Raises DocumentError for a type that GUM did not have.
    """
    row = ETYPES.get(mention.etype)
    if row is None:
        raise DocumentError(
            Fault(f"entities of type {mention.etype!r} are unknown.",
                  f"Known are: {', '.join(ETYPES)}.", line=mention.line)
        )  # fmt: skip
    if not row.layer:
        return mention.etype
    inside = [n for first, last in mention.runs for n in range(first, last + 1)]
    head = _head(inside, words)
    name = _named_by(head, inside, words)
    given: dict[str, Any] = {"note": _note(mention)}
    runs = mention.runs
    if name is not None:
        runs = (_name_run(name, name == head, inside, words, mention.etype),)
    runs = _trimmed(runs, words)
    if row.layer == "location":
        if name is None:
            return "unnamed place"
        usage = "associative" if words[head].deprel in ASSOCIATIVE else "literal"
        return Draft("location", runs, {**given, "kind": row.type_, "usage": usage})
    group = mention.etype == "person" and words[head if name is None else name].plural
    given |= {"type": "group" if group else row.type_, "mention": _kind(name, words[head])}
    titled = mention.etype == "person" and name not in (None, head)
    title = _title(inside[0], runs[0][0], words) if titled else None
    return Draft("actor", runs, given, title)


def _note(mention: Mention) -> str:
    """Where the span comes from; a draft's note holds nothing else."""
    page = f", Wikipedia: {mention.identity.replace('_', ' ')}" if mention.identity else ""
    return f"GUM {mention.etype}, entity {mention.group}{page}"


def _head(inside: Sequence[int], words: Sequence[Row]) -> int:
    """The first word of a mention whose governor is not in it."""
    here = set(inside)
    for n in inside:
        governor = words[n].head
        if not governor or n - words[n].id + governor not in here:  # counted in its sentence
            return n
    return inside[0]


def _proper(word: Row) -> bool:
    return word.upos == "PROPN" or word.xpos in ("NNP", "NNPS")


def _named_by(head: int, inside: Sequence[int], words: Sequence[Row]) -> int | None:
    """The word by which a mention is a name: its head, or a name flat beside it; or None."""
    if _proper(words[head]):
        return head
    return next(
        (n for n in inside if words[n].deprel.startswith("flat") and _proper(words[n])
         and words[n].head == words[head].id),
        None,
    )  # fmt: skip


def _kind(name: int | None, head: Row) -> str:
    if name is not None:
        return "name"
    return "pronoun" if head.upos == "PRON" or head.xpos.startswith(("PRP", "WP")) else "nominal"


def _name_run(
    name: int, is_head: bool, inside: Sequence[int], words: Sequence[Row], etype: str
) -> tuple[int, int]:
    """First and last of the proper nouns that stand together with `name` in a mention.

    A name flat beside its head begins the run: what stands before may be a name in the title.
    """
    joining = OF_PERSONS if etype == "person" else OF_OTHERS
    here = set(inside)

    def reach(step: int) -> int:
        end = at = name
        while (at := at + step) in here:
            if _proper(words[at]):
                end = at
            elif words[at].form.lower() not in joining:
                break
        return end

    last = reach(1)
    while last + 1 in here and words[last + 1].upos == "NUM":
        last += 1
    return reach(-1) if is_head else name, last


def _trimmed(
    runs: tuple[tuple[int, int], ...], words: Sequence[Row]
) -> tuple[tuple[int, int], ...]:  # fmt: skip
    first, last = runs[0][0], runs[-1][1]
    found = list(runs)
    if words[last].xpos == "POS" and found[-1][0] < last:
        found[-1] = (found[-1][0], last - 1)
    if words[first].form.lower() in ARTICLES and first < found[0][1]:
        found[0] = (first + 1, found[0][1])
    return tuple(found)


def _title(first: int, name: int, words: Sequence[Row]) -> tuple[int, int] | None:
    """First and last of the words before a name, without possessor and article (A2a).

    None where there are none, or where they are set off (A2c).
    """
    for n in range(first, name):
        if words[n].xpos == "POS":
            first = n + 1
    if first < name and words[first].form.lower() in ARTICLES:
        first += 1
    if first >= name or words[name - 1].upos == "PUNCT":
        return None
    return first, name - 1

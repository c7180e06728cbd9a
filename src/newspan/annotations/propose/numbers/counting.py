"""What a number counts: the noun it stands with, or the one an ellipsis understands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newspan.annotations.propose.numbers.lexicon import word_set
from newspan.annotations.propose.numbers.noun_runs import LONGEST, PREMODIFIERS, run_end
from newspan.annotations.propose.numbers.site import Site, is_noun

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Head", "counted_head", "head_from", "is_nominal", "noun_phrase_of"]

_DETERMINERS = ("DT", "PRP$", "PDT", "CD", "WDT")
_INNER = ("compound", "nmod", "amod", "npadvmod", "poss", "nummod")
_OPENING = ('"', "“", "‘", "'", "``")


class Head(NamedTuple):
    """A counted noun with its premodifiers."""

    first: Token
    last: Token
    noun: Token
    """The noun whose class counts: of "skippers and mates" the first."""
    whole: Token | None = None
    """A number inside the of-phrase: the six of "half of the six boats"."""


def counted_head(site: Site) -> Head | Token | None:
    """The noun that the number stands with; a pronoun that stands for it; None in an ellipsis."""
    after = site.next
    if after is None or after.idx - site.phrase.end > 2:
        return _group_of(site)
    doc = site.tokens.doc
    i = after.i
    partitive = after.lower_ == "of"
    if after.lower_ == "more" and i + 1 < len(doc):
        i += 1
    if partitive or (site.phrase.figure.amount.is_share and after.tag_ in ("DT", "PDT", "PRP$")):
        return _in_of_phrase(doc, i + 1 if partitive else i)
    if after.tag_ == "HYPH" and site.touches_after and i + 1 < len(doc):
        if doc[i + 1].lower_ == "strong":
            return _noun_phrase(doc, i + 2, None)
        return Head(doc[i + 1], doc[i + 1], doc[i + 1]) if is_noun(doc[i + 1]) else None
    if site.phrase.quantity.kind == "percent" or after.tag_ == "HYPH":
        return None
    nominal = after.lower_ in word_set("classes", "nominal")
    if after.tag_ in ("VBN", "VBD") and site.token.head.i == after.i and not nominal:
        return None  # the two cited reasons
    return _noun_phrase(doc, i, site) or _group_of(site)


def _group_of(site: Site) -> Head | None:
    """The crew of "a crew of 25"."""
    before = site.previous
    if before is None or before.lower_ != "of" or before.i == 0:
        return None
    noun = before.nbor(-1)
    if noun.lemma_.lower() not in word_set("classes", "collectives"):
        return None
    return noun_phrase_of(noun)


def _in_of_phrase(doc: Doc, i: int) -> Head | Token | None:
    whole = None
    i = _past_of_determiners(doc, i)
    start = i
    while i < len(doc) and i - start < LONGEST:
        token = doc[i]
        if token.lower_ in word_set("classes", "pronouns"):
            return _said_to_be(doc, i + 1) or token
        if token.tag_ == "CD":
            whole = token
        elif token.tag_ == "POS" or token.tag_ in _DETERMINERS:
            pass
        elif _possessor_end(doc, i) is not None:
            i = _possessor_end(doc, i) or i
        elif (head := _noun_phrase(doc, i, None)) is not None:
            return head._replace(whole=whole)
        elif token.tag_ not in ("RB", "JJ", "VBN", "SYM"):
            return None
        i += 1
    return None


def _said_to_be(doc: Doc, i: int) -> Head | None:
    """The children of "five of them children"."""
    head = _noun_phrase(doc, i, None) if i < len(doc) and not doc[i].is_sent_start else None
    if head is None or is_nominal(head) or head.first.tag_ in ("VBN", "VBG"):
        return None
    return (
        head
        if head.noun.tag_ in ("NNS", "NN")
        and head.last.i + 1 < len(doc)
        and (not doc[head.last.i + 1].tag_.startswith("VB"))
        else None
    )


def _past_of_determiners(doc: Doc, i: int) -> int:
    while i < len(doc) and (
        (doc[i].tag_ in _DETERMINERS and doc[i].tag_ != "CD") or doc[i].is_quote
    ):
        if doc[i].lower_ in word_set("classes", "pronouns"):
            break
        i += 1
        if i < len(doc) and doc[i - 1].lower_ == "all" and doc[i].lower_ == "of":
            i += 1
    return i


def _possessor_end(doc: Doc, i: int) -> int | None:
    """Where the possessive mark of a run of nouns from `i` stands."""
    k = i
    while k < len(doc) and k - i < LONGEST and doc[k].tag_ in PREMODIFIERS:
        k += 1
    return k if k < len(doc) and k > i and doc[k].tag_ == "POS" else None


def _noun_phrase(doc: Doc, i: int, site: Site | None) -> Head | None:
    """The premodifiers and noun that begin at `i`."""
    while i < len(doc) and doc[i].text in _OPENING:
        i += 1
    if (
        i < len(doc)
        and doc[i].tag_ == "RB"
        and i + 1 < len(doc)
        and doc[i + 1].tag_ in ("JJ", "VBN")
    ):
        i += 1
    end = run_end(doc, i)
    nouns = [k for k in range(i, end) if is_noun(doc[k])]
    if nouns and doc[i].lower_ in word_set("words", "when"):
        return None
    if not nouns:
        return _nominal(doc, i, site)
    last = nouns[-1]
    for k in nouns:
        if k < last and doc[k].tag_ in ("NNS", "NNPS") and _ends_at(doc, k, site):
            last = k
            break
    if site is not None and last != nouns[0] and _is_too_few(doc[last], site):
        last = nouns[0]
    return _with_second(doc, i, last)


def _ends_at(doc: Doc, k: int, site: Site | None) -> bool:
    """Whether a plural noun ends the phrase, though nouns follow: 12 people Tuesday."""
    if doc[k + 1].tag_ == "NNP" or doc[k].dep_ not in _INNER:
        return True
    if site is None:
        return False
    heads = {site.token.head.i, site.last.head.i}
    return k in heads and (site.token.dep_ == "nummod" or site.last.dep_ == "nummod")


def _is_too_few(noun: Token, site: Site) -> bool:
    """Whether a singular noun ends the phrase, though the number is not one: a ten page report."""
    if noun.tag_ not in ("NN", "NNP") or site.phrase.figure.amount.is_share:
        return False
    if noun.lemma_.lower() in word_set("classes", "uncounted_plurals"):
        return False
    return site.phrase.figure.amount.worth not in (None, 0, 1)


def _with_second(doc: Doc, i: int, last: int) -> Head:
    """With the second of two joined nouns: skippers and mates."""
    head = doc[last]
    if last + 2 < len(doc) and doc[last + 1].lower_ in ("and", "or") and head.tag_ == "NNS":
        second = doc[last + 2]
        crew = second.lower_ in ("crew", "staff")
        after = doc[last + 3] if last + 3 < len(doc) else None
        if (
            (second.tag_ == "NNS" or crew)
            and (after is None or not is_noun(after))
            and second.head.i == head.i
        ):
            return Head(doc[i], second, head)
    return Head(doc[i], head, head)


def _nominal(doc: Doc, i: int, site: Site | None) -> Head | None:
    """The dead, 47 wounded: an adjective that stands as a noun."""
    if i >= len(doc) or doc[i].lower_ not in word_set("classes", "nominal"):
        return None
    if site is not None and doc[i].lower_ not in ("dead", "wounded", "injured", "missing"):
        return None
    return Head(doc[i], doc[i], doc[i])


def noun_phrase_of(noun: Token) -> Head:
    """A noun with the premodifiers that stand right before it."""
    first = noun.i
    while first > 0 and noun.i - first < LONGEST and noun.doc[first - 1].tag_ in PREMODIFIERS:
        first -= 1
    return Head(noun.doc[first], noun, noun)


def head_from(doc: Doc, i: int) -> Head | None:
    """The noun of an of-phrase that begins at token `i`."""
    found = _in_of_phrase(doc, i)
    return found if isinstance(found, Head) else None


def is_nominal(head: Head) -> bool:
    """Whether the counted word is an adjective or participle."""
    return head.noun.lower_ in word_set("classes", "nominal")

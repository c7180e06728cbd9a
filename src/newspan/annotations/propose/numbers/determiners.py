"""Determiners that are numbers: no casualties, none, both piers, a soldier among the dead."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from newspan.annotations.propose.numbers.lexemes import WORD, Lexeme
from newspan.annotations.propose.numbers.lexicon import lexicon, word_set
from newspan.annotations.propose.numbers.phrases import Phrase
from newspan.annotations.propose.numbers.quantity import Quantity
from newspan.annotations.propose.numbers.ranges import Figure
from newspan.annotations.propose.numbers.site import Site, Tokens
from newspan.annotations.propose.numbers.values import Amount

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["article_site", "determiner_sites"]


def determiner_sites(at: Sequence[Lexeme], tokens: Tokens) -> Iterator[Site]:
    """The places where "no" or "both" stands before a noun that it counts."""
    for i, lexeme in enumerate(at):
        if lexeme.word not in ("no", "both") or lexeme.kind != WORD:
            continue
        site = Site(_phrase(at, i, Fraction(0 if lexeme.word == "no" else 2)), at, tokens)
        if _is_both(site) if lexeme.word == "both" else _is_no(site):
            yield site


def article_site(token: Token, like: Site) -> Site | None:
    """The article of a noun as a number, where it is one in a list of counted ones."""
    at = like.lexemes
    i = bisect_left(at, token.idx, key=lambda lexeme: lexeme.start)
    if i == len(at) or at[i].start != token.idx:
        return None
    return Site(_phrase(at, i, Fraction(1)), at, like.tokens)


def _phrase(at: Sequence[Lexeme], i: int, worth: Fraction) -> Phrase:
    figure = Figure(i, i + 1, Amount(i + 1, worth, is_spelt=True), None, False, False, False)
    said = Quantity("count", value=str(worth))
    return Phrase(i, i, i + 1, at[i].start, at[i].end, said, False, figure, None)


def _is_both(site: Site) -> bool:
    """Before a plural noun, not "both Varn and Halvick"."""
    after = site.next
    if after is None or site.token.tag_ not in ("DT", "PDT", "CC"):
        return False
    doc, i = site.tokens.doc, after.i
    if after.lower_ in ("the", "these", "those", "its", "their", "his", "her", "our", "my", "of"):
        return False
    while i < len(doc) - 1 and doc[i].tag_ in ("JJ", "NN", "VBN", "HYPH"):
        i += 1
    if doc[i].tag_ != "NNS" or doc[i].lower_ == "times":
        return False
    return not (i + 1 < len(doc) and doc[i + 1].lower_ == "and" and _joins(doc[i + 1]))


def _joins(conjunction: Token) -> bool:
    """Whether "both" belongs to this "and"."""
    following = conjunction.doc[conjunction.i + 1 : conjunction.i + 2]
    return any(token.tag_.startswith(("NN", "JJ", "DT", "PRP", "IN", "TO")) for token in following)


def _is_no(site: Site) -> bool:
    """Before a noun of casualties, or one of things counted close by."""
    if site.token.tag_ != "DT" or site.next is None:
        return False
    doc, i = site.tokens.doc, site.next.i
    while (
        i < len(doc) - 1
        and doc[i].tag_.startswith(("JJ", "VBN", "NN", "HYPH"))
        and doc[i + 1].tag_.startswith("NN")
    ):
        i += 1
    return doc[i].lemma_.lower() in word_set("determiners", "absent") or _is_counted_near(doc[i])


def _is_counted_near(noun: Token) -> bool:
    """Whether the noun is joined with a counted one: 18 missiles and no drones."""
    if noun.tag_ not in ("NNS", "NN"):
        return False
    partners = [noun.head] if noun.dep_ == "conj" else []
    partners += [child for child in noun.children if child.dep_ == "conj"]
    counted = any(c.dep_ == "nummod" for partner in partners for c in partner.children)
    return counted or noun.lemma_.lower() in _things()


def _things() -> frozenset[str]:
    """Things of which news says that there were none."""
    classes = lexicon("classes")
    return frozenset([*classes["missile"], *classes["drone"]])

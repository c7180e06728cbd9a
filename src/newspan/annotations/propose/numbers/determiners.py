"""Determiners that are numbers: no casualties, none, both piers, a soldier among the dead."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from newspan.annotations.propose.numbers.counting import Head
from newspan.annotations.propose.numbers.figures import Figure
from newspan.annotations.propose.numbers.lexemes import WORD, Lexeme, word_at
from newspan.annotations.propose.numbers.lexicon import lexicon, word_set
from newspan.annotations.propose.numbers.phrases import Phrase
from newspan.annotations.propose.numbers.quantity import Quantity
from newspan.annotations.propose.numbers.site import Site, Tokens
from newspan.annotations.propose.numbers.values import Amount
from newspan.annotations.propose.numbers.zero import happened_to_nobody, happened_to_none

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["article_site", "determiner_sites"]

_WORDS = frozenset(("no", "none", "nobody", "both"))


def determiner_sites(at: Sequence[Lexeme], tokens: Tokens) -> Iterator[Site]:
    """The places where such a word is a quantity: "no" or "both" before a noun, "nobody"."""
    for i, lexeme in enumerate(at):
        if lexeme.word not in _WORDS or lexeme.kind != WORD:
            continue
        if lexeme.word == "both":
            site = Site(_phrase(at, i, Fraction(2)), at, tokens)
            if _is_both(site):
                yield site
        elif (none := _zero(at, i, tokens)) is not None:
            yield none


def _zero(at: Sequence[Lexeme], i: int, tokens: Tokens) -> Site | None:
    """No, none, nobody or no one, where somebody or something is said to be none."""
    pair = at[i].word == "no" and word_at(at, i + 1) == "one"
    site = Site(_phrase(at, i, Fraction(0), length=1 + pair), at, tokens)
    if at[i].word == "nobody" or pair:
        return site if happened_to_nobody(site) is not None else None
    if at[i].word == "none":
        return site if happened_to_none(site, None) is not None else None
    return site if _is_no(site) else None


def article_site(token: Token, like: Site) -> Site | None:
    """The article of a noun as a number, where it is one in a list of counted ones."""
    at = like.lexemes
    i = bisect_left(at, token.idx, key=lambda lexeme: lexeme.start)
    if i == len(at) or at[i].start != token.idx:
        return None
    return Site(_phrase(at, i, Fraction(1)), at, like.tokens)


def _phrase(at: Sequence[Lexeme], i: int, worth: Fraction, *, length: int = 1) -> Phrase:
    end = i + length
    figure = Figure(i, end, Amount(end, worth, is_spelt=True), None, False, False, False)
    said = Quantity("count", value=str(worth))
    return Phrase(i, i, end, at[i].start, at[end - 1].end, said, False, figure, None)


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
    """Before a noun of casualties, of things counted close by, or to which nothing happened."""
    if site.token.tag_ != "DT" or site.next is None:
        return False
    doc, i = site.tokens.doc, site.next.i
    while (
        i < len(doc) - 1
        and doc[i].tag_.startswith(("JJ", "VBN", "NN", "HYPH"))
        and doc[i + 1].tag_.startswith("NN")
    ):
        i += 1
    noun = doc[i]
    if noun.lemma_.lower() in word_set("determiners", "absent") or _is_counted_near(noun):
        return True
    return happened_to_none(site, Head(site.next, noun, noun)) is not None


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

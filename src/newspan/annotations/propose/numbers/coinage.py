"""Currencies that no list knows: words that are no English, with which a report pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from newspan.annotations.propose.numbers.lexemes import FIGURE, WORD
from newspan.annotations.propose.numbers.lexicon import lexicon, word_set
from newspan.annotations.propose.numbers.quantity import exact
from newspan.annotations.propose.numbers.site import Site
from newspan.annotations.propose.numbers.units import UNNAMED, Unit

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token

__all__ = ["with_currencies"]

_SHORTEST = 3
"""Letters of a currency; what is shorter is an abbreviation."""
_MILLION = 10**6
_LARGE = 1000
"""From here on what is demanded or offered is money."""
_IDIOM = 6
"""Lexemes within which money "changed hands"."""


def with_currencies(sites: Sequence[Site], nlp: Language | None) -> list[Site]:
    """The sites, with the word after a figure as unit where the report pays in it.

    It must be in small letters, be none that the model's lists of English words know, and be
    named somewhere in the report where something is paid. Without a model nothing is found.
    """
    known = frozenset[str]() if nlp is None else _english(nlp)
    if not known:
        return list(sites)
    strange = {i: word for i, site in enumerate(sites) if (word := _strange(site, known))}
    paid = {word for i, word in strange.items() if _is_paid(sites[i], word)}
    return [_in_currency(site) if strange.get(i) in paid else site for i, site in enumerate(sites)]


@cache
def _english(nlp: Language) -> frozenset[str]:
    """The English words that the lemmatiser of a model knows; none if it has no list."""
    lemmatizer = nlp.get_pipe("lemmatizer") if nlp.has_pipe("lemmatizer") else None
    lookups = getattr(lemmatizer, "lookups", None)
    if lookups is None or not lookups.has_table("lemma_index"):
        return frozenset()
    words = {word for listed in lookups.get_table("lemma_index").values() for word in listed}
    if lookups.has_table("lemma_exc"):  # "scudi" is there, and its lemma nowhere
        for forms in lookups.get_table("lemma_exc").values():
            words |= {form for form, lemmas in forms.items() if not words.isdisjoint(lemmas)}
    return frozenset(words)


def _strange(site: Site, known: frozenset[str]) -> str | None:
    """The word right after a figure without a unit, if it is no English."""
    after = site.lexeme(0)
    if after is None or after.kind != WORD or site.touches_after:
        return None
    if not site.has_no_unit and not _is_million(site):
        return None
    word = after.word
    if len(word) < _SHORTEST or not site.text[after.start : after.end].islower():
        return None
    amount = site.phrase.figure.amount
    if amount.worth is None or amount.is_share or site.text[after.start - 1] == "\n":
        return None
    persons = tuple(lexicon("units")["person_endings"])
    if any(form in known for form in _forms(word)) or _is_listed(word) or word.endswith(persons):
        return None
    token = site.next
    if token is None or token.idx != after.start or token.text.lower() != word or token.is_stop:
        return None
    return None if _is_premodifier(token) or token.pos_ in ("VERB", "AUX", "ADP") else word


def _is_million(site: Site) -> bool:
    """Whether the metre of "22m" may be a million."""
    unit, last = site.phrase.figure.unit, site.lexemes[site.phrase.last - 1]
    metre = unit is not None and unit.code == "m" and last.word == "m"
    return metre and site.lexemes[site.phrase.last - 2].end == last.start


def _times(figure: str | None, times: int) -> str | None:
    return None if figure is None else exact(Fraction(figure) * times)


def _forms(word: str) -> list[str]:
    """The word, and what it may be the plural or past of."""
    forms = [word]
    for ending, instead in (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"),
                            ("ing", ""), ("ing", "e"), ("men", "man"), ("ly", "")):  # fmt: skip
        if word.endswith(ending):
            forms.append(word.removesuffix(ending) + instead)
    return forms


@cache
def _listed() -> frozenset[str]:
    classes = lexicon("classes")
    found: set[str] = set()
    for words in classes.values():
        found.update(words if not isinstance(words, dict) else ())
    return frozenset(found)


def _is_listed(word: str) -> bool:
    return any(form in _listed() for form in _forms(word))


def _is_premodifier(token: Token) -> bool:
    """Whether a noun that is counted follows: 40 karvan boats."""
    if token.i + 1 >= len(token.doc):
        return False
    after = token.nbor()
    inner = token.dep_ in ("compound", "amod", "nmod") and token.head.i > token.i
    return after.text == "-" or (inner and token.head.i - token.i < _SHORTEST)


def _is_paid(site: Site, word: str) -> bool:
    """Whether its clause speaks of paying, or a price each follows: two geltas a block."""
    after = site.word(1)
    priced = after == "apiece" or (
        after in ("a", "an", "per", "each")
        and site.word(2) in word_set("units", "priced")
        and site.kind(2) != FIGURE
    )
    if priced:
        return True
    if site.word(-1) == "for" and site.word(-2) in ("go", "goes", "going", "gone", "went"):
        return True
    words = [site.word(k) for k in range(1, _IDIOM)]
    if "hands" in words and {"change", "changed", "changing"} & set(words):
        return True
    noun = site.next
    if noun is not None and noun.dep_ == "nsubjpass" and noun.head.lemma_ == "pay":
        return False  # those who are paid
    said = site.phrase.quantity
    large = Fraction(said.value or said.high or said.low or 0) >= _LARGE
    if word.endswith("s") and not large and not _is_price(site):
        return False  # new things have plurals in -s too: sold 30 smartphones
    paying = word_set("units", "paying")
    if large:
        paying = paying | word_set("units", "bidding")
    return any(
        token.lemma_.lower() in paying or token.lower_ in paying
        for token in site.tokens.around(site.token)
    )


def _is_price(site: Site) -> bool:
    """Whether the figure stands where only a price does: cost 30, sold for 30, the fare was 30."""
    before = site.word(-1)
    if before in word_set("units", "before_price"):
        return True
    if before not in ("of", "is", "was", "to", "from", "at", "for"):
        return False
    return any(site.word(k) in word_set("units", "paying") for k in range(-5, -1))


def _in_currency(site: Site) -> Site:
    """The site with the word after it as the unit."""
    phrase, said = site.phrase, site.phrase.quantity
    after = site.lexemes[phrase.last]
    unit = Unit(phrase.last + 1, "money", UNNAMED)
    figure = phrase.figure._replace(end=unit.end, unit=unit)
    times = _MILLION if _is_million(site) else 1
    value, low, high = (_times(f, times) for f in (said.value, said.low, said.high))
    said = replace(said, kind="money", unit=UNNAMED, value=value, low=low, high=high)
    made = phrase._replace(last=unit.end, end=after.end, figure=figure, quantity=said)
    return Site(made, site.lexemes, site.tokens)

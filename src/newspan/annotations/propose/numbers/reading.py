"""From a parsed text to its numbers: the steps in order."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from newspan.annotations.propose.draft import Draft
from newspan.annotations.propose.numbers.accounts import count, own_happening
from newspan.annotations.propose.numbers.classes import class_of
from newspan.annotations.propose.numbers.coinage import with_currencies
from newspan.annotations.propose.numbers.counting import Head, counted_head
from newspan.annotations.propose.numbers.currency import dollar_of
from newspan.annotations.propose.numbers.determiners import article_site, determiner_sites
from newspan.annotations.propose.numbers.factuality import factuality_at
from newspan.annotations.propose.numbers.kinds import is_age, is_magnitude, is_more_of
from newspan.annotations.propose.numbers.lexemes import SIGN, lexemes
from newspan.annotations.propose.numbers.phrases import number_phrases
from newspan.annotations.propose.numbers.proposals import Item, drafted
from newspan.annotations.propose.numbers.site import Site, Tokens
from newspan.annotations.propose.numbers.spans import is_quantity
from newspan.annotations.propose.numbers.units import DOLLAR, RICHTER, rate
from newspan.annotations.propose.numbers.whole import add_up, whole_of
from newspan.annotations.propose.numbers.zero import (
    happened_to_nobody,
    happened_to_none,
    is_nobody,
)
from newspan.annotations.propose.tokens import text_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

__all__ = ["number_draft"]

_REMEMBERED = 40
"""Numbers before one that it may refer to."""
_CLAUSE = 10
"""Lexemes after a noun in which "each year" may belong to its number."""
_ONE_AFFECTED = ("killed", "wounded", "missing", "captured", "detained")
"""Properties by which "a soldier" in a list of counted ones is a number."""


def number_draft(doc: Doc, nlp: Language | None = None) -> Draft:
    """The numbers of a parsed text, the nouns they count, and which number is part of which.

    `figure` is left open: it needs the other reports of the story. With the model that parsed
    the text, words that are no English may be read as currencies.
    """
    if not len(doc):
        return Draft()
    items: list[Item] = []
    for site in _sites(doc, nlp):
        item = _item(site, items[-_REMEMBERED:])
        if item is not None:
            items.append(item)
    _share_units(items)
    _share_nouns(items)
    items = _with_articles(items)
    by_token = {item.site.token.i: item for item in items}
    for item in items:
        inner = _inner(item, by_token)
        if inner is not None:
            item.whole = inner
            inner.happening = own_happening(inner)
            inner.scope = "total" if inner.happening else None
            inner.factuality = "actual"
    add_up(items)
    _name_dollars(doc, items)
    return drafted(items)


def _sites(doc: Doc, nlp: Language | None) -> list[Site]:
    """Where the numbers stand, in order."""
    tokens = Tokens(doc)
    at = lexemes(tokens.text)
    read = with_currencies([Site(phrase, at, tokens) for phrase in number_phrases(at)], nlp)
    found = [site for site in read if is_quantity(site)]
    taken = {i for site in found for i in range(site.phrase.first, site.phrase.last)}
    found += [s for s in determiner_sites(at, tokens) if s.phrase.first not in taken]
    return sorted(found, key=lambda site: site.phrase.start)


def _item(site: Site, earlier: list[Item]) -> Item | None:
    item = Item(site, site.phrase.quantity)
    last = earlier[-1] if earlier else None
    if item.quantity.kind == "count":
        if is_age(site):
            item.become("age", "a")
        elif is_magnitude(site):
            item.become("measure", RICHTER)
        elif last is not None and is_more_of(site, last.site, last.quantity):
            item.become(last.quantity.kind, last.quantity.unit)
            item.per = last.per
    if is_nobody(site):
        item.counted_class, item.happening, item.scope = "person", happened_to_nobody(site), "total"
    elif item.is_counting:
        count(item, earlier)
        _count_none(item)
        if site.word(0) == "times":
            item.counted_class = "event"
        if _is_idle_one(item):
            return None
    else:
        item.whole = whole_of(item, earlier)
    item.per = item.per or _rate(item)
    item.factuality = factuality_at(item.node, site.first)
    return item


def _count_none(item: Item) -> None:
    """Say of "none" and "no tank" that something happened, where no list says what."""
    if item.quantity.value == "0" and item.site.phrase.figure.amount.is_spelt:
        head = None if item.is_elliptical else item.head
        item.happening = item.happening or happened_to_none(item.site, head)
        item.scope = item.scope or ("total" if item.happening else None)


def _is_idle_one(item: Item) -> bool:
    """One official said: the count is not the point."""
    phrase = item.site.phrase
    word = item.site.lexemes[phrase.core].word
    if word != "one" or item.quantity.value != "1" or item.quantity.modifier != "exact":
        return False
    if item.happening is not None or phrase.is_increment or item.is_elliptical:
        return False
    sentence = item.site.tokens.around(item.site.token)
    others = [t for t in sentence if t.tag_ == "CD" and t.i != item.site.token.i]
    return not others


def _rate(item: Item) -> str | None:
    """The rate after the number, after its noun, or at the end of its clause."""
    at, phrase = item.site.lexemes, item.site.phrase
    found = rate(at, phrase.last)
    if found is not None or item.head is None or item.is_elliptical:
        return found
    end = item.head.last.idx + len(item.head.last.text)
    i = bisect_left(at, end, key=lambda lexeme: lexeme.start)
    found = rate(at, i)
    for k in range(i, min(i + _CLAUSE, len(at))):
        if found is not None or at[k].kind == SIGN:
            break
        if at[k].word in ("each", "every"):
            found = rate(at, k)
    return found


def _share_units(items: list[Item]) -> None:
    """Give the 5 of "from 5 to 7 percent" the unit of the 7; so with two and three years."""
    for item, following in pairwise(items):
        joint = item.site.word(0)
        ranged = joint == "to" and item.site.word(-1) == "from"
        listed = joint in ("and", "or") and item.is_elliptical and item.happening is None
        if not (ranged or listed) or not item.site.is_bare:
            continue
        unit = following.site.phrase.figure.unit
        if unit is not None and following.site.phrase.first == item.site.phrase.last + 1:
            item.become(following.quantity.kind, following.quantity.unit)
            item.head = following.head if following.is_counting else None
            item.counted_class = following.counted_class
            item.happening = item.scope = None
            item.is_elliptical = False


def _share_nouns(items: list[Item]) -> None:
    """Give the nine and the seven of "nine, seven and six men" the noun of the last."""
    for item, following in zip(reversed(items[:-1]), reversed(items[1:]), strict=True):
        if not (item.is_elliptical and following.head is not None and not following.is_elliptical):
            continue
        between = item.site.text[item.site.phrase.end : following.site.phrase.start].strip()
        if between in (",", "and", "or", ", and") and following.quantity.kind == "count":
            item.head, item.counted_class = following.head, following.counted_class
            item.is_elliptical = False
            item.happening, item.scope = following.happening, following.scope


def _inner(item: Item, by_token: dict[int, Item]) -> Item | None:
    """The number within the of-phrase of this one: a third of the 90 houses."""
    whole = item.head.whole if item.head is not None and not item.is_elliptical else None
    return None if whole is None else by_token.get(whole.i)


def _with_articles(items: list[Item]) -> list[Item]:
    """With "a soldier" as a number where counted people are listed with him."""
    made = list(items)
    taken = {item.site.phrase.start for item in items}
    for item in made:  # grows: a marine and a soldier may stand in one list
        if item.head is None or item.is_elliptical or item.happening not in _ONE_AFFECTED:
            continue
        noun = item.head.noun
        joined = [child for child in noun.children if child.dep_ == "conj"]
        joined += [noun.head] if noun.dep_ == "conj" else []
        for other in joined:
            one = _one_of(other, item)
            if one is not None and one.site.phrase.start not in taken:
                made.append(one)
                taken.add(one.site.phrase.start)
    return sorted(made, key=lambda item: item.site.phrase.start)


def _one_of(noun: Token, like: Item) -> Item | None:
    """A person with an article as a number of one, of whom the same is said as of others."""
    article = next((c for c in noun.children if c.lower_ in ("a", "an")), None)
    site = None if article is None else article_site(article, like.site)
    if site is None or noun.tag_ not in ("NN", "NNP"):
        return None
    head = counted_head(site)
    if not isinstance(head, Head) or class_of(head) not in ("person", "soldier", "child"):
        return None
    one = replace(like, site=site, quantity=site.phrase.quantity, head=head, score=0.6)
    one.counted_class, one.scope, one.per = class_of(head), "total", None
    return one


def _name_dollars(doc: Doc, items: list[Item]) -> None:
    """Give a bare dollar the currency of the one dollar country that the report names."""
    bare = [item for item in items if item.quantity.unit == DOLLAR]
    if bare:
        code = dollar_of(text_of(doc))
        for item in bare:
            item.become(item.quantity.kind, code)

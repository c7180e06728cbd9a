"""What a number counts, what kind of thing that is, and what happened to it."""

from __future__ import annotations

from collections.abc import Sequence

from newspan.annotations.propose.numbers.classes import class_of
from newspan.annotations.propose.numbers.counting import Head, counted_head, is_nominal
from newspan.annotations.propose.numbers.ellipsis import named_by_verb, understood
from newspan.annotations.propose.numbers.governors import (
    says_again,
    says_nothing,
    shares_verb,
)
from newspan.annotations.propose.numbers.happenings import (
    happening_after,
    happening_ahead,
    happening_at,
    happening_of_word,
    speaks_of_firing,
)
from newspan.annotations.propose.numbers.kinds import is_vote
from newspan.annotations.propose.numbers.lexicon import word_set
from newspan.annotations.propose.numbers.proposals import Item
from newspan.annotations.propose.numbers.whole import whole_of

__all__ = ["count", "own_happening"]

_FIRED = ("missile", "drone")
_PERSONAL = ("killed", "wounded", "detained", "hospitalized")


def count(item: Item, earlier: Sequence[Item]) -> None:
    """Find the counted noun, its class, what is said to have happened, and the whole.

    `earlier` are the numbers before, whose nouns an ellipsis may understand.
    """
    site = item.site
    found = counted_head(site)
    by_pronoun = found is not None and not isinstance(found, Head)
    scored = site.is_score and not site.counts_next
    if isinstance(found, Head) and not scored and not _is_participle(found, item, earlier):
        item.head = found
    elif scored or is_vote(site):
        item.counted_class = "vote" if is_vote(site) else "event"
        _share_votes(item, earlier)
        return
    elif found is None:
        item.head = named_by_verb(site)
    item.counted_class = None if item.head is None else class_of(item.head)
    item.happening = _happening(item)
    if isinstance(found, Head) and item.head is None:
        item.happening = happening_of_word(found.noun)
    if item.happening is None and item.counted_class in _FIRED:
        fired = speaks_of_firing(site.tokens.around(site.token))
        item.happening = "launched" if fired else None
    item.is_elliptical = item.head is None
    if item.head is None:
        _understand(item, earlier, by_pronoun=by_pronoun)
    if item.counted_class is None and item.happening in (*_PERSONAL, "missing", "displaced"):
        item.counted_class = "person"
    item.whole = whole_of(item, earlier)
    if item.happening is None and item.whole is not None and item.quantity.kind == "count":
        item.happening = item.whole.happening if says_nothing(item.node) else None
    _scope(item, earlier)


def _is_participle(head: Head, item: Item, earlier: Sequence[Item]) -> bool:
    """Whether "wounded" is no noun: 12 troops were killed and 15 wounded."""
    if not is_nominal(head) or item.site.word(-1) == "the":
        return False
    sentence = item.site.sentence
    before = [o for o in earlier if o.site.sentence == sentence and o.head is not None]
    return any(not is_nominal(o.head) and not o.is_elliptical for o in before if o.head) or (
        head.noun.lower_ in ("hurt", "killed")
    )


def _share_votes(item: Item, earlier: Sequence[Item]) -> None:
    """Take the votes of "68 votes to 71"."""
    last = earlier[-1] if earlier else None
    if last is not None and last.counted_class == "vote" and not item.site.is_score:
        item.head = last.head
        item.is_elliptical = last.head is not None


def _understand(item: Item, earlier: Sequence[Item], *, by_pronoun: bool) -> None:
    """Take noun and class from the number before, and what happened where nothing new is said."""
    like = understood(item, earlier, by_pronoun=by_pronoun)
    if like is None:
        return
    item.head, item.counted_class = like.head, like.counted_class
    if item.happening is None:  # the class is known now
        item.happening = _happening(item)
    if item.happening is None and item.quantity.kind == "count":
        if by_pronoun:
            again = says_nothing(item.node)
        else:
            again = says_again(item.node) or shares_verb(item.node, like.node)
            again = again or item.site.word(0) == "more"
        item.happening = like.happening if again else None


def own_happening(item: Item) -> str | None:
    """What the counted noun and its premodifiers say themselves: detained men."""
    if item.head is None:
        return None
    words = item.site.tokens.doc[item.head.first.i : item.head.last.i + 1]
    return next((what for word in words if (what := happening_of_word(word)) is not None), None)


def _happening(item: Item) -> str | None:
    """What is said of it: by what governs it, else by the words after it or its own."""
    head, site = item.head, item.site
    if head is not None and not item.is_elliptical:
        own = own_happening(item)
        after, node = site.tokens.after(head.last.idx + len(head.last.text)), head.noun
        if own == "killed" and head.noun.lemma_ != "life":
            return own
    else:
        own, after, node = None, site.next, site.token
        if after is not None and after.lower_ == "of":
            end = after.i + 2
            after = after.doc[end] if end < len(after.doc) else None
    said = happening_after(after) or happening_at(node, item.counted_class, site.phrase.start)
    return said or own or happening_ahead(after, item.counted_class)


def _scope(item: Item, earlier: Sequence[Item]) -> None:
    if item.happening is None:
        return
    item.scope = "total"
    if not item.site.phrase.is_increment:
        return
    persons = word_set("happenings", "persons")
    for other in reversed(earlier):
        alike = other.counted_class == item.counted_class or (
            other.counted_class in persons and item.counted_class in persons
        )
        if alike and other.happening == item.happening:
            item.scope = "increment"
            return

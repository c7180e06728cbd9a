"""Amounts: what a run of figures and number words is worth, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache

from newspan.annotations.propose.numbers.cardinals import (
    Amount,
    cardinal,
    scale_words,
    scales,
    with_half,
)
from newspan.annotations.propose.numbers.lexemes import (
    FIGURE,
    WORD,
    Lexeme,
    glued,
    past_hyphen,
    word_at,
)
from newspan.annotations.propose.numbers.lexicon import by_first_word, lexicon, word_set
from newspan.annotations.propose.numbers.shares import (
    LONGEST_FIGURE,
    VULGAR,
    one_in,
    share_of,
    vulgar_share,
    written_share,
)

__all__ = ["Amount", "read_amount"]


def read_amount(at: Sequence[Lexeme], i: int) -> Amount | None:
    """The amount that begins at `i`, if one does."""
    if i >= len(at):
        return None
    if at[i].kind == WORD:
        return _vague(at, i) or _in_words(at, i)
    return _in_digits(at, i) if at[i].kind == FIGURE else None


@cache
def _orders() -> dict[str, Fraction]:
    return scales("vague")


@cache
def _vague_leads() -> dict[str, list[tuple[tuple[str, ...], None]]]:
    return by_first_word((lead, None) for lead in lexicon("words")["vague_lead"])


def _vague(at: Sequence[Lexeme], i: int) -> Amount | None:
    for words, _ in _vague_leads().get(at[i].word, ()):
        after = i + len(words)
        if [lexeme.word for lexeme in at[i:after]] == list(words):
            scale = scale_words().get(word_at(at, after))
            return None if scale is None else Amount(after + 1, None, order=scale, is_spelt=True)
    order = _orders().get(at[i].word)
    if order is None:
        return None
    end = i + 1
    if word_at(at, end) == "of" and word_at(at, end + 1) in _orders():
        order *= _orders()[at[end + 1].word]
        end += 2
    return Amount(end, None, order=order, is_spelt=True)


def _in_digits(at: Sequence[Lexeme], i: int) -> Amount | None:
    figure = at[i].word
    if len(figure) > LONGEST_FIGURE:
        return None
    worth = Fraction("".join(c for c in figure if c.isdigit() or c == "."))
    if word_at(at, i + 1) == "/" and glued(at, i + 1) and glued(at, i + 2):
        return written_share(at, i, worth)
    if (share := one_in(at, i + 1, worth)) is not None:
        return share
    end = i + 1
    if word_at(at, end) in VULGAR and word_at(at, end) and at[end].start - at[i].end <= 1:
        worth += vulgar_share(at[end].word)
        end += 1
    return with_half(at, end, worth)


def _in_words(at: Sequence[Lexeme], i: int) -> Amount | None:
    word = at[i].word
    if word in VULGAR:
        return Amount(i + 1, vulgar_share(word), is_share=True)
    article = word in ("a", "an")
    first = i + 1 if article else i
    if (share := share_of(at, first, Fraction(1))) is not None:
        return share if article or at[first].word == "half" else None
    if article:
        return _after_article(at, first)
    if word in scale_words():
        return None
    counted = cardinal(at, i)
    if counted is None or counted.worth is None:
        return None
    over = counted.worth
    share = one_in(at, counted.end, over) or share_of(at, past_hyphen(at, counted.end), over)
    if share is not None:
        return share
    if word_at(at, past_hyphen(at, counted.end)) in word_set("words", "ordinals"):
        return None
    made = with_half(at, counted.end, over, spelt=True)
    return made if made.scale != 1 else made._replace(scale=counted.scale)


def _after_article(at: Sequence[Lexeme], i: int) -> Amount | None:
    """A hundred, a dozen, a million and a half."""
    scale = scale_words().get(word_at(at, i))
    if scale is None:
        return None
    counted = cardinal(at, i) or Amount(i + 1, scale)
    if counted.worth == scale and word_at(at, counted.end) == "and":
        return with_half(at, i, Fraction(1), spelt=True)
    return with_half(at, counted.end, counted.worth or scale, spelt=True)

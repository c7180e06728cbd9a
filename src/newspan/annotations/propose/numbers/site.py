"""A number phrase where it stands: its tokens, and the words and signs beside it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newspan.annotations.propose.numbers.lexemes import FIGURE, WORD, Lexeme
from newspan.annotations.propose.numbers.phrases import Phrase
from newspan.annotations.propose.tokens import text_of, token_at, token_starts

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Site", "Tokens", "is_noun"]


_NEAR = 80
"""Tokens on each side that are looked at in a long sentence."""


def is_noun(token: Token | None) -> bool:
    """Whether the token is tagged as a noun or a name."""
    return token is not None and token.tag_.startswith("NN")


class Tokens:
    """The tokens of a text, found by their place in it."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = text_of(doc)  # made anew at every look, so looked at once
        self._sentences = [sentence.start for sentence in doc.sents] or [0]
        self._starts = token_starts(doc)

    def at(self, offset: int) -> Token | None:
        """The token that covers a place, or the last before it."""
        return token_at(self.doc, offset)

    def sentence_of(self, token: Token) -> int:
        """Index of the first token of its sentence."""
        return self._sentences[bisect_right(self._sentences, token.i) - 1]

    def around(self, token: Token) -> Sequence[Token]:
        """The tokens of its sentence that are not too far off."""
        k = bisect_right(self._sentences, token.i)
        end = self._sentences[k] if k < len(self._sentences) else len(self.doc)
        first = max(self._sentences[k - 1], token.i - _NEAR)
        return list(self.doc[first : min(end, token.i + _NEAR)])

    def before(self, offset: int) -> Token | None:
        """The last token that ends at or before a place, but no white space."""
        return self._solid(bisect_right(self._starts, offset - 1) - 1, -1)

    def after(self, offset: int) -> Token | None:
        """The first token that begins at or after a place, but no white space on one line."""
        return self._solid(bisect_right(self._starts, offset - 1), 1)

    def _solid(self, i: int, step: int) -> Token | None:
        while 0 <= i < len(self.doc):
            token = self.doc[i]
            if not token.is_space:
                return token
            if "\n" in token.text:
                return None
            i += step
        return None


class Site:
    """What the rules about one phrase ask of its surroundings."""

    def __init__(self, phrase: Phrase, at: Sequence[Lexeme], tokens: Tokens) -> None:
        self.phrase = phrase
        self.lexemes = at
        self.tokens = tokens
        self.text = tokens.text
        self.previous = tokens.before(phrase.start)
        self.next = tokens.after(phrase.end)
        core = tokens.at(at[phrase.figure.amount.end - 1].start)
        self.token: Token = core if core is not None else tokens.doc[0]
        """Where its figure ends: in "two hundred" the word that heads it."""
        last = tokens.at(phrase.end - 1)
        self.last: Token = last if last is not None else self.token
        self.sentence = tokens.sentence_of(self.token)
        """Index of the first token of its sentence."""

    @property
    def first(self) -> Token:
        """Where it begins, modifier included."""
        token = self.tokens.at(self.phrase.start)
        return self.token if token is None else token

    @property
    def is_bare(self) -> bool:
        """Whether it has neither unit nor modifier."""
        return self.phrase.quantity.unit is None and not self.phrase.lead and self.has_no_unit

    @property
    def has_no_unit(self) -> bool:
        """Whether no unit word stands with it."""
        return self.phrase.figure.unit is None

    def word(self, offset: int) -> str:
        """The word of the lexeme so far after the phrase (0 is the next), or before (-1)."""
        i = self.phrase.last + offset if offset >= 0 else self.phrase.first + offset
        return self.lexemes[i].word if 0 <= i < len(self.lexemes) else "\n"

    def lexeme(self, offset: int) -> Lexeme | None:
        """As `word`, the lexeme."""
        i = self.phrase.last + offset if offset >= 0 else self.phrase.first + offset
        return self.lexemes[i] if 0 <= i < len(self.lexemes) else None

    def kind(self, offset: int) -> int | None:
        """As `word`, what the lexeme is."""
        found = self.lexeme(offset)
        return None if found is None else found.kind

    def is_capital(self, offset: int) -> bool:
        """Whether that lexeme is a word that begins with a capital."""
        found = self.lexeme(offset)
        return found is not None and found.kind == WORD and self.text[found.start].isupper()

    @property
    def is_capital_inside(self) -> bool:
        """Whether it begins with a capital that is not that of its sentence."""
        first = self.token.is_sent_start or self.word(-1) in ("\n", ".", "“", '"', "‘", ":")
        return self.text[self.phrase.start].isupper() and not first

    @property
    def touches_before(self) -> bool:
        """Whether nothing stands between it and the lexeme before."""
        found = self.lexeme(-1)
        return found is not None and found.end == self.phrase.start

    @property
    def touches_after(self) -> bool:
        """Whether nothing stands between it and the lexeme after."""
        found = self.lexeme(0)
        return found is not None and found.start == self.phrase.end

    @property
    def is_figure(self) -> bool:
        """Whether it is digits alone."""
        return self.is_bare and self.lexemes[self.phrase.core].kind == FIGURE

    @property
    def is_score(self) -> bool:
        """Whether a dash joins it with another short figure: one side of a score or vote."""
        figure = self.lexemes[self.phrase.core]
        if not self.is_figure or len(figure.word) > 3:
            return False
        return any(
            self.word(near) in ("-", "–", "—", "‑")
            and self.kind(far) == FIGURE
            and len(self.word(far)) <= 3
            and self.word(beyond) not in ("-", "–", "—", "‑")
            for near, far, beyond in ((0, 1, 2), (-1, -2, -3))
        )

    @property
    def counts_next(self) -> bool:
        """Whether a plural noun, or one with words before it, follows and is counted."""
        after = self.next
        if after is None or (after.idx - self.phrase.end) > 2:
            return False
        if after.tag_ in ("NNS", "NNPS") or after.lower_ == "people":
            return True
        return (
            self.token.dep_ == "nummod"
            and self.token.head.tag_ in ("NNS", "NNPS")
            and (self.token.head.i > self.token.i)
        )

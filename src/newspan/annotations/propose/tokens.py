"""From offsets to tokens."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["sentence_around", "token_at"]

_STARTS = "newspan_token_starts"
_SENTENCES = "newspan_sentence_starts"


def token_at(doc: Doc, offset: int) -> Token | None:
    """The token that a character stands in, or the one before the white space it is.

    Null where nothing stands before it. spaCy's own `char_span` goes through the whole text.
    """
    starts = doc.user_data.get(_STARTS)
    if starts is None:
        starts = doc.user_data[_STARTS] = [token.idx for token in doc]
    at = bisect_right(starts, offset) - 1
    return doc[at] if at >= 0 else None


def sentence_around(doc: Doc, token: Token) -> tuple[int, int]:
    """Where the token's sentence starts and ends, in characters.

    `token.sent` goes through the whole text each time.
    """
    starts = doc.user_data.get(_SENTENCES)
    if starts is None:
        starts = doc.user_data[_SENTENCES] = [t.idx for t in doc if t.is_sent_start]
    at = bisect_right(starts, token.idx)
    return starts[at - 1] if at else 0, starts[at] if at < len(starts) else len(doc.text)

"""From offsets to tokens."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["sentence_around", "text_of", "token_at", "token_starts", "tokens_with"]

_STARTS = "newspan_token_starts"
_TEXT = "newspan_text"
_SENTENCES = "newspan_sentence_starts"


def text_of(doc: Doc) -> str:
    """The text; spaCy joins its tokens anew each time it is asked for."""
    text: str | None = doc.user_data.get(_TEXT)
    if text is None:
        text = doc.user_data[_TEXT] = doc.text
    return text


def token_starts(doc: Doc) -> list[int]:
    """Where each token starts."""
    if _STARTS not in doc.user_data:
        doc.user_data[_STARTS] = doc.to_array("IDX").tolist()
    starts: list[int] = doc.user_data[_STARTS]
    return starts


def token_at(doc: Doc, offset: int) -> Token | None:
    """The token that a character stands in, or the one before the white space it is.

    Null where nothing stands before it. spaCy's own `char_span` goes through the whole text.
    """
    at = bisect_right(token_starts(doc), offset) - 1
    return doc[at] if at >= 0 else None


def tokens_with(doc: Doc, attribute: str, values: Iterable[str]) -> Iterator[Token]:
    """The tokens whose attribute (LEMMA, LOWER, ORTH, POS …) is one of the values, in order.

    Looked for in an array: to make every token of a text costs more than all the rest.
    """
    wanted = [doc.vocab.strings[value] for value in values if value in doc.vocab.strings]
    if wanted:
        for i in np.flatnonzero(np.isin(doc.to_array(attribute), wanted)):
            yield doc[int(i)]


def _sentence_starts(doc: Doc) -> list[int]:
    begins = doc.to_array("SENT_START") == 1
    starts: list[int] = doc.to_array("IDX")[begins].tolist()
    return starts


def sentence_around(doc: Doc, token: Token) -> tuple[int, int]:
    """Where the token's sentence starts and ends, in characters.

    `token.sent` goes through the whole text each time.
    """
    starts = doc.user_data.get(_SENTENCES)
    if starts is None:
        starts = doc.user_data[_SENTENCES] = _sentence_starts(doc)
    at = bisect_right(starts, token.idx)
    return starts[at - 1] if at else 0, starts[at] if at < len(starts) else len(text_of(doc))

"""The title in front of a person's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newspan.annotations.propose.names.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["title_before"]


def title_before(span: Span) -> str | None:
    """The words before a name that belong to it: its title with what stands before that in the
    noun phrase, but no article and no possessor (guideline A2a). Null without a title."""
    doc = span.doc
    if span.start == 0 or not _ends_title(doc[span.start - 1], span):
        return None
    start = span.start - 1
    while start > 0 and _goes_on(doc[start - 1], doc[start]):
        start -= 1
    while doc[start].is_punct or doc[start].is_space:
        start += 1
    return str(doc[start : span.start].text).strip() or None


def _ends_title(token: Token, name: Span) -> bool:
    if token.is_space or token.is_punct:
        return False
    if token.lower_ in words("words.yaml", "person_titles"):
        return True
    start = token.i
    while start > max(0, token.i - 5) and not token.doc[start].is_punct:
        start -= 1
        if token.doc[start].lower_ in words("words.yaml", "of_titles"):
            return token.doc[start + 1].lower_ == "of"  # "Secretary of State for Defence"
    # "relief worker Mila Dostane"; not "Monday", not a name that runs on.
    role = token.pos_ == "NOUN" and token.is_lower and not token.ent_type_
    return role and token.dep_ in ("compound", "nmod") and token.head in name


def _goes_on(token: Token, follows: Token) -> bool:
    """Whether the token belongs to the title that the next begins."""
    if token.text == "-" or follows.text == "-":
        return not token.is_space
    if token.is_space or token.is_punct or token.text in ("'s", "’s"):
        return False
    lead = words("words.yaml", "title_lead") | words("words.yaml", "person_titles")
    if token.lower_ in lead or (token.lower_ in ("of", "for") and token.dep_ == "prep"):
        return True
    return token.pos_ in ("PROPN", "ADJ", "NOUN") and token.dep_ in ("compound", "amod", "nmod")

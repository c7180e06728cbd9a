"""Numbers proposed in a text, as the tests of their rules ask for them."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

pytest.importorskip("spacy")
pytest.importorskip("text_to_num")

from newspan.annotations.propose.draft import Draft, Proposal
from newspan.annotations.propose.language import chosen_model, language_model
from newspan.annotations.propose.numbers import number_draft
from newspan.errors import MissingExtra


@cache
def nlp() -> Any:
    try:
        return language_model(chosen_model())
    except MissingExtra as error:
        pytest.skip(str(error))


@cache
def draft_of(text: str) -> Draft:
    return number_draft(nlp()(text), nlp())


def words_of(text: str, proposal: Proposal) -> str:
    return text[proposal.start : proposal.end]


def numbers_of(text: str) -> list[str]:
    return [words_of(text, p) for p in draft_of(text).spans if p.layer == "number"]


def number_of(text: str, words: str) -> dict[str, Any]:
    """What is proposed of the number with these words."""
    for proposal in draft_of(text).spans:
        if proposal.layer == "number" and words_of(text, proposal) == words:
            return dict(proposal.attributes)
    raise AssertionError(f"no number {words!r} among {numbers_of(text)}")


def ties_of(text: str, kind: str) -> list[tuple[str, str]]:
    """The words at both ends of each relation of a kind."""
    ties = [tie for tie in draft_of(text).ties if tie.type == kind]
    return [(words_of(text, tie.head), words_of(text, tie.tail)) for tie in ties]

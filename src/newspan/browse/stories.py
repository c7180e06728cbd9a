"""The claims of each story, question by question, as the page draws them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from newspan.corpus.claims import Question, questions, range_text
from newspan.corpus.derived import derived_tables
from newspan.schema.model import Document, Entity, region_of

__all__ = ["story_records"]

NO_CURRENCY = "XXX"
"""ISO 4217's code where no currency is meant: that of an invented country."""

_SHOWN = {
    "region": "region", "low": "low_float", "high": "high_float", "value": "value_float",
    "modifier": "modifier", "words": "text", "polarity": "polarity", "factuality": "factuality",
    "attribution": "attribution", "counted": "counted", "place": "place",
}  # fmt: skip
"""Field of a record to the column it comes from."""


def story_records(
    documents: Iterable[Document], entities: Mapping[str, Entity]
) -> dict[str, list[dict[str, Any]]]:
    """Story to its questions, those with figures that exclude each other first.

    A question has `figure`, `scope`, `claims` in the order of publication, and `conflicts`:
    pairs of places in that list whose figures cannot both be right.
    """
    held = {document.article.id: document for document in documents}
    table = derived_tables(held.values(), entities)["claims"].sort_by(
        [("story", "ascending"), ("published", "ascending"), ("article_id", "ascending"),
         ("start", "ascending")]
    )  # fmt: skip
    stories: dict[str, list[dict[str, Any]]] = {}
    for question in questions(table):
        stories.setdefault(question.story, []).append(_question(question, held))
    for asked in stories.values():
        asked.sort(key=lambda q: (-len(q["conflicts"]), not q["differs"], -len(q["claims"])))
    return stories


def _question(question: Question, held: Mapping[str, Document]) -> dict[str, Any]:
    place = {claim["id"]: number for number, claim in enumerate(question.claims)}
    return {
        "figure": question.figure,
        "scope": question.scope,
        "differs": question.differs,
        "conflicts": [[place[a["id"]], place[b["id"]]] for a, b in question.contradictions],
        "claims": [_claim(claim, held[claim["article_id"]]) for claim in question.claims],
    }


def _claim(claim: Mapping[str, Any], document: Document) -> dict[str, Any]:
    found = {**claim, "region": region_of(claim["id"])}
    record = {name: found[column] for name, column in _SHOWN.items()}
    record["article"] = claim["article_id"]
    record["figure"] = _figure(claim)
    record["magnitude"] = None if claim["magnitude"] is None else float(claim["magnitude"])
    record["who"] = claim["source_name"] or claim["source"] or claim["source_entity"]
    outer = claim["outer_source"] or claim["outer_source_entity"]
    same = claim["outer_source_entity"] in (None, claim["source_entity"])
    record["through"] = None if same else outer
    record["sentence"] = _sentence(claim, document.article.text)
    return {name: value for name, value in record.items() if value is not None}


def _figure(claim: Mapping[str, Any]) -> str:
    """The figure in signs; in its words, where these are here and signs would say less."""
    signs_say_less = claim["modifier"] == "vague" or claim["unit"] == NO_CURRENCY
    if signs_say_less and claim["text"] is not None:
        return str(claim["text"])
    return range_text(dict(claim))


def _sentence(claim: Mapping[str, Any], text: str | None) -> list[int] | None:
    """Start and end of the sentence around the figure, in code points."""
    if text is None or claim["sentence"] is None:
        return None
    earliest = max(0, claim["end"] - len(claim["sentence"]))
    start = text.find(claim["sentence"], earliest)
    if not 0 <= start <= claim["start"]:
        return None
    return [start, start + len(claim["sentence"])]

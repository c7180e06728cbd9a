"""The Responsible-AI fields of a Croissant file, read from the datasheet."""

from __future__ import annotations

import re

from newspan.errors import Fault, NewspanError

__all__ = ["QUESTIONS", "responsible_fields"]

QUESTIONS = {
    "data_collection": "How was the data acquired?",
    "data_collection_missing_data": "Is any information missing?",
    "data_collection_raw_data": "Is the raw data kept?",
    "data_preprocessing_protocol": "What was done to the texts?",
    "data_annotation_protocol": "How was it annotated?",
    "data_annotation_analysis": "Agreement between machine passes.",
    "annotator_demographics": "Annotator demographic.",
    "machine_annotation_tools": "With which tools?",
    "data_biases": "Which biases does it have?",
    "data_use_cases": "What could it be used for?",
    "data_limitations": "What are its known limits?",
    "data_social_impact": "What could go wrong?",
    "personal_sensitive_information": "Does it contain sensitive data about people?",
    "data_release_maintenance_plan": "Will it be updated?",
}
"""Field of the vocabulary (http://mlcommons.org/croissant/RAI/1.0) to the question it answers."""

_LISTS = frozenset(
    {"data_preprocessing_protocol", "data_annotation_protocol", "machine_annotation_tools",
     "data_biases", "data_use_cases", "data_limitations",
     "personal_sensitive_information", "data_annotation_analysis", "annotator_demographics"}
)  # fmt: skip
"""Fields that take a list."""
_ANSWER = r"^\*\*{question}\*\*\s+(?P<answer>.+?)(?=^\*\*|^## |^<!-- |\Z)"
_MARKUP = re.compile(r"`|\[([^\]]*)\]\([^)]*\)|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)")


def responsible_fields(datasheet: str) -> dict[str, str | list[str]]:
    """The fields that the datasheet answers, without its markup.

    Raises NewspanError naming every question that it does not answer, for whoever publishes
    a corpus should.
    """
    found: dict[str, str | list[str]] = {}
    missing = []
    for field, question in QUESTIONS.items():
        pattern = _ANSWER.format(question=re.escape(question))
        match = re.search(pattern, datasheet, re.DOTALL | re.MULTILINE)
        answer = _plain(match["answer"]) if match else ""
        if not answer:
            missing.append(question)
        found[field] = [answer] if field in _LISTS else answer
    if missing:
        raise NewspanError(
            *(Fault(f"DATASHEET.md does not answer “{question}”.",
                    f"Write a paragraph that begins with **{question}**") for question in missing)
        )  # fmt: skip
    return found


def _plain(markdown: str) -> str:
    return " ".join(_MARKUP.sub(lambda m: m[1] or "", markdown).split())

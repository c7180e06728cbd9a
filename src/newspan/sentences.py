"""Sentence offsets, by rules: good enough to show a figure in its sentence.

Paragraphs always end a sentence. Inside one, a sentence ends at a full stop, question or
exclamation mark, with any closing marks, where the next word could begin a sentence.
"""

from __future__ import annotations

import re

from newspan.text import paragraphs

__all__ = ["sentences"]

_CLOSING = "\"'”’»)\\]"
_OPENING = "\"'“‘«(\\["
_END = re.compile(
    rf"(?<![.!?…])[.!?…]+[{_CLOSING}]*(?P<space>\s+)(?=[{_OPENING}]*(?P<next>[^\W_]+))"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“\"‘'])(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Lt|Col|Maj|Capt|Cmdr|Sgt|Adm|Brig|Sen|Rep"
    r"|Gov|Rev|Hon|No|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|vs|etc|e\.g|i\.e|approx|ca|Co|Inc|Ltd"
    r"|(?P<initials>[A-Z](?:\.[A-Z]){0,5}))\.$"
)
_STARTERS = frozenset(
    {
        "The",
        "A",
        "An",
        "It",
        "He",
        "She",
        "They",
        "We",
        "I",
        "You",
        "This",
        "That",
        "These",
        "Those",
        "There",
        "In",
        "On",
        "At",
        "But",
        "And",
    }
)  # fmt: skip
"""Words that, after initials such as U.S., begin a sentence rather than go on with a name."""

_LONGEST = 24
"""No abbreviation is longer, so this much of a sentence is looked at."""


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence of a normalised text, in code points, half-open.

    No sentence begins or ends with white space; every other character is in one.
    """
    found = []
    for start, paragraph in paragraphs(text):
        for line in paragraph.split("\n"):
            at = 0
            for match in _END.finditer(line):
                if _ends(line, at, match):
                    found.append((start + at, start + match.start("space")))
                    at = match.end()
            if line[at:]:
                found.append((start + at, start + len(line)))
            start += len(line) + 1
    return found


def _ends(line: str, at: int, match: re.Match[str]) -> bool:
    """Whether the sentence that begins at `at` ends where `match` says."""
    following = match["next"]
    if following[0].islower():
        return False
    head = line[max(at, match.start("space") - _LONGEST) : match.start("space")]
    bare = head.rstrip("\"'”’»)]")
    cut = match.start("space") - _LONGEST > at
    found = _ABBREVIATION.search(f"x{bare}" if cut else bare)
    if found is None:
        return True
    if found["initials"] is None:
        return False
    # “J. The” hardly occurs; “the U.S. The” and “the U.S. “We” do.
    opened = line[match.end()] in '"“‘«'
    return "." in found["initials"] and (opened or following in _STARTERS)

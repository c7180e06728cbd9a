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
_END = re.compile(rf"[.!?…]+[{_CLOSING}]*\s+(?=[{_OPENING}]*[^\W_])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"‘'])(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Lt|Col|Maj|Capt|Cmdr|Sgt|Adm|Brig|Sen|Rep|Gov"
    r"|Rev|Hon|No|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|vs|etc|e\.g|i\.e|approx|ca|Co|Inc|Ltd"
    r"|[A-Z](?:\.[A-Z])*)\.$"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence of a normalised text, in code points, half-open.

    No sentence begins or ends with white space; every other character is in one.
    """
    found = []
    for start, paragraph in paragraphs(text):
        for line_start, line in _lines(start, paragraph):
            at = 0
            for match in _END.finditer(line):
                head = line[at : match.end()].rstrip()
                if _ends(head, line[match.end() :]):
                    found.append((line_start + at, line_start + at + len(head)))
                    at = match.end()
            if line[at:]:
                found.append((line_start + at, line_start + len(line)))
    return found


def _lines(start: int, paragraph: str) -> list[tuple[int, str]]:
    lines = []
    for line in paragraph.split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    return lines


def _ends(head: str, rest: str) -> bool:
    """Whether a sentence ends after `head`, given what follows it."""
    following = rest.lstrip("\"'“‘«([")[:1]
    if following.islower():
        return False
    bare = head.rstrip("\"'”’»)]")
    return not (bare.endswith(".") and _ABBREVIATION.search(bare))

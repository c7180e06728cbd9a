"""CoNLL-U Plus: a token a line, a column of BIO labels for each layer; for training taggers.

The format is https://universaldependencies.org/ext-format.html, with the columns

    # global.columns = ID FORM MISC NEWSPAN:ACTOR NEWSPAN:LOCATION NEWSPAN:NUMBER …

`# newdoc id` is the article, `# newpar` begins a paragraph, `# sent_id` and `# text` a sentence.
A label is B- or I- with the type of the span, `B-person`, or with the layer where that has no
types, `I-cue`. Tokens are words, numbers and single signs, cut where a span begins or ends.
White space other than one blank is in MISC, as `SpaceAfter=No`, or as `SpacesAfter` and
`SpacesBefore` with `\\s`, `\\t`, `\\n`, `\\r`, `\\p` for the bar and `\\\\`, so that the text comes
back exactly. An article of white space alone has it in a comment, `# spaces`.

Held are the text and the spans' places and types, nothing else. Read is also what others write,
CoNLL-U without any labels too: then the text is what FORM and MISC make of it, and has to be
what `# text` says; a paragraph begins on a line of its own.
"""

from __future__ import annotations

from newspan.formats.conllup.decode import decode
from newspan.formats.conllup.encode import encode

__all__ = ["HOLDS", "decode", "encode"]

HOLDS: frozenset[str] = frozenset()

"""brat's stand-off format: `<article>.txt` with `<article>.ann`, in a folder of them.

In the `.ann` file, as brat shows and edits it:

    T1<tab>actor 0 9<tab>Ana Duval          the layer, code points, the words
    A1<tab>actor_type T1 person             labels and flags of the model
    N1<tab>Reference T1 newspan:ana-duval   the key of an entity
    R1<tab>said_by Arg1:T2 Arg2:T1          head and tail
    #1<tab>AnnotatorNotes T1<tab>which one? the note
    #2<tab>newspan T1<tab>{"id":...}        what brat has no place for, as JSON

brat deletes an attribute that its configuration has no values for, and an entity of a database
it does not know, as soon as the span is edited; it keeps notes of other types than its own, and
deletes them with their span. So free values (figures, units, titles), the id, the maker and the
score stand in the note `newspan`. The metadata of the article stand in `<article>.newspan.json`,
which brat does not look at.

A line of the `.ann` file is at most one line of the text: a fragment with line breaks is written
as several, and fragments that only part at line breaks are joined again. A span whose own
fragments part there says so in its note.

The `.ann` file wins: a span may have been deleted, moved, given another type or other labels,
or added with no note; an entity in an N line goes before the one in the note. Files written by
others need no note at all: `PERSON`, `ORG`, `GPE` and the like are read as well as layers.
Holds everything but articles without their text.
"""

from newspan.formats.brat.decode import decode
from newspan.formats.brat.encode import encode
from newspan.formats.brat.lines import HOLDS

__all__ = ["HOLDS", "decode", "encode"]

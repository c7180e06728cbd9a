"""Label Studio's JSON: one task per article, one annotation or prediction per pass.

Holds everything a Document has. A span is one region, or, if discontinuous, one region a
fragment joined by the relation `continues`; all results of a region share its id. What
Label Studio has no field for travels where its editor leaves it alone: article metadata
in `data.article`, notes and provenance in a region's `meta`.

Label Studio holds one relation per ordered pair of regions, with several labels; two
relations of one type between the same two spans are one. Not carried: Label Studio's own
bookkeeping (task numbers, times, lead time), which has no place in a Document.
"""

from newspan.formats.label_studio.decode import Reading, decode, read, tasks_of
from newspan.formats.label_studio.encode import encode, provenance_of
from newspan.formats.loss import LOSABLE

__all__ = ["HOLDS", "Reading", "decode", "encode", "provenance_of", "read", "tasks_of"]

HOLDS = frozenset(LOSABLE)
"""What the format can carry, in the terms of the contract test."""

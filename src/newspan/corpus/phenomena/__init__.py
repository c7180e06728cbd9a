"""An index of what is hard in the corpus: broken quotes, chains of sources, ranges, zeros.

Every entry is derived from the annotation and the texts, so that the index cannot go stale:
`newspan phenomena` lists it, `corpus/phenomena.csv` holds it, the datasheet counts it.
"""

from newspan.corpus.phenomena.index import Entry, counts_markdown, index, index_csv, meanings

__all__ = ["Entry", "counts_markdown", "index", "index_csv", "meanings"]

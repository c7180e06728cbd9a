"""Offsets were counted in UTF-16 units, and an emoji stands in the text."""

from newspan.text import OffsetMap
from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.reword("inv-0003", "on a forum", "on a forum 🚢")
    units = OffsetMap(corpus.article("inv-0003")["text"], "utf-16")
    corpus.shift("inv-0003", lambda n: int(units.to_units([n])[0]))

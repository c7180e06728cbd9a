"""Between the first words and the last of a long report nothing is annotated."""

from validation.small_corpus import Corpus

FILLER = " The water rose and fell again before anybody could measure it." * 80


def corrupt(corpus: Corpus) -> None:
    corpus.reword("inv-0003", "he said. Up", f"he said.{FILLER} Up")

"""Two fragments of a quote touch."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    quote = corpus.span("inv-0001/q4")
    start, end = quote["start"], quote["end"]
    quote["fragments"] = [{"start": start, "end": start + 1}, {"start": start + 1, "end": end}]
    quote["text"] = "“ … a warning”"

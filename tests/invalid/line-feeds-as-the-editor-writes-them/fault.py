"""A quote over two paragraphs has the editor's text, where a line feed is two characters."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.reword("inv-0003", "leave it,’ and we left", "leave it.’\n\n“And we left")
    quote = corpus.span("inv-0003/q2")
    quote["text"] = quote["text"].replace("\n", "\\n")

"""Line feeds became CRLF after the text was annotated."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    text = corpus.article("inv-0001")["text"]
    corpus.rewrite("inv-0001", text.replace("\n", "\r\n"))

"""Another article has the id of this one."""

from newspan.text import fingerprint
from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    other = corpus.article("inv-0003") | {"text": "Other.", "text_sha256": fingerprint("Other.")}
    corpus.articles.append(other | {"paragraph_sha256": [fingerprint("Other.")], "n_chars": 6})

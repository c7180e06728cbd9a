"""An article of another split has the id of this one."""

from validation.small_corpus import Corpus

from newspan.text import fingerprint


def corrupt(corpus: Corpus) -> None:
    other = corpus.article("inv-0003") | {"split": "test", "file_split": "test", "story": "other"}
    corpus.articles.append(other)
    other.update(text_sha256=fingerprint("Other."), text="Other.", n_chars=6)
    other["paragraph_sha256"] = [other["text_sha256"]]
    corpus.count_derived()

"""spaCy's DocBin (`.spacy`): everything a Document has, and spans that spaCy can train on.

    import spacy
    from spacy.tokens import DocBin

    nlp = spacy.blank("en")
    docs = list(DocBin().from_disk("corpus.spacy").get_docs(nlp.vocab))
    docs[0].spans["actor"]                      # label_: the type; id_: the region of the span

**Written.** A Doc per article, cut by the tokenizer of its language (English where spaCy has
none), so that `doc.text` is the article's text to the letter. `doc.spans` has a group for each
layer: the label of a span is its type (`person`, `city`, `direct` …), or the layer where that
has no types (`cue`, `counted`); its id is the region of the newspan id, or the whole id where
two passes have the same region. Each fragment of a span in fragments is a spaCy span of its own,
with the id in common. `doc.user_data["newspan"]` has all the rest:

- `schema`: the version of the data model;
- `article`: the article without its text; `standoff`: whether its text is left out;
- `spans`: all spans without their words, as in JSON Lines; `relations`: all relations;
- `not_on_tokens`: ids of the spans that do not begin and end where tokens do, as `5` in `5bn`.
  spaCy cannot hold them, so they are in no group; count them before you train.

**Read back.** Where there is a group of a layer, it is the truth: a span taken out of it is gone,
with its relations; a moved or relabelled one is so; a new one is of an unknown annotator and has
the least telling attributes. `user_data` adds attributes, notes, relations and so on, the spans
in `not_on_tokens`, and whole layers whose group was deleted. Other groups and `doc.ents` are not
read then. Save with `DocBin(docs=docs, store_user_data=True).to_disk(…)`: without its user data
a file is read as one of others.

**Files of others** have no such user data. Their spans are those of `doc.ents` and of every group
in `doc.spans`. The labels of a group that is called as a layer are types of it; elsewhere a label
is a layer with its type (`actor:person`), either of them alone (`cue`, `government_body`; not
`other`), or `PERSON`/`PER`, `ORG`, `GPE`, `LOC` and `FAC`. Any other is an error: take such spans
out before, as those of `DATE`. Documents are named after the file, with a number.

To train an entity recogniser, which wants spans that do not overlap, longest first:

    from spacy.util import filter_spans
    for doc in docs:
        doc.ents = filter_spans([*doc.spans["actor"], *doc.spans["location"]])

A DocBin is MessagePack under zlib, described in spaCy's `DocBin`. No code is in it and none is
run. It is read here without spaCy's own reader, which trusts the numbers in a file.
"""

from __future__ import annotations

from newspan.formats.docbin.decode import decode
from newspan.formats.docbin.encode import encode
from newspan.formats.loss import LOSABLE

__all__ = ["HOLDS", "decode", "encode"]

HOLDS = frozenset(LOSABLE)

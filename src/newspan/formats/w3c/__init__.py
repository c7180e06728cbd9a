"""W3C Web Annotations as JSON-LD: one AnnotationCollection with one page. Lossless.

Web Annotation Data Model, W3C Recommendation of 23 February 2017
(https://www.w3.org/TR/annotation-model/); sections in brackets.

- An article is a target that is described (3.2.1): `urn:newspan:article:<id>`, a Text with
  format and language. Its text stands there as `value`, so that the file needs no other; a
  stand-off article has none. It is not written as a TextualBody, since a body is *about* its
  target (3.2.4) and the text is the target itself. The body of that annotation is the
  article's metadata.
- A span is an annotation whose target is a SpecificResource (4) with a TextPositionSelector
  and, where there is a text, a TextQuoteSelector. Its bodies (3.2): a tag, `actor:person` or
  `cue`; a Dataset with the attributes, in terms of `urn:newspan:term:`; the note, as a comment.
  Who made it is the creator (3.3.1): a Person or Software.
- A span in fragments has a target for each. The Recommendation relates a body to each target
  by itself (3.2.6), which is true of a tag; that they are one span is known to us.
- A relation is an annotation of motivation linking (3.3.5): the head is the target, the tail a
  body of purpose linking, the type a tag.

Positions count code points, as the Recommendation demands (4.2.4, 4.2.5). Browsers' tools count
UTF-16 units: where not all quotes of a file stand at their code points, but all stand at their
UTF-16 units, positions are taken as those. Any other quote that does not stand at its position
is an error. A quote without position must occur exactly once, with its prefix and suffix.

Of other tools' annotations are read: tags and classifications as labels (`formats.labels`),
comments as notes, creators, linking annotations with two targets. The text must be in the file,
as `value` of a target or source. Bodies of other purposes are left aside.
"""

from __future__ import annotations

from newspan.formats.loss import LOSABLE
from newspan.formats.w3c.read import decode
from newspan.formats.w3c.write import encode

__all__ = ["HOLDS", "decode", "encode"]

HOLDS = frozenset(LOSABLE)

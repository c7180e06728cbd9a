"""UIMA CAS: what its two serialisations, XMI (`cas.xmi`) and JSON (`cas.json`), share.

A document is a CAS with one view, its text the view's sofa. INCEpTION reads it: TypeSystem.xml
is imported under Settings › Layers, the files under Settings › Documents. The types are derived
from the model (`types`):

- a span is an annotation of its layer's type (`newspan.Actor`), with a String or Boolean
  feature for each attribute. Names that INCEpTION keeps for itself have the layer before them:
  `actor_type`. Every type stands directly under `uima.tcas.Annotation`, as INCEpTION asks;
- a span in fragments covers its first one; each further one is a `newspan.Fragment` whose
  feature `continues` is the span's id. So all offsets are offsets to every tool;
- a relation is an annotation of its type (`newspan.SaidBy`) as INCEpTION has them: `Governor`
  is the head, `Dependent` the tail, its place that of the tail. INCEpTION draws such arcs
  between layers where cross-layer relations are switched on;
- the article is DKPro's DocumentMetaData for other tools, and for us a `newspan.Article` with
  all its metadata: an annotation without extent at the beginning of the text, since INCEpTION
  brings back annotations only.

Offsets are UTF-16 code units outside and code points inside. Texts and features are written so
that XML 1.0 holds them: a character that it lacks (a control character, U+FFFE, U+FFFF) stands
as U+FFFD in the text, and `unheld` of the article says where and which it is; in a feature the
whole value is written as `json:` and a JSON string.

Of other tools' files DKPro's NamedEntity is read, by its value (`formats.labels`); its
`identifier` has no place here. Left aside is what is no annotation of ours: segmentation
(Token, Sentence), parts of speech, lemmas, morphology, syntax, metadata, the structure of
imported XML and PDF, and INCEpTION's own bookkeeping. Any other annotation is an error that
names its type.
"""

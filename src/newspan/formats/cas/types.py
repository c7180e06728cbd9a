"""The UIMA type system of newspan, derived from the model; and whose types are left aside."""

from __future__ import annotations

import warnings
from functools import cache
from typing import TYPE_CHECKING

from newspan.errors import Fault, MissingExtra
from newspan.schema.fields import Field, fields_of
from newspan.schema.model import LAYERS, RELATIONS, Article

if TYPE_CHECKING:
    from cassis import TypeSystem

__all__ = [
    "ARTICLE", "CONTINUES", "DEPENDENT", "FRAGMENT", "GOVERNOR", "LAYER_TYPES", "METADATA",
    "NAMED_ENTITY", "RELATION_TYPES", "UNHELD", "article_fields", "feature_name", "is_aside",
    "span_fields", "type_system", "type_system_xml", "usual_types",
]  # fmt: skip

ARTICLE = "newspan.Article"
FRAGMENT = "newspan.Fragment"
CONTINUES = "continues"
UNHELD = "unheld"
LAYER_TYPES = {layer: f"newspan.{cls.__name__}" for layer, cls in LAYERS.items()}
"""Layer to the type of its spans."""
RELATION_TYPES = {kind: f"newspan.{kind.title().replace('_', '')}" for kind in RELATIONS}
"""Relation type to the type of its annotations: said_by to newspan.SaidBy."""
GOVERNOR, DEPENDENT = "Governor", "Dependent"
"""Features of a relation; the names are fixed in INCEpTION (RelationLayerSupport)."""

METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
NAMED_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"

_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."
_ASIDE = (
    "uima.",
    *(f"{_DKPRO}{part}." for part in ("segmentation", "lexmorph", "syntax", "metadata")),
    "org.dkpro.core.api.xml.type.",
    "org.dkpro.core.api.pdf.type.",
    "de.tudarmstadt.ukp.clarin.webanno.api.type.",
    "de.tudarmstadt.ukp.inception.",
)
"""How the names of types begin that are no annotation of ours; see the package."""

_TAKEN = {
    "address", "begin", "booleanvalue", "bytevalue", "cas", "casimpl", "class", "coveredtext",
    "doublevalue", "end", "featurevalue", "floatvalue", "longvalue", "lowlevelcas", "printrefs",
    "self", "sofa", "stringvalue", "type", "typeindexid", "view",
}  # fmt: skip
"""Names, in small letters, that INCEpTION refuses to features (RESTRICTED_FEATURE_NAMES) or
that dkpro-cassis renames."""

_PLACE = frozenset({"fragments", "start", "end", "text"})
_RANGES = {bool: "uima.cas.Boolean", int: "uima.cas.Integer"}


def is_aside(type_name: str) -> bool:
    """Whether annotations of a type are no annotation of ours, and are left aside."""
    return type_name.startswith(_ASIDE)


def span_fields(layer: str) -> tuple[Field, ...]:
    """The fields of a layer that are features: all but its place and words."""
    return tuple(f for f in fields_of(LAYERS[layer]) if f.name not in _PLACE)


def article_fields() -> tuple[Field, ...]:
    """The fields of an article that are features: all but its text."""
    return tuple(f for f in fields_of(Article) if f.name != "text")


def feature_name(owner: str, field: str) -> str:
    """The feature that holds a field of a layer or of the article."""
    return f"{owner}_{field}" if field.lower() in _TAKEN else field


def type_system() -> TypeSystem:
    """The type system that documents are written with. Raises MissingExtra without cassis."""
    try:
        from cassis import TypeSystem
    except ImportError as error:
        raise MissingExtra(
            Fault("UIMA CAS needs dkpro-cassis.", "Run `pip install 'newspan[formats]'`.")
        ) from error
    made = TypeSystem()
    for layer, name in LAYER_TYPES.items():
        _add(made, name, LAYERS[layer].__doc__, layer, span_fields(layer))
    for kind, name in RELATION_TYPES.items():
        rule = RELATIONS[kind]
        layers = rule.heads | rule.tails
        ends = LAYER_TYPES[next(iter(layers))] if len(layers) == 1 else "uima.tcas.Annotation"
        arc = made.create_type(name, description=rule.meaning)
        made.create_feature(arc, GOVERNOR, ends, description="the head")
        made.create_feature(arc, DEPENDENT, ends, description="the tail")
    part = made.create_type(FRAGMENT, description="a further stretch of a span in fragments")
    made.create_feature(part, CONTINUES, "uima.cas.String", description="id of the span")
    _add(made, ARTICLE, Article.__doc__, "article", article_fields())
    made.create_feature(
        ARTICLE, UNHELD, "uima.cas.String",
        description="characters that stand as U+FFFD in the text: code-point offset:code",
    )  # fmt: skip
    _add_metadata(made)
    return made


def _add(
    made: TypeSystem, name: str, meaning: str | None, owner: str, fields: tuple[Field, ...]
) -> None:
    kind = made.create_type(name, description=" ".join((meaning or "").split()))
    for field in fields:
        made.create_feature(
            kind, feature_name(owner, field.name), _RANGES.get(field.base, "uima.cas.String"),
            description=field.description,
        )  # fmt: skip


def _add_metadata(made: TypeSystem) -> None:
    """DKPro Core's DocumentMetaData, as `api.metadata` declares it."""
    kind = made.create_type(METADATA, "uima.tcas.DocumentAnnotation")
    for name in ("documentTitle", "documentId", "documentUri", "collectionId", "documentBaseUri"):
        made.create_feature(kind, name, "uima.cas.String")
    made.create_feature(kind, "isLastSegment", "uima.cas.Boolean")


@cache
def type_system_xml() -> bytes:
    """The type system as a UIMA type system description. Raises MissingExtra without cassis."""
    return (type_system().to_xml() or "").encode()


@cache
def usual_types() -> TypeSystem:
    """Ours and DKPro Core's: what an .xmi without a type system beside it is read with."""
    from cassis import load_dkpro_core_typesystem, merge_typesystems

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the same feature stands in both
        return merge_typesystems(type_system(), load_dkpro_core_typesystem())

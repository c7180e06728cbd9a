"""What has changed between two versions of a corpus: articles, spans, relations, entities.

Annotation is compared by identity (the same region, before and after), where `agree` compares
by place (two annotators who never saw each other's regions).
"""

from newspan.annotations.diff.changes import (
    ArticleChange,
    Difference,
    RelationChange,
    SpanChange,
    difference,
)
from newspan.annotations.diff.render import RENDERERS
from newspan.annotations.diff.versions import opened

__all__ = [
    "RENDERERS",
    "ArticleChange",
    "Difference",
    "RelationChange",
    "SpanChange",
    "difference",
    "opened",
]

"""What the rows of a finding are about: each id looked up in the views held in memory.

Only ids of rows that were kept are looked up, all of them at once, so that a long corpus
costs one pass over its ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from newspan.validation.excerpt import Part, excerpt
from newspan.validation.gate import FILE_SPLIT
from newspan.validation.outcome import Outcome

if TYPE_CHECKING:
    import duckdb

__all__ = ["MAX_SAME", "Place", "with_places"]

NAMED = ("id", "other", "source", "example", "article_id")
"""Columns in which an article or entity is looked up; a span or relation is in every column."""
MAX_SAME = 2
"""Most records of one id that are shown; that there are several is a finding of its own."""

_Row = Mapping[str, Any]
_Records = dict[str, list[dict[str, Any]]]


class Place(NamedTuple):
    """A record that a row names."""

    role: str
    """The column that names it; of the ends of a relation, head or tail."""
    kind: str
    """span, relation, article or entity."""
    id: str
    split: str | None
    """The split that the name of its file states."""
    article: str | None = None
    layer: str | None = None
    """A span's layer, a relation's type."""
    fragments: tuple[tuple[int, int], ...] = ()
    parts: tuple[Part, ...] = ()
    """The span in its words; empty where the article has no text here."""
    line: int = 0
    """Lines of the text in front of the first fragment."""


class _Found(NamedTuple):
    """The records that are named anywhere, by id."""

    spans: _Records
    relations: _Records
    articles: _Records
    entities: _Records


def with_places(
    outcomes: Iterable[Outcome], connection: duckdb.DuckDBPyConnection
) -> tuple[Outcome, ...]:
    """The outcomes with what their rows are about, as the views of a connection have it."""
    given = tuple(outcomes)
    rows = [row for o in given for row in o.rows]
    if not rows:
        return given
    found = _look_up(rows, connection)
    made = []
    for o in given:
        places = tuple(tuple(_places(row, o.check.suite, found)) for row in o.rows)
        made.append(replace(o, places=places) if any(places) else o)
    return tuple(made)


def _look_up(rows: list[_Row], connection: duckdb.DuckDBPyConnection) -> _Found:
    def records(query: str, ids: set[str]) -> _Records:
        return _records(connection, query, ids)

    words = {v for row in rows for v in row.values() if isinstance(v, str)}
    names = {row[c] for row in rows for c in NAMED if isinstance(row.get(c), str)}
    relations = records(f"select id, {FILE_SPLIT}, type, head, tail from relations", words)
    ends = {r[end] for same in relations.values() for r in same for end in ("head", "tail")}
    spans = records(f'select id, {FILE_SPLIT}, article_id, layer, start, "end" from spans',
                    words | ends)  # fmt: skip
    fragments = records('select id, start, "end", row, position from fragments', set(spans))
    for key, same in spans.items():
        for span in same:
            # Spans of one id cannot tell whose fragments these are; each has its own hull.
            own = sorted(fragments.get(key, []), key=lambda f: (f["row"], f["position"]))
            span["fragments"] = own if len(same) == 1 else [span]
    around = {s["article_id"] for same in spans.values() for s in same}
    articles = records(f"select id, {FILE_SPLIT}, text from article_rows", names | around)
    entities = records(f"select id, {FILE_SPLIT} from entities", names)
    return _Found(spans, relations, articles, entities)


def _records(connection: duckdb.DuckDBPyConnection, query: str, ids: set[str]) -> _Records:
    """The records of a view that have one of these ids, in the order of the view."""
    # Numbered, for a join that hashes the view by several threads keeps no order.
    cursor = connection.execute(
        f"select * from (select *, row_number() over () as _at from ({query}))"
        " where id in (select unnest(?::varchar[])) order by _at",
        [list(ids)],
    )
    names = [d[0] for d in cursor.description or ()]
    found: _Records = {}
    for row in cursor.fetchall():
        found.setdefault(row[0], []).append(dict(zip(names, row, strict=True)))
    return found


def _places(row: _Row, suite: str, found: _Found) -> Iterator[Place]:
    """What a row is about, `id` first; what one column named, no other names again."""
    seen: set[tuple[str, str]] = set()
    for column in sorted(row, key=lambda c: c != "id"):
        value = row[column]
        if isinstance(value, str):
            own = [p for p in _of_id(column, value, row, suite, found) if p[1:3] not in seen]
            yield from own
            seen |= {(p.kind, p.id) for p in own}


def _of_id(column: str, value: str, row: _Row, suite: str, found: _Found) -> Iterator[Place]:
    if value in found.spans:
        for span in found.spans[value][:MAX_SAME]:
            yield _span_place(column, span, row, found)
    elif value in found.relations:
        for relation in found.relations[value][:MAX_SAME]:
            yield Place(column, "relation", value, relation[FILE_SPLIT], layer=relation["type"])
            for end in ("head", "tail"):
                for span in found.spans.get(relation[end], [])[:MAX_SAME]:
                    yield _span_place(end, span, {}, found)
    elif column in NAMED and (column != "article_id" or "id" not in row):
        kinds = [("article", found.articles), ("entity", found.entities)]
        for kind, records in kinds if suite != "entities" else reversed(kinds):
            if value in records:
                yield Place(column, kind, value, records[value][0][FILE_SPLIT])
                return


def _span_place(column: str, span: _Row, row: _Row, found: _Found) -> Place:
    article = span["article_id"]
    text = next((a["text"] for a in found.articles.get(article, [])), None)
    own = [(f["start"], f["end"]) for f in span["fragments"]]
    whole = tuple((s, e) for s, e in own if s is not None and e is not None)
    fragments = _stated(column, row, text) or whole
    parts = () if text is None else excerpt(text, fragments)
    start = fragments[0][0] if fragments else 0
    line = 0 if text is None or start < 0 else text.count("\n", 0, start)
    return Place(column, "span", span["id"], span[FILE_SPLIT], article, span["layer"],
                 fragments, parts, line)  # fmt: skip


def _stated(column: str, row: _Row, text: str | None) -> tuple[tuple[int, int], ...]:
    """The offsets that the row itself gives, of one fragment say, where they lie in the text."""
    prefix = "" if column == "id" else f"{column}_"
    start, end = row.get(f"{prefix}start"), row.get(f"{prefix}end")
    # A bool is an int too, but no offset.
    if type(start) is not int or type(end) is not int:
        return ()
    return ((start, end),) if text is None or 0 <= start <= end <= len(text) else ()
